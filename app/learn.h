#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/exercises/exercise.h"
#include "app/lesson_records.h"
#include "report/lesson_page.h"

namespace lacquer {

const CoreTrack& core_track();  // loaded once
// By number ("5", "05") or id; nullptr for none.
const Lesson* lesson_named(const std::string& name);
const LessonDrawing* drawing_of(const Lesson& lesson);  // nullptr for none

struct ExerciseFile {
  std::string path;
  std::string what;
};

// An exercise that was prepared: what the learner sees, and what is hidden from them.
struct ReadyExercise {
  const Lesson* lesson = nullptr;
  std::uint64_t seed = 0;
  std::int64_t made_ms = 0;
  std::vector<ExerciseFile> files{};
  std::vector<Reading> readings{};
  std::vector<Question> questions{};  // still to be answered
  Answers first{};                    // what was said before
  Json hidden = Json::object();
};

struct ExerciseRequest {
  std::vector<std::filesystem::path> files;
  std::filesystem::path folder;  // for what is rendered; empty where none was named
  bool overwrite = false;
  std::uint64_t seed = 0;
  std::int64_t now_ms = 0;
};

// What must be said before the exercise is prepared.
std::vector<Question> first_questions(const Lesson& lesson);

// Renders the exercise: 24-bit WAV files, and the answers sealed in FOLDER/exercise.sealed, so that it can be
// scored later and is not read by accident. `earlier` is the kept part of the lesson's newest score. Throws
// Error where files, answers or the folder do not fit, FileError for one of them, and Cancelled.
ReadyExercise ready_exercise(const Lesson& lesson, const ExerciseRequest& request, const Answers& first,
                             const Json& earlier, const ProgressCallback& progress);
// What a folder holds, for scoring. Throws FileError where it was sealed by another program or changed.
ReadyExercise sealed_exercise(const std::filesystem::path& folder);

// Throws Error while an answer is missing or does not fit.
Outcome score_exercise(const ReadyExercise& ready, const Answers& answers, const Json& earlier,
                       std::int64_t now_ms);
// As it is kept in the workbook: passed, verdict, readings, kept.
Json score_document(const Outcome& outcome, const ReadyExercise& ready, const Answers& answers);

// A lesson with what the learner did.
struct LessonEntry {
  const Lesson* lesson = nullptr;
  std::optional<std::int64_t> started_ms;
  std::optional<std::int64_t> done_ms;
  std::vector<std::optional<FirstAndNewest>> answers{};  // by prompt
  Json first_score;                                      // null for none
  Json newest_score;
};
std::vector<LessonEntry> lesson_entries(LessonRecords& records);  // all thirty, in order
LessonEntry lesson_entry(const Lesson& lesson, LessonRecords& records);

// The documents of `learn --json`.
Json lessons_json(const std::vector<LessonEntry>& entries);
Json lesson_json(const LessonEntry& entry);
Json exercise_json(const ReadyExercise& ready);
Json outcome_json(const Outcome& outcome, const ReadyExercise& ready);

// The lesson to read, with the learner's answers; the last lesson's also gathers what they decided on the
// way.
LessonPage lesson_page(const LessonEntry& entry, LessonRecords& records);

// The sentence of the first lesson that says when a song is finished; empty where none was kept.
std::string finished_sentence(LessonRecords& records);

}  // namespace lacquer
