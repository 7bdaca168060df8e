#pragma once

#include <string>

namespace lacquer {

// The thresholds of the judgement, loaded by `library` from content/rules/. Rule code names no number itself.

// How far level may be pushed; pushing stops at whichever of the three is reached first.
struct LoudnessBudget {
  double psr_p5_floor_db = 0.0;     // 5th percentile of PSR may not fall below this
  double reduction_p95_db = 0.0;    // 95th percentile of gain reduction may not exceed this
  double least_lu_per_db = 0.0;     // a further dB of drive must still buy this much loudness
};

struct LoudnessRules {
  LoudnessBudget solved;  // no --loudness given
  LoudnessBudget gentle;
  LoudnessBudget streaming;
  LoudnessBudget loud;
  LoudnessBudget club;
  LoudnessBudget refuse;  // a number that costs more than this is refused unless --force
};

}  // namespace lacquer
