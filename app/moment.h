#pragma once

#include <cstdint>
#include <string>

#include "decisions/day.h"

namespace lacquer {

// Points in time are milliseconds since 1970, UTC. A time outside of the calendar gives an empty text.

std::int64_t now_ms();

// The day it is then in the user's time zone.
Day local_day(std::int64_t at_ms);
// A day as such a point: its first moment in UTC, so that no time zone moves it.
std::int64_t day_ms(Day day);
Day day_at(std::int64_t ms);  // the other way

std::string iso_time(std::int64_t at_ms);  // "2026-11-22T14:10:05Z"
// In the user's time zone, seen from `now_ms`: "today 14:10", within six days "Tuesday 14:10", else
// "2026-11-17 14:10".
std::string told_time(std::int64_t at_ms, std::int64_t now_ms);

}  // namespace lacquer
