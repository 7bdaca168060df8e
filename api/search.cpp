#include "api/search.h"

#include "judge/plan.h"

namespace lacquer {

std::vector<std::string> search_kinds() {
  return {"sheet",  "item",     "stage",  "term",     "glossary", "platform", "system",
          "lesson", "exercise", "answer", "decision", "note",     "check"};
}

std::vector<std::string> search_topics() {
  return {"habits",  "room",   "listening",   "loudness", "tone",      "dynamics", "stereo",
          "low-end", "rhythm", "arrangement", "files",    "finishing", "gear"};
}

std::vector<std::string> search_courses() {
  return {"where-you-stand", "how-sound-behaves", "building-the-beat"};
}

std::vector<std::string> search_stages() {
  std::vector<std::string> stages = {"before", "listen", "export"};
  for (const Stage stage : kStages) stages.emplace_back(to_string(stage));
  return stages;
}

}  // namespace lacquer
