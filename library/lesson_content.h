#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "library/lesson_drawing.h"

namespace lacquer {

// content/lessons: the Core Track. Thirty lessons as Markdown with TOML between two lines `+++`, and the
// lists they draw on: exercises.toml (kinds of exercise), topics.toml, glossary.toml, drawings.toml.
//
// Every function throws Error "NAME:LINE: FIELD: what is wrong; what to do".

enum class ParameterType { kNumber, kCount, kNumbers, kText, kTexts };  // a count is a whole number

struct ExerciseParameter {
  std::string id;  // its unit last, where it has one: "step_s"
  ParameterType type = ParameterType::kNumber;
  std::string unit;    // of a number, a count, or each of several numbers; else empty
  double least = 0.0;  // likewise
  double most = 0.0;
  std::vector<std::string> choices{};  // what a text, or each of several, is limited to; empty for any
  bool optional = false;
};

// What a lesson can ask the program to do. `needs` are the roles of the files that the learner hands over,
// `gives` what is kept of the answers.
struct ExerciseKind {
  std::string id;
  std::string does;
  std::vector<std::string> needs;
  std::vector<std::string> gives;
  std::vector<ExerciseParameter> parameters;  // in the order of the file
};

struct LessonTopic {
  std::string id;
  std::string title;
};

struct GlossaryTerm {
  std::string id;
  std::string word;
  std::string meaning;  // one sentence
};

struct LessonLists {
  std::vector<ExerciseKind> kinds;
  std::vector<LessonTopic> topics;
  std::vector<GlossaryTerm> glossary;
  std::vector<LessonDrawing> drawings;
  std::vector<std::string> vocabulary;  // ids of content/vocabulary.toml
};

using ExerciseValue = std::variant<double, std::vector<double>, std::string, std::vector<std::string>>;

struct LessonExercise {
  std::string kind;
  std::string instructions;
  std::string score;
  // In the order of the kind; an optional one that the lesson leaves out is not here.
  std::vector<std::pair<std::string, ExerciseValue>> parameters;

  // Throws std::out_of_range for one that is not there.
  const ExerciseValue& at(std::string_view id) const;
};

struct LessonSource {
  std::string title;
  std::string url;  // http or https
};

struct LessonSection {
  std::string heading;  // empty for the opening
  std::string text;     // Markdown: paragraphs, numbered lists, emphasis
};

struct Lesson {
  std::string file;  // "lessons/03-the-chair-and-the-corner.md"
  int number = 0;    // 1 to 30
  std::string id;
  std::string course;  // "where-you-stand" (1 to 10), "how-sound-behaves" (11 to 20), "building-the-beat"
  std::string title;
  std::string summary;
  int read_minutes = 0;  // 5 to 8
  int do_minutes = 0;    // 20 to 40
  std::string decide;
  std::string today;
  std::vector<std::string> write;  // prompts for the workbook
  std::string done_when;
  std::vector<std::string> terms;   // of the glossary or the vocabulary
  std::vector<std::string> stages;  // of the mastering chain
  std::vector<std::string> topics;  // one to three
  std::vector<LessonSource> sources;
  std::string drawing;          // id of a drawing; empty for none
  std::string drawing_caption;  // what it shows, also for those who cannot see it
  LessonExercise exercise;
  std::vector<LessonSection> sections;  // six, in the fixed order
  int words = 0;                        // 600 to 1,000
};

struct CoreTrack {
  LessonLists lists;
  std::vector<Lesson> lessons;  // 1 to 30
};

struct LessonFile {
  std::string_view text;
  std::string name;  // "lessons/NN-ID.md"
};

std::vector<ExerciseKind> parse_exercise_kinds(std::string_view text, const std::string& name);
std::vector<LessonTopic> parse_lesson_topics(std::string_view text, const std::string& name);
std::vector<GlossaryTerm> parse_glossary(std::string_view text, const std::string& name);

// One lesson. Refuses what `Lesson` rules out, unknown kinds, parameters, topics, terms and stages, sections
// that are missing or out of order, sentences of more than 50 words, and a mean of more than 18.
Lesson parse_lesson(const LessonFile& file, const LessonLists& lists);
// All lessons together, in any order: numbers 1 to 30 once each, names that differ, and no sentence of four
// words or more that stands twice.
std::vector<Lesson> parse_lessons(std::span<const LessonFile> files, const LessonLists& lists);

CoreTrack load_core_track();  // what is built into the program

}  // namespace lacquer
