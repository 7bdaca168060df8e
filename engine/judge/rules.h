#pragma once

namespace lacquer {

// What planning may spend, loaded by `library` from content/rules/loudness.toml. Rule code names no number
// itself.

// How far level may be pushed; pushing stops at whichever of the three is reached first.
struct LoudnessBudget {
  double psr_p5_floor_db = 0.0;   // 5th percentile of PSR may not fall below this
  double reduction_p95_db = 0.0;  // 95th percentile of gain reduction may not exceed this
  double least_lu_per_db = 0.0;   // a further dB of drive must still buy this much loudness
};

// The level at which the chain works; the limiter's drive makes up for the trim exactly.
struct WorkingLevel {
  double true_peak_dbtp = 0.0;         // at most, before the chain
  double loudness_lufs = 0.0;          // about
  double loudness_tolerance_lu = 0.0;  // a track this close to it is left alone
  double trim_min_db = 0.0;
  double trim_max_db = 0.0;
};

// Where a plan sets the limiter to start with.
struct LimiterStart {
  double release_ms = 0.0;
};

struct LoudnessRules {
  LoudnessBudget solved;  // no --loudness given
  LoudnessBudget gentle;
  LoudnessBudget streaming;
  LoudnessBudget loud;
  LoudnessBudget club;
  LoudnessBudget refuse;  // a number that costs more than this is refused unless --force
  WorkingLevel working_level;
  LimiterStart limiter;
};

}  // namespace lacquer
