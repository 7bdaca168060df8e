#pragma once

#include <string>
#include <vector>

#include "api/words.h"
#include "judge/finding.h"

namespace lacquer {

// The vocabulary, in the order of the content: by cluster, from low to high.
std::vector<WordEntry> all_words();

// One word of it, whatever its case and with spaces for hyphens ("Bottom light"); nothing where there is
// none.
std::optional<WordEntry> word_named(const std::string& term);

// The words that were judged of a piece, those that stand out first.
std::vector<WordEntry> words_of(const Diagnosis& diagnosis);

// "300 to 800 Hz", "800 Hz to 2 kHz"
std::string range_text(double low_hz, double high_hz);

}  // namespace lacquer
