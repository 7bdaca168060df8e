#pragma once

#include <optional>
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

// A word people use for a range of frequencies, loaded by `library` from content/vocabulary.toml.
struct VocabularyTerm {
  // Another range that must deviate as well for the word to apply: a tinny sound lacks lows.
  struct Condition {
    double low_hz = 0.0;
    double high_hz = 0.0;
    std::optional<double> at_least_db;
    std::optional<double> at_most_db;
  };

  std::string id;       // "boxy"; also the id of the fault of that name, where there is one
  std::string cluster;  // "mid": the words to offer together
  double low_hz = 0.0;
  double high_hz = 0.0;
  WordState names = WordState::kNormal;  // the state that the word speaks of
  std::optional<double> excess_db;       // the mean deviation from which on there is too much, above 0 …
  std::optional<double> deficiency_db;   // … and too little, below 0
  std::vector<Condition> also;
  std::string
      measured_by;     // "level", or what tells it better: "rumble", "crest", "resonance", "bursts", "tilt"
  std::string excess;  // what the range sounds like with too much, the right amount, too little
  std::string normal;
  std::string deficiency;
  std::string instruments;   // where the range moves to
  std::string disagreement;  // how sources differ; empty where they do not
  std::string opposite;      // another word's id, or empty
};

}  // namespace lacquer
