#include "app/words.h"

#include "app/knowledge.h"
#include "judge/prose.h"

namespace lacquer {

std::vector<WordEntry> all_words() {
  std::vector<WordEntry> words;
  for (const VocabularyTerm& term : knowledge().vocabulary) words.push_back({term});
  return words;
}

std::optional<WordEntry> word_named(const std::string& term) {
  std::string id = term;
  for (char& c : id) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '_') c = '-';
  }
  for (const VocabularyTerm& one : knowledge().vocabulary)
    if (one.id == id) return WordEntry{one};
  return std::nullopt;
}

std::vector<WordEntry> words_of(const Diagnosis& diagnosis) {
  std::vector<WordEntry> words;
  for (const Word& word : diagnosis.words)
    if (std::optional<WordEntry> entry = word_named(word.term)) {
      entry->here = word;
      words.push_back(*std::move(entry));
    }
  return words;
}

std::string range_text(double low_hz, double high_hz) {
  std::string low = prose::frequency(low_hz);
  const std::string high = prose::frequency(high_hz);
  const std::string unit = high.substr(high.find(' '));
  if (low.ends_with(unit)) low.resize(low.size() - unit.size());
  return low + " to " + high;
}

}  // namespace lacquer
