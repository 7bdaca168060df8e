#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "api/json.h"
#include "library/lesson_content.h"
#include "report/workbook_report.h"
#include "workbook/entries.h"

namespace lacquer {

// What `workbook` does with the user's entries. All of it throws FileError.

// Empty where there is no such file yet.
Entries read_entries(const std::filesystem::path& workbook_file);

// Returns the note's number.
std::int64_t keep_note(const std::filesystem::path& workbook_file, const Note& note);
// Throws Error where there is none of this number.
void forget_note(const std::filesystem::path& workbook_file, std::int64_t number);

// As it is shown and printed: every lesson with its prompts, also those without an answer, decisions and
// notes. Blank: the lessons alone, to be filled by hand.
// On a screen times are told from now ("today 14:10"); on paper they are dates.
enum class Times { kFromNow, kDates };
WorkbookReport workbook_report(const Entries& entries, const CoreTrack& track, std::int64_t now_ms,
                               Times times);
WorkbookReport blank_workbook(const CoreTrack& track);

void write_workbook_pdf(const WorkbookReport& report, Paper paper, const std::filesystem::path& file);
void write_workbook_html(const WorkbookReport& report, const std::filesystem::path& file);

// `workbook --json`: one item for each answer, lesson, score, decision and note.
Json workbook_json(const Entries& entries, const CoreTrack& track);

// Writes the whole file, as Markdown where its name ends in ".md" or ".markdown", else as JSON.
void export_workbook(const Entries& entries, const std::filesystem::path& file);
// Adds what the file holds and is not there yet: all of it or nothing.
EntryCounts import_workbook(const std::filesystem::path& file, const std::filesystem::path& workbook_file);
// The same of what such a file holds. Throws Error about the text too.
EntryCounts import_entries(std::string_view text, const std::filesystem::path& workbook_file);
std::string import_text(const EntryCounts& counts);  // "3 answers and 1 note are new."

}  // namespace lacquer
