#pragma once

#include <optional>
#include <vector>

#include "api/json.h"
#include "judge/vocabulary.h"

namespace lacquer {

// A word of the vocabulary, and how it applies to one piece where one was measured.
struct WordEntry {
  VocabularyTerm term;
  std::optional<Word> here;
};

// `words --json`: one item for each word. `state`, `deviation_db`, `when` and `text` are null where no piece
// was measured.
Json words_json(const std::vector<WordEntry>& words);

}  // namespace lacquer
