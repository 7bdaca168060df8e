#pragma once

#include <toml++/toml.h>

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lacquer {

// Throws Error "NAME:LINE: FIELD: what is wrong; what to do".
[[noreturn]] void content_error(const std::string& name, const toml::source_region& at,
                                const std::string& field, const std::string& problem);

// Reads one table of a content file strictly; every complaint names the file, the line and the field.
class TableReader {
 public:
  // `field` is the dotted path of the table, empty for the whole file.
  TableReader(const toml::table& table, std::string file, std::string field)
      : table_(table), file_(std::move(file)), field_(std::move(field)) {}

  void allow_only(std::initializer_list<std::string_view> keys) const;
  bool has(std::string_view key) const { return table_.contains(key); }

  std::string text(std::string_view key) const;    // not empty
  std::string string(std::string_view key) const;  // may be empty
  std::string text_or_empty(std::string_view key) const { return has(key) ? text(key) : std::string(); }
  // Dates as they are written, "2026-12-04", with or without quotes; nothing else is checked about them.
  std::string date(std::string_view key) const;
  std::vector<std::string> dates(std::string_view key) const;
  bool boolean(std::string_view key) const;
  double number(std::string_view key, double least, double most) const;
  int integer(std::string_view key, int least, int most) const;
  std::optional<double> optional_number(std::string_view key, double least, double most) const;
  std::optional<int> optional_integer(std::string_view key, int least, int most) const;
  TableReader table(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<TableReader> tables(std::string_view key) const;
  std::vector<double> numbers(std::string_view key, std::size_t count, double least, double most) const;
  std::vector<double> numbers(std::string_view key, double least, double most) const;  // at least one
  // A list of two-number lists, at least one: [[20, -3.5], …].
  struct PairLimits {
    double least_first, most_first, least_second, most_second;
  };
  std::vector<std::array<double, 2>> pairs(std::string_view key, const PairLimits& limits) const;
  std::vector<std::string> keys_in_file_order() const;

  [[noreturn]] void fail(std::string_view key, const std::string& problem) const;

 private:
  const toml::node& node(std::string_view key) const;
  std::string path(std::string_view key) const;
  double checked_number(const std::string& field, const toml::node& found, double least, double most) const;

  const toml::table& table_;
  std::string file_;
  std::string field_;
};

// Throws Error with the line where the text is not TOML.
toml::table parse_toml(std::string_view text, const std::string& name);

// The value whose name, as to_string() writes it, stands under `key`; fails with the names there are.
template <class Value, std::size_t Count>
Value one_of(const TableReader& table, std::string_view key, const std::array<Value, Count>& values) {
  const std::string text = table.text(key);
  std::string choices;
  for (const Value value : values) {
    if (to_string(value) == text) return value;
    choices += (choices.empty() ? "" : ", ") + std::string(to_string(value));
  }
  table.fail(key, "it must be one of " + choices + "; write one of them");
}

// A file of nothing but `schema = 1` and tables [KIND.ID]: what `read(table, id)` makes of each, in the order
// of the file.
template <class Read>
auto read_tables(std::string_view text, const std::string& name, std::string_view kind, Read read) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", kind});
  file.integer("schema", 1, 1);
  const TableReader tables = file.table(kind);
  std::vector<decltype(read(tables, std::string()))> result;
  for (const std::string& id : tables.keys_in_file_order()) result.push_back(read(tables.table(id), id));
  return result;
}

}  // namespace lacquer
