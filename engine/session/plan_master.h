#pragma once

#include <optional>
#include <vector>

#include "core/result.h"
#include "judge/finding.h"
#include "judge/plan.h"
#include "judge/rules.h"
#include "session/survey.h"

namespace lacquer {

struct LoudnessRequest {
  enum class Kind { kSolved, kGentle, kStreaming, kLoud, kClub, kNumber };
  Kind kind = Kind::kSolved;
  double lufs = 0.0;   // with kNumber
  bool force = false;  // render a number that costs too much
};

struct PlanRequest {
  LoudnessRequest loudness;
  double ceiling_dbtp = -1.0;
  std::vector<Stage> accept;   // offered stages to apply
  std::vector<Stage> without;  // stages to leave out
};

// Findings and measurements to a plan: the stages this track warrants and the loudness it lands on.
// Fails, naming the nearest loudness in reach, when a number was asked for that costs more than the rules
// allow (or that the limiter cannot reach at all). source_path and source_sha256 are left for the caller to
// fill.
Result<Plan> plan_master(const Survey& survey, const Diagnosis& diagnosis, const LoudnessRules& rules,
                         const PlanRequest& request);

}  // namespace lacquer
