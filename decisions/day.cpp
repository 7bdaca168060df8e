#include "decisions/day.h"

#include <array>

namespace lacquer {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::string padded(unsigned value, std::size_t width) {
  const std::string text = std::to_string(value);
  return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

std::string written(Day day, std::string_view between) {
  const std::chrono::year_month_day date(day);
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + std::string(between) +
         padded(static_cast<unsigned>(date.month()), 2) + std::string(between) +
         padded(static_cast<unsigned>(date.day()), 2);
}

}  // namespace

std::optional<Day> day_from(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = digits(iso.substr(0, 4));
  const auto month = digits(iso.substr(5, 2));
  const auto day = digits(iso.substr(8, 2));
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  return date.ok() ? std::optional(Day(date)) : std::nullopt;
}

std::string day_text(Day day) { return written(day, "-"); }
std::string compact_day(Day day) { return written(day, ""); }

std::string_view weekday(Day day) { return kWeekdays[std::chrono::weekday(day).c_encoding()]; }

std::string told_day(Day day) { return std::string(weekday(day)) + " " + day_text(day); }

std::string from_today(Day day, Day today) {
  const auto ahead = (day - today).count();
  if (ahead == 0) return "today";
  if (ahead == 1) return "tomorrow";
  if (ahead == -1) return "yesterday";
  return ahead > 0 ? "in " + std::to_string(ahead) + " days" : std::to_string(-ahead) + " days ago";
}

}  // namespace lacquer
