#pragma once

#include <string>
#include <vector>

#include "judge/plan.h"
#include "judge/rules.h"
#include "measure/limiter_envelope.h"
#include "playback/platforms.h"

namespace lacquer {

// What loudness costs and what is left of it: one step of a ladder from "peaks at the ceiling" upwards, as
// the limiter's envelope predicts it.
struct LoudnessStep {
  double drive_db = 0.0;
  double lufs = 0.0;
  double reduction_p95_db = 0.0;
  double psr_p5_db = 0.0;
  double psr_lost_db = 0.0;       // against the first step, where nothing is limited
  bool within_budget = false;     // of the rules for a number that was asked for
  std::vector<double> left_lufs;  // on each platform of the curve
};

struct LoudnessCurve {
  std::vector<std::string> platforms{};  // those that normalize, in the mode most listeners hear
  std::vector<double>
      references_lufs{};              // of the platforms, in the same order: what is louder is turned down
  std::vector<LoudnessStep> steps{};  // loudest last; a dB of drive apart
};

// Under the plan's ceiling and limiter. Empty for silence.
LoudnessCurve loudness_curve(const LimiterEnvelope& envelope, const Plan& plan, const LoudnessRules& rules,
                             const std::vector<PlatformRule>& platforms);

}  // namespace lacquer
