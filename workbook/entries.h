#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lacquer {

// What the user wrote and decided. Times are milliseconds since 1970, UTC; all text is UTF-8.
//
// Control characters are kept as they are. What does not fit the bounds below, or is no UTF-8, is refused
// with an Error, never cut.
constexpr std::size_t kMostTextCharacters = 100'000;  // of an answer or a note
constexpr std::size_t kMostNameCharacters = 1'000;    // of ids, subjects, kinds and states
constexpr std::size_t kMostDocumentBytes = 500'000;
constexpr int kMostPrompt = 100;
constexpr int kMostEntries = 20'000;  // of each sort

// One answer to one prompt of a lesson. Every answer is kept.
struct Answer {
  std::string lesson;  // its id
  int prompt = 1;      // from 1, in the order of the lesson
  std::int64_t answered_ms = 0;
  std::string text;
};

struct FirstAndNewest {
  Answer first;
  Answer newest;  // the same one where there is one alone
};

enum class LessonState { kStarted, kDone };

struct LessonProgress {
  std::string lesson;
  std::optional<std::int64_t> started_ms;  // the first time
  std::optional<std::int64_t> done_ms;     // likewise
};

// What an exercise found.
struct Score {
  std::string lesson;
  std::string kind;  // of the exercise
  std::int64_t scored_ms = 0;
  std::string document;  // JSON; its form is the exercise's own
};

// A decision about gear or a release, told from others by kind, subject and when it was made.
struct Decision {
  std::int64_t id = 0;  // given when added
  std::string kind;     // "gear", "release"
  std::string subject;
  std::int64_t made_ms = 0;
  std::optional<std::int64_t> due_ms;  // when to look at it again; none once it is settled
  std::string state;                   // one word: "open", "bought", "not-bought", "kept", "returned", …
  std::int64_t changed_ms = 0;         // when it was added or last changed
  std::string document;                // JSON; its form is the kind's own
};

struct Note {
  std::int64_t id = 0;  // given when added
  std::int64_t made_ms = 0;
  std::string subject;  // may be empty
  std::string text;
};

// All of it, as it is exported and imported. Ids mean nothing outside of one workbook.
struct Entries {
  std::vector<Answer> answers;
  std::vector<LessonProgress> progress;
  std::vector<Score> scores;
  std::vector<Decision> decisions;
  std::vector<Note> notes;
};

// How many of each were new.
struct EntryCounts {
  int answers = 0;
  int progress = 0;
  int scores = 0;
  int decisions = 0;  // added or changed
  int notes = 0;
};

// Throw Error where a value is outside of what is kept.
void check_entry(const Answer& answer);
void check_entry(const LessonProgress& progress);
void check_entry(const Score& score);
void check_entry(const Decision& decision);
void check_entry(const Note& note);

}  // namespace lacquer
