#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "api/json.h"
#include "app/exercises/exercise.h"
#include "decisions/gear_evidence.h"
#include "decisions/gear_judgement.h"
#include "library/sheet_content.h"
#include "report/terminal.h"
#include "workbook/workbook.h"

namespace lacquer {

// The five questions before a purchase: asked, weighed against the user's own checks, and kept.

const GearKnowledge& gear_knowledge();

// Writes the file to fill in; one that exists is kept. Throws FileError.
void write_gear_template(const std::filesystem::path& file);

// An item of the sheet's front by its id; ids of questions and of wants that mislead are always there.
const SheetItem& gear_item(std::string_view id);

struct WeighedGear {
  GearAnswers answers;
  GearJudgement judgement;
  GearEvidence evidence;
  std::string evidence_text;
  std::string song_text;             // what the last check of the named song left open; empty: not known
  std::int64_t made_ms = 0;          // when it was asked first
  std::optional<std::int64_t> id{};  // of an open decision about the same device
};

// Without a file: no history is kept. Throws FileError for one that cannot be read.
WeighedGear weigh_gear(const GearAnswers& answers, const std::optional<std::filesystem::path>& workbook_file,
                       std::int64_t now_ms);

// As it is kept: state "open", due on the day the judgement says.
Decision decision_of(const WeighedGear& weighed, std::int64_t now_ms);
// Keeps it, in place of an open decision about the same device; returns it with its id. Throws FileError.
Decision keep_gear(const WeighedGear& weighed, const std::filesystem::path& workbook_file,
                   std::int64_t now_ms);

// Keeps what a lesson's exercise about the gear sheet came to (its score's `kept`: thing, outcome, date) as a
// decision to look at again on that day. Nothing for any other exercise. Throws FileError.
std::optional<Decision> keep_gear_of_lesson(const LessonExercise& exercise, const Json& kept,
                                            const std::filesystem::path& workbook_file, std::int64_t now_ms);

// How an open decision ends. "bought" begins the 30 days of the test, the others settle it.
inline constexpr std::array<std::string_view, 5> kOutcomes = {"kept", "returned", "sold", "bought",
                                                              "dropped"};
// Throws Error where there is no such decision about gear, or it is settled already; FileError.
Decision close_gear(std::int64_t id, const std::string& outcome, const std::filesystem::path& workbook_file,
                    std::int64_t now_ms);

// Empty where there is no such file. Throws FileError.
std::vector<Decision> gear_decisions(const std::filesystem::path& workbook_file);

std::string gear_text(const WeighedGear& weighed, const TextStyle& style);
std::string gear_list_text(const std::vector<Decision>& decisions, Day today, const TextStyle& style);
// `gear --json`: one item.
Json gear_json(const WeighedGear& weighed, const std::optional<Decision>& kept);
// One item for each decision that is kept.
Json gear_list_json(const std::vector<Decision>& decisions);
Json answers_json(const GearAnswers& answers);
// The other way: what answers_json() gives, and parts of it. Throws Error "what is wrong; what to do".
GearAnswers gear_answers_from(const Json& answers);

}  // namespace lacquer
