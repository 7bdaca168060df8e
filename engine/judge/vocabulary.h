#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "measure/measurements.h"

namespace lacquer {

enum class WordState { kExcess, kNormal, kDeficiency };
std::string_view to_string(WordState state);  // "excess", "normal", "deficiency"

// A word of the vocabulary as it applies to one piece.
struct Word {
  std::string term;  // "boxy"
  WordState state = WordState::kNormal;
  double low_hz = 0.0;
  double high_hz = 0.0;
  double deviation_db = 0.0;  // from the target, averaged over the range
  std::vector<TimeRange> when;
  std::string text;
};

}  // namespace lacquer
