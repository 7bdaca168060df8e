#pragma once

#include <filesystem>
#include <string>

#include "app/learn.h"
#include "faces/studio/songs.h"
#include "faces/studio/work.h"

namespace lacquer::studio {

// The exercises of the lessons, one folder each below `lessons/`: files/ as the user handed them over, names/
// with empty files that bear the names of a project, made/ with what was rendered and the sealed answers, and
// round.json with what the page may see of it. Nothing else ever leaves made/ but WAV files.
class Exercises {
 public:
  Exercises(std::filesystem::path studio, Songs& songs, const Programs& programs)
      : studio_(std::move(studio)), songs_(songs), programs_(programs) {}

  std::filesystem::path files(const Lesson& lesson) const { return folder(lesson) / "files"; }
  // { state: "none" | "ready" | "scored", files: [ { name, bytes } ], names, ready: null | { files: [ { name,
  // what } ], readings, questions }, outcome: null | { passed, summary, readings } }
  Json describe(const Lesson& lesson) const;
  // A rendered file. Throws Error for any other name.
  std::filesystem::path sound(const Lesson& lesson, const std::string& name) const;

  // Takes the names of a project's files, which is all of it that the lesson about names reads.
  void keep_names(const Lesson& lesson, const nlohmann::json& names) const;

  // What the page asked for: { inputs: [ { song } | { file } | { names } ], first: { QUESTION: TEXT } }.
  Work run_work(const Lesson& lesson, const nlohmann::json& request);
  // Scores the round that is ready, once. `answers` as { QUESTION: TEXT or [ TEXT ] }.
  void score(const Lesson& lesson, const nlohmann::json& answers, LessonRecords& records,
             std::int64_t now_ms);

 private:
  std::filesystem::path folder(const Lesson& lesson) const { return studio_ / "lessons" / lesson.id; }
  std::filesystem::path input(const Lesson& lesson, const nlohmann::json& one, std::size_t place);

  std::filesystem::path studio_;
  Songs& songs_;
  const Programs& programs_;
};

// The questions of an exercise that come before anything is rendered, as `learn --run --json` writes them.
Json first_questions_json(const Lesson& lesson);

}  // namespace lacquer::studio
