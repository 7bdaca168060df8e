#pragma once

#include "decisions/day.h"
#include "library/toml_check.h"

namespace lacquer {

// Days of a TOML file; a missing key or an empty text is no day. Fail as the table does.
inline Day to_day(const TableReader& table, std::string_view key, const std::string& text) {
  const std::optional<Day> day = day_from(text);
  if (!day) table.fail(key, "there is no such day; write one such as 2026-12-04");
  return *day;
}

inline std::optional<Day> read_day(const TableReader& table, std::string_view key) {
  if (!table.has(key)) return std::nullopt;
  const std::string text = table.date(key);
  return text.empty() ? std::nullopt : std::optional(to_day(table, key, text));
}

inline std::vector<Day> read_days(const TableReader& table, std::string_view key) {
  std::vector<Day> days;
  if (table.has(key))
    for (const std::string& text : table.dates(key)) days.push_back(to_day(table, key, text));
  return days;
}

}  // namespace lacquer
