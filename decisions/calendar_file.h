#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "decisions/day.h"

namespace lacquer {

// A day to remember, all of it, with a reminder at nine in the morning.
struct CalendarEvent {
  std::string uid;  // the same for the same event, and for no other
  Day day{};
  std::string summary;
  std::string description;
};

// An iCalendar file (RFC 5545): lines end in CRLF and are folded at 75 octets, never inside a letter; text is
// escaped, and control characters are left out. `stamp` is when it was made, as "20261122T141005Z".
std::string calendar_file(const std::vector<CalendarEvent>& events, std::string_view stamp);

}  // namespace lacquer
