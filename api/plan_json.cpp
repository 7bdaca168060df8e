#include "api/plan_json.h"

#include <toml++/toml.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "api/plan_toml.h"
#include "core/error.h"

namespace lacquer {
namespace {

using Json = nlohmann::json;

constexpr int kMostDepth = 8;

void require_depth(int depth) {
  if (depth > kMostDepth) throw Error("this is no plan: it is nested too deep");
}

toml::table table_of(const Json& object, int depth);

// Calls `take` with the value as TOML knows it. Null has no such thing; a plan file leaves those keys out.
template <class Take>
void with_value(const Json& value, int depth, const Take& take);

toml::array array_of(const Json& list, int depth) {
  require_depth(depth);
  toml::array array;
  for (const Json& entry : list) with_value(entry, depth, [&](auto&& made) { array.push_back(made); });
  return array;
}

template <class Take>
void with_value(const Json& value, int depth, const Take& take) {
  if (value.is_string())
    take(value.get<std::string>());
  else if (value.is_boolean())
    take(value.get<bool>());
  else if (value.is_number_integer())
    take(static_cast<std::int64_t>(value.get<double>()));
  else if (value.is_number())
    take(value.get<double>());
  else if (value.is_array())
    take(array_of(value, depth + 1));
  else if (value.is_object())
    take(table_of(value, depth + 1));
}

toml::table table_of(const Json& object, int depth) {
  require_depth(depth);
  toml::table table;
  for (const auto& [key, value] : object.items())
    with_value(value, depth, [&, name = key](auto&& made) { table.insert(name, made); });
  return table;
}

}  // namespace

// A plan has one reader, so that a plan file and a plan from another program are held to the same rules.
Plan plan_from_json(std::string_view text) {
  if (text.size() > kMaxPlanBytes) throw Error("this is no plan: it is larger than 1 MiB");
  Json document = Json::parse(text, nullptr, false);
  if (!document.is_object()) throw Error("this is no plan: it is no JSON object");
  document.erase("loudness_curve");  // plan --json shows it beside the plan, of which it is no part
  std::ostringstream toml;
  toml << toml::toml_formatter(table_of(document, 0));
  try {
    return plan_from_toml(toml.str());
  } catch (const Error& error) {
    // The line is that of a text nobody has seen.
    const std::string message = error.what();
    const std::size_t end = message.find(": ");
    throw Error(message.starts_with("line ") && end != std::string::npos ? message.substr(end + 2) : message);
  }
}

}  // namespace lacquer
