#include "library/content_figures.h"

#include <array>

#include "core/error.h"
#include "judge/prose.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

struct Unit {
  std::string_view ending;  // of the key
  std::string_view name;    // in a `unit`, and in the text
};
constexpr std::array<Unit, 8> kUnits = {{{"_lufs", "LUFS"},
                                         {"_dbtp", "dBTP"},
                                         {"_dbfs", "dBFS"},
                                         {"_db", "dB"},
                                         {"_lu", "LU"},
                                         {"_hz", "Hz"},
                                         {"_bits", "bits"},
                                         {"_h", "hours"}}};

std::string_view unit_of(std::string_view key) {
  for (const Unit& unit : kUnits)
    if (key.ends_with(unit.ending)) return unit.name;
  return {};
}

[[noreturn]] void no_figure(std::string_view reference) {
  throw Error("there is no figure {" + std::string(reference) + "}; correct the file or the path");
}

std::string figure(double value, std::string_view unit) {
  if (unit == "Hz") return value >= 20000.0 ? prose::sample_rate(value) : prose::frequency(value);
  const bool whole = std::abs(value - std::round(value)) < 1e-9;
  return prose::decimal(value, whole ? 0 : 1) + (unit.empty() ? "" : " " + std::string(unit));
}

std::string range(double low_hz, double high_hz) {
  std::string low = prose::frequency(low_hz);
  const std::string high = prose::frequency(high_hz);
  const std::string unit = high.substr(high.find(' '));
  if (low.ends_with(unit)) low.resize(low.size() - unit.size());
  return low + " to " + high;
}

std::string figure_at(std::string_view reference, const ContentText& content) {
  const std::size_t colon = reference.find(':');
  if (colon == std::string_view::npos) no_figure(reference);
  const std::string_view text = content(reference.substr(0, colon));
  if (text.empty()) no_figure(reference);
  const toml::table file = parse_toml(text, std::string(reference.substr(0, colon)));
  const toml::table* table = &file;
  std::string_view path = reference.substr(colon + 1);
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    const toml::node* next = table->get(path.substr(0, dot));
    if (!next || !next->is_table()) no_figure(reference);
    table = next->as_table();
    path.remove_prefix(dot + 1);
  }
  const toml::node* found = table->get(path);
  if (!found) no_figure(reference);
  if (const toml::array* both = found->as_array(); both && both->size() == 2)
    return range(both->get(0)->value_or(0.0), both->get(1)->value_or(0.0));
  const toml::table* threshold = found->as_table();
  const std::optional<double> value =
      threshold ? (*threshold)["value"].value<double>() : found->value<double>();
  if (!value) no_figure(reference);
  return figure(*value, unit_of(path));
}

}  // namespace

std::string with_figures(std::string_view text, const ContentText& content) {
  std::string result;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) throw Error("a { is never closed; add the }");
    result.append(text.substr(0, open)).append(figure_at(text.substr(open + 1, close - open - 1), content));
    text.remove_prefix(close + 1);
  }
  return result.append(text);
}

}  // namespace lacquer
