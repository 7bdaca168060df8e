#include "decisions/calendar_file.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostOctets = 75;  // RFC 5545, section 3.1

bool begins_letter(char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80U; }

// Section 3.3.11: backslash, semicolon, comma and line break are escaped.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (octet >= 0x20U && octet != 0x7FU)
      out += c;
  }
  return out;
}

// The space that begins a continuation counts as one of its octets.
void put(std::string& file, const std::string& line) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i + 1;
    while (end < line.size() && !begins_letter(line[end])) ++end;
    if (used + (end - i) > kMostOctets) {
      file += "\r\n ";
      used = 1;
    }
    file.append(line, i, end - i);
    used += end - i;
    i = end;
  }
  file += "\r\n";
}

}  // namespace

std::string calendar_file(const std::vector<CalendarEvent>& events, std::string_view stamp) {
  std::string file;
  for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lacquer//Decisions//EN"})
    put(file, line);
  for (const CalendarEvent& event : events) {
    put(file, "BEGIN:VEVENT");
    put(file, "UID:" + escaped(event.uid));
    put(file, "DTSTAMP:" + std::string(stamp));
    put(file, "DTSTART;VALUE=DATE:" + compact_day(event.day));
    put(file, "DTEND;VALUE=DATE:" + compact_day(event.day + Days(1)));  // the first day after it
    put(file, "SUMMARY:" + escaped(event.summary));
    if (!event.description.empty()) put(file, "DESCRIPTION:" + escaped(event.description));
    put(file, "TRANSP:TRANSPARENT");
    put(file, "BEGIN:VALARM");
    put(file, "ACTION:DISPLAY");
    put(file, "DESCRIPTION:" + escaped(event.summary));
    put(file, "TRIGGER:PT9H");
    put(file, "END:VALARM");
    put(file, "END:VEVENT");
  }
  put(file, "END:VCALENDAR");
  return file;
}

}  // namespace lacquer
