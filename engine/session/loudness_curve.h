#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/plan.h"
#include "judge/rules.h"
#include "measure/limiter_envelope.h"
#include "playback/platforms.h"
#include "session/band_envelope.h"
#include "session/limiting_damage.h"

namespace lacquer {

// What loudness costs and what is left of it: one step of a ladder from "peaks at the ceiling" upwards. All
// of it is predicted: loudness, gain reduction and PSR on the envelope of the whole piece, the rest on its
// loudest passage, where limiting is heard first.
struct LoudnessStep {
  double drive_db = 0.0;
  double lufs = 0.0;
  double reduction_p95_db = 0.0;
  double psr_p5_db = 0.0;
  double psr_lost_db = 0.0;       // against the first step, where nothing is limited
  LimitingDamage damage{};        // without bands where no passage was given
  bool within_budget = false;     // of the rules for a number that was asked for
  bool only_costs = false;        // louder than every reference: each of them turns it down again
  std::vector<double> left_lufs;  // on each platform of the curve

  // The most that a band's crest lost, and the most that a band's level moved against the whole (either way);
  // empty where no band is known.
  std::optional<double> crest_lost_db() const;
  std::optional<double> level_change_db() const;
};

struct LoudnessCurve {
  std::vector<std::string> platforms{};  // those that normalize, in the mode most listeners hear
  std::vector<double>
      references_lufs{};              // of the platforms, in the same order: what is louder is turned down
  std::vector<LoudnessStep> steps{};  // loudest last; a dB of drive apart
};

// Under the plan's ceiling and limiter. `passage` (band_envelope.h) may be empty. Empty for silence.
LoudnessCurve loudness_curve(const LimiterEnvelope& envelope, const BandEnvelope& passage, const Plan& plan,
                             const LoudnessRules& rules, const std::vector<PlatformRule>& platforms);

}  // namespace lacquer
