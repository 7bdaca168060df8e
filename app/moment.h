#pragma once

#include <cstdint>
#include <string>

namespace lacquer {

// Points in time are milliseconds since 1970, UTC. A time outside of the calendar gives an empty text.

std::int64_t now_ms();

std::string iso_time(std::int64_t at_ms);  // "2026-11-22T14:10:05Z"
// In the user's time zone, seen from `now_ms`: "today 14:10", within six days "Tuesday 14:10", else
// "2026-11-17 14:10".
std::string told_time(std::int64_t at_ms, std::int64_t now_ms);

}  // namespace lacquer
