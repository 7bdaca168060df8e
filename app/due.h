#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "decisions/calendar_file.h"
#include "workbook/workbook.h"

namespace lacquer {

// Decisions that wait for an answer.

inline constexpr const char* kGearKind = "gear";
inline constexpr const char* kReleaseKind = "release";

// Those that are due on `today` or before, the longest due first. Empty where there is no such file. Throws
// FileError.
std::vector<Decision> due_decisions(const std::filesystem::path& workbook_file, Day today);

// The same of decisions in hand.
std::vector<Decision> due_on(std::vector<Decision> decisions, Day today);

// What is due: "limiter: the test is due today (it stays if …)".
std::string due_summary(const Decision& decision, Day today);
// The same, and how to close it from the command line: "…; close it with lacquer gear --close 3 …".
std::string due_text(const Decision& decision, Day today);

// The day of a decision for a calendar; none where it is settled.
std::optional<CalendarEvent> calendar_event(const Decision& decision);

// The file as it is written.
std::string calendar_text(const std::vector<CalendarEvent>& events, std::int64_t now_ms);
// Writes the file whole, replacing an older one. Throws FileError.
void write_calendar(const std::filesystem::path& file, const std::vector<CalendarEvent>& events,
                    std::int64_t now_ms);

}  // namespace lacquer
