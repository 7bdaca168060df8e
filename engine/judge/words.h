#pragma once

#include "judge/case.h"

namespace lacquer {

// The words that describe a piece: those of its faults first, the strongest leading; then others that stand
// out, as many as the rules allow; then what is as it should be. A word that is a fault's name appears only
// with the fault, so that the two never disagree.
std::vector<Word> find_words(const DiagnosticCase& judged);

}  // namespace lacquer
