#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/json.h"
#include "judge/vocabulary.h"

namespace lacquer {

// One way of hearing a word, as it was written.
struct HeardWord {
  std::string way;      // "original", "alone", "boosted", "cut"
  std::string summary;  // what to listen for
  std::string path;
  TimeRange when;  // in the file it was cut from
  double gain_db = 0.0;
  double short_of_lu = 0.0;  // how much quieter than the others it stays
};
struct WordRendering {
  std::vector<HeardWord> files;
  std::string index;  // the path of the text that lists them
};

// A word of the vocabulary, and how it applies to one piece where one was measured.
struct WordEntry {
  VocabularyTerm term;
  std::optional<Word> here{};
  std::optional<WordRendering> rendered{};
};

// `words --json`: one item for each word. `state`, `deviation_db`, `when` and `text` are null where no piece
// was measured, `rendered` where nothing was written.
Json words_json(const std::vector<WordEntry>& words);

}  // namespace lacquer
