#include "library/toml_check.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/error.h"

namespace lacquer {
namespace {

std::string plain(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

// The text of a date with or without quotes; nothing for another kind of value.
std::optional<std::string> date_text(const toml::node& node) {
  if (const auto* quoted = node.as_string()) return quoted->get();
  const auto* date = node.as_date();
  if (!date) return std::nullopt;
  std::ostringstream text;
  text << date->get();
  return text.str();
}

}  // namespace

void content_error(const std::string& name, const toml::source_region& at, const std::string& field,
                   const std::string& problem) {
  throw Error(name + ":" + std::to_string(at.begin.line) + ": " + (field.empty() ? "" : field + ": ") +
              problem);
}

toml::table parse_toml(std::string_view text, const std::string& name) {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    content_error(name, error.source(), "", std::string(error.description()) + "; correct the line");
  }
}

std::string TableReader::path(std::string_view key) const {
  if (field_.empty()) return std::string(key);
  return key.empty() ? field_ : field_ + "." + std::string(key);
}

void TableReader::fail(std::string_view key, const std::string& problem) const {
  const toml::node* at = table_.get(key);
  content_error(file_, at ? at->source() : table_.source(), path(key), problem);
}

const toml::node& TableReader::node(std::string_view key) const {
  const toml::node* found = table_.get(key);
  if (!found) fail(key, "this key is missing; add it");
  return *found;
}

void TableReader::allow_only(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, value] : table_)
    if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
      fail(key.str(), "this key is unknown; remove it or correct its name");
}

std::string TableReader::text(std::string_view key) const {
  const auto* value = node(key).as_string();
  if (!value || value->get().empty()) fail(key, "a text in quotes is needed here; write one");
  return value->get();
}

std::string TableReader::string(std::string_view key) const {
  const auto* value = node(key).as_string();
  if (!value) fail(key, "a text in quotes is needed here, or empty quotes; write one");
  return value->get();
}

std::string TableReader::date(std::string_view key) const {
  std::optional<std::string> text = date_text(node(key));
  if (!text) fail(key, "a date is needed here; write one such as 2026-12-04");
  return *std::move(text);
}

std::vector<std::string> TableReader::dates(std::string_view key) const {
  const auto* found = node(key).as_array();
  std::vector<std::string> result;
  if (found)
    for (const toml::node& element : *found)
      if (std::optional<std::string> text = date_text(element)) result.push_back(*std::move(text));
  if (!found || result.size() != found->size())
    fail(key, "a list of dates is needed here; write one such as [2026-12-04, 2026-12-05]");
  return result;
}

bool TableReader::boolean(std::string_view key) const {
  const auto* value = node(key).as_boolean();
  if (!value) fail(key, "true or false is needed here; write one of them");
  return value->get();
}

double TableReader::number(std::string_view key, double least, double most) const {
  return checked_number(path(key), node(key), least, most);
}

double TableReader::checked_number(const std::string& field, const toml::node& found, double least,
                                   double most) const {
  const toml::source_region& at = found.source();
  double value = NAN;
  if (const auto* decimal = found.as_floating_point())
    value = decimal->get();
  else if (const auto* whole = found.as_integer())
    value = static_cast<double>(whole->get());
  else
    content_error(file_, at, field, "a number is needed here; write one without quotes");
  if (!std::isfinite(value))
    content_error(file_, at, field, "the number must be finite; write a plain number");
  if (value < least || value > most)
    content_error(file_, at, field,
                  "the number must lie between " + plain(least) + " and " + plain(most) + "; correct it");
  return value;
}

std::vector<double> TableReader::numbers(std::string_view key, std::size_t count, double least,
                                         double most) const {
  const auto* found = node(key).as_array();
  if (found && found->size() != count)
    fail(key, "the list must hold " + std::to_string(count) + " numbers, not " +
                  std::to_string(found->size()) + "; correct it");
  return numbers(key, least, most);
}

std::vector<double> TableReader::numbers(std::string_view key, double least, double most) const {
  const auto* found = node(key).as_array();
  if (!found || found->empty()) fail(key, "a list of numbers is needed here; write one in brackets");
  std::vector<double> result;
  for (const toml::node& element : *found)
    result.push_back(
        checked_number(path(key) + "[" + std::to_string(result.size()) + "]", element, least, most));
  return result;
}

std::vector<std::array<double, 2>> TableReader::pairs(std::string_view key, const PairLimits& limits) const {
  const auto* found = node(key).as_array();
  if (!found || found->empty()) fail(key, "a list of pairs is needed here; write one such as [[20, -3.5]]");
  std::vector<std::array<double, 2>> result;
  for (const toml::node& element : *found) {
    const std::string field = path(key) + "[" + std::to_string(result.size()) + "]";
    const auto* pair = element.as_array();
    if (!pair || pair->size() != 2)
      content_error(file_, element.source(), field, "two numbers in brackets are needed here; write them");
    result.push_back({checked_number(field + "[0]", *pair->get(0), limits.least_first, limits.most_first),
                      checked_number(field + "[1]", *pair->get(1), limits.least_second, limits.most_second)});
  }
  return result;
}

int TableReader::integer(std::string_view key, int least, int most) const {
  if (!node(key).is_integer()) fail(key, "a whole number is needed here; write one");
  return static_cast<int>(number(key, least, most));
}

std::optional<double> TableReader::optional_number(std::string_view key, double least, double most) const {
  if (!has(key)) return std::nullopt;
  return number(key, least, most);
}

std::optional<int> TableReader::optional_integer(std::string_view key, int least, int most) const {
  if (!has(key)) return std::nullopt;
  return integer(key, least, most);
}

TableReader TableReader::table(std::string_view key) const {
  const auto* found = node(key).as_table();
  if (!found) fail(key, "a table is needed here; write one");
  return {*found, file_, path(key)};
}

std::vector<std::string> TableReader::texts(std::string_view key) const {
  const auto* found = node(key).as_array();
  if (!found) fail(key, "a list of texts is needed here; write one in brackets");
  std::vector<std::string> result;
  for (const toml::node& element : *found) {
    if (!element.is_string()) fail(key, "every entry of the list must be a text in quotes; correct it");
    result.push_back(element.as_string()->get());
  }
  return result;
}

std::vector<TableReader> TableReader::tables(std::string_view key) const {
  const auto* found = node(key).as_array();
  if (!found) fail(key, "a list of tables is needed here; write one in brackets");
  std::vector<TableReader> result;
  for (const toml::node& element : *found) {
    if (!element.is_table()) fail(key, "every entry of the list must be a table in braces; correct it");
    result.emplace_back(*element.as_table(), file_, path(key) + "[" + std::to_string(result.size()) + "]");
  }
  return result;
}

std::vector<std::string> TableReader::keys_in_file_order() const {
  std::vector<std::pair<toml::source_position, std::string>> found;
  for (const auto& [key, value] : table_) found.emplace_back(key.source().begin, std::string(key.str()));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> keys;
  for (auto& [position, key] : found) keys.push_back(std::move(key));
  return keys;
}

}  // namespace lacquer
