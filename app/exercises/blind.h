#pragma once

#include "app/exercises/exercise.h"

namespace lacquer {

// A/B/X: two versions that the learner knows, and trials in which X is one of them.
struct BlindPair {
  std::string prefix;  // of the files and questions: "" or "move-1-"
  std::string first;   // what the learner answers: "with"
  std::string second;  // "without"
  int trials = 8;
  bool optional = false;
};
// Writes PREFIXFIRST.wav, PREFIXSECOND.wav and PREFIXx-01.wav … of two sounds that are matched already, and
// adds the questions and what they hide.
void add_blind_pair(const ExerciseRun& run, Preparation& preparation, const BlindPair& pair,
                    const Sound& first, const Sound& second);

struct BlindScore {
  int trials = 0;  // that were answered
  int right = 0;
  double by_luck = 1.0;  // the chance that guessing does as well
};
BlindScore score_blind_pair(const Scoring& scoring, const std::string& prefix);
// "7 of 8 right; guessing does as well in 3.5 % of cases", and what would be needed.
std::string blind_words(const BlindScore& score, double by_chance = 0.5);

}  // namespace lacquer
