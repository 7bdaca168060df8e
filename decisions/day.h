#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lacquer {

// A day of the Gregorian calendar, in no time zone.
using Day = std::chrono::sys_days;
using Days = std::chrono::days;

// "2026-12-04", of the years 1970 to 9999; nothing for anything else.
std::optional<Day> day_from(std::string_view iso);
std::string day_text(Day day);      // "2026-12-04"
std::string compact_day(Day day);   // "20261204"
std::string_view weekday(Day day);  // "Friday"
std::string told_day(Day day);      // "Friday 2026-12-04"
// "today", "tomorrow", "yesterday", "in 12 days", "12 days ago".
std::string from_today(Day day, Day today);

}  // namespace lacquer
