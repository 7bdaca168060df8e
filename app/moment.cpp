#include "app/moment.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <optional>

namespace lacquer {
namespace {

constexpr std::array<const char*, 7> kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
constexpr std::int64_t kDayMs = 86'400'000;

std::optional<std::tm> calendar(std::int64_t at_ms, std::tm* (*in_zone)(const std::time_t*, std::tm*)) {
  const std::time_t seconds = at_ms / 1000;
  std::tm parts = {};
  if (in_zone(&seconds, &parts) == nullptr || parts.tm_year < 70 || parts.tm_year > 8099) return std::nullopt;
  return parts;
}

std::string printed(const char* format, const std::tm& parts) {
  std::array<char, 64> text = {};
  const std::size_t size =
      std::strftime(text.data(), text.size(), format, &parts);  // numbers only: no locale
  return {text.data(), size};
}

}  // namespace

std::int64_t now_ms() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count();
}

Day local_day(std::int64_t at_ms) {
  const auto parts = calendar(at_ms, ::localtime_r);
  if (!parts) return day_at(at_ms);
  return std::chrono::year_month_day(std::chrono::year(parts->tm_year + 1900),
                                     std::chrono::month(static_cast<unsigned>(parts->tm_mon + 1)),
                                     std::chrono::day(static_cast<unsigned>(parts->tm_mday)));
}

std::int64_t day_ms(Day day) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(day.time_since_epoch()).count();
}

Day day_at(std::int64_t ms) {
  return std::chrono::floor<Days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(ms)));
}

std::string iso_time(std::int64_t at_ms) {
  const auto parts = calendar(at_ms, ::gmtime_r);
  return parts ? printed("%Y-%m-%dT%H:%M:%SZ", *parts) : std::string();
}

std::string told_time(std::int64_t at_ms, std::int64_t now_ms) {
  const auto at = calendar(at_ms, ::localtime_r);
  const auto now = calendar(now_ms, ::localtime_r);
  if (!at) return {};
  const bool lately = now && at_ms <= now_ms && now_ms - at_ms < 6 * kDayMs;
  if (lately && at->tm_yday == now->tm_yday) return "today " + printed("%H:%M", *at);
  if (lately) return kDays[static_cast<std::size_t>(at->tm_wday)] + printed(" %H:%M", *at);
  return printed("%Y-%m-%d %H:%M", *at);
}

}  // namespace lacquer
