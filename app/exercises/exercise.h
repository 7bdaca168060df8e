#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"
#include "core/noise.h"
#include "core/progress.h"
#include "library/lesson_content.h"
#include "session/exercises/sound.h"

namespace lacquer {

// What runs behind a lesson's exercise: it asks, renders files to listen to, and scores the answers. Every
// random choice comes from one seed, so that the same seed, files and answers give the same exercise.

enum class AnswerForm { kText, kNumber, kChoice, kTaps, kMinutes, kSeconds };

struct Question {
  std::string id;  // "trial-03"
  std::string text;
  AnswerForm form = AnswerForm::kText;
  std::vector<std::string> choices{};  // of kChoice; of kMinutes the bins
  bool optional = false;
  bool many = false;  // may be answered more than once
};

// What the learner said, by question; any text.
class Answers {
 public:
  void add(const std::string& id, const std::string& text) { said_.emplace_back(id, text); }
  bool has(std::string_view id) const;
  std::string text(std::string_view id) const;  // the last one; empty where nothing was said
  // Throw Error for what is no number (and empty for none).
  std::optional<double> number(std::string_view id) const;
  double needed_number(std::string_view id) const;
  std::vector<std::string> all(std::string_view id) const;
  const std::vector<std::pair<std::string, std::string>>& said() const { return said_; }

 private:
  std::vector<std::pair<std::string, std::string>> said_;
};

// Throws Error for an answer that no question asked for, a choice or number that is none, and one that is
// missing.
void check_answers(const std::vector<Question>& questions, const Answers& answers);

// A line of what an exercise found.
struct Reading {
  std::string label;
  std::string text;  // with its unit
};
// The same, the number to so many decimals: "−14.2 LUFS", or a dash.
Reading reading(std::string label, std::optional<double> value, std::string_view unit, int decimals = 1);

struct ExerciseRun {
  const Lesson& lesson;
  std::vector<std::filesystem::path> files;
  const Answers& answers;  // to the questions that come first
  const Json& earlier;     // Outcome::kept of the last time; null for none
  NoiseGenerator& noise;
  // Writes a file to listen to; `what` says what it is without giving anything away.
  std::function<void(const std::string& name, const std::string& what, const Sound& sound)> put;
  ProgressCallback progress;

  const LessonExercise& exercise() const { return lesson.exercise; }
};

struct Preparation {
  std::vector<Question> questions{};
  std::vector<Reading> readings{};  // shown at once
  Json hidden = Json::object();     // what the score needs and the learner shall not see
};

struct Scoring {
  const Lesson& lesson;
  const Json& hidden;
  const Answers& answers;  // to both rounds of questions
  const Json& earlier;
  std::int64_t made_ms = 0;  // when the exercise was prepared; UTC since 1970
  std::int64_t now_ms = 0;

  const LessonExercise& exercise() const { return lesson.exercise; }
};

struct Outcome {
  bool passed = false;
  std::string verdict;  // one or two sentences
  std::vector<Reading> readings{};
  Json kept = Json::object();  // what the next run, and the last lesson, go on from
};

// A kind of exercise. Everything throws Error with a sentence for the learner, and FileError for a file.
struct ExerciseProgram {
  std::string_view kind;
  std::vector<Question> (*first)(const Lesson& lesson);  // asked before anything is rendered
  Preparation (*prepare)(const ExerciseRun& run);
  Outcome (*score)(const Scoring& scoring);
};
const ExerciseProgram& program_of(const Lesson& lesson);  // every kind of exercises.toml has one

// Parameters of an exercise; of the type the kind gives them, which loading has checked.
double number_of(const LessonExercise& exercise, std::string_view id);
int count_of(const LessonExercise& exercise, std::string_view id);
const std::vector<double>& numbers_of(const LessonExercise& exercise, std::string_view id);
const std::string& text_of(const LessonExercise& exercise, std::string_view id);
const std::vector<std::string>& texts_of(const LessonExercise& exercise, std::string_view id);
bool has_parameter(const LessonExercise& exercise, std::string_view id);

// Small helpers that kinds share.
std::string two_digits(int number);                        // "03"
std::string id_of(std::string_view words);                 // "low end" → "low-end"
std::optional<double> seconds_of(std::string_view clock);  // "1:05.5", "65"; empty for anything else
std::vector<std::string> split(std::string_view text,
                               std::string_view separators);  // trimmed, without empty ones
std::string lower(std::string_view text);                     // ASCII
// 0 to count-1 in random order.
std::vector<std::size_t> shuffled(std::size_t count, NoiseGenerator& noise);
bool is_date(std::string_view text);  // "2026-11-22", in the calendar
int days_of(std::string_view date);   // since 1970

}  // namespace lacquer
