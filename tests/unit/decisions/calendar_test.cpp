#include <gtest/gtest.h>

#include "decisions/calendar_file.h"
#include "decisions/day.h"

namespace lacquer {
namespace {

std::vector<std::string> lines_of(const std::string& file) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t end = file.find("\r\n", at);
    if (end == std::string::npos) {
      lines.push_back("no CRLF: " + file.substr(at));
      break;
    }
    lines.push_back(file.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

// As a calendar reads it: continuations joined (RFC 5545, section 3.1).
std::vector<std::string> unfolded(const std::string& file) {
  std::vector<std::string> whole;
  for (const std::string& line : lines_of(file)) {
    if (line.starts_with(' ') && !whole.empty())
      whole.back() += line.substr(1);
    else
      whole.push_back(line);
  }
  return whole;
}

std::string value_of(const std::string& file, const std::string& name) {
  for (const std::string& line : unfolded(file))
    if (line.starts_with(name + ":")) return line.substr(name.size() + 1);
  return "none";
}

CalendarEvent event(const std::string& summary) {
  return {"0123@lacquer", *day_from("2026-12-31"), summary, "It stays if the vocal needs less."};
}

TEST(Calendar, an_event_is_a_whole_day_with_all_that_the_standard_requires) {
  const std::string file = calendar_file({event("Test the limiter")}, "20261122T141005Z");
  const std::vector<std::string> lines = lines_of(file);
  EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
  EXPECT_EQ(lines.back(), "END:VCALENDAR");
  EXPECT_EQ(value_of(file, "VERSION"), "2.0");
  EXPECT_NE(value_of(file, "PRODID"), "none");
  EXPECT_EQ(value_of(file, "UID"), "0123@lacquer");
  EXPECT_EQ(value_of(file, "DTSTAMP"), "20261122T141005Z");
  EXPECT_EQ(value_of(file, "DTSTART;VALUE=DATE"), "20261231");
  EXPECT_EQ(value_of(file, "DTEND;VALUE=DATE"), "20270101") << "the end is not part of it";
  EXPECT_EQ(value_of(file, "SUMMARY"), "Test the limiter");
}

TEST(Calendar, text_is_escaped_and_control_characters_go) {
  const std::string file = calendar_file({event("A; b, c\\d\nEND:VEVENT\r\x07\x1b[31m")}, "20261122T141005Z");
  EXPECT_EQ(value_of(file, "SUMMARY"), "A\\; b\\, c\\\\d\\nEND:VEVENT[31m");
  std::size_t ends = 0;
  for (const std::string& line : lines_of(file)) ends += line == "END:VEVENT" ? 1 : 0;
  EXPECT_EQ(ends, 1U);
}

TEST(Calendar, lines_have_at_most_75_octets_and_never_break_a_letter) {
  for (std::size_t lead = 0; lead < 5; ++lead) {
    std::string summary(lead, 'x');
    for (int i = 0; i < 60; ++i) summary += "ä→🎚";
    const std::string file = calendar_file({event(summary)}, "20261122T141005Z");
    for (const std::string& line : lines_of(file)) {
      EXPECT_LE(line.size(), 75U);
      const std::size_t first = line.starts_with(' ') ? 1 : 0;
      ASSERT_LT(first, line.size());
      EXPECT_NE(static_cast<unsigned char>(line[first]) & 0xC0U, 0x80U) << "begins inside a letter";
    }
    EXPECT_EQ(value_of(file, "SUMMARY"), summary) << "nothing is lost";
  }
}

TEST(Days, are_read_and_written_and_impossible_ones_refused) {
  EXPECT_EQ(day_text(*day_from("2028-02-29")), "2028-02-29");
  EXPECT_EQ(told_day(*day_from("2026-12-04")), "Friday 2026-12-04");
  EXPECT_EQ(day_text(*day_from("2026-12-04") + Days(30)), "2027-01-03");
  for (const char* wrong : {"", "2026-2-01", "2027-02-29", "2026-13-01", "2026-00-10", "26-12-04",
                            "2026/12/04", "2026-12-04x", "1969-12-31", "-026-12-04"})
    EXPECT_FALSE(day_from(wrong)) << wrong;
}

TEST(Days, are_told_from_today) {
  const Day today = *day_from("2026-11-22");
  EXPECT_EQ(from_today(today, today), "today");
  EXPECT_EQ(from_today(today + Days(1), today), "tomorrow");
  EXPECT_EQ(from_today(today - Days(1), today), "yesterday");
  EXPECT_EQ(from_today(today + Days(12), today), "in 12 days");
  EXPECT_EQ(from_today(today - Days(40), today), "40 days ago");
}

}  // namespace
}  // namespace lacquer
