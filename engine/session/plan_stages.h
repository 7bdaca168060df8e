#pragma once

#include <functional>
#include <optional>

#include "session/drive_solver.h"
#include "session/plan_master.h"
#include "session/trial.h"

namespace lacquer {

// Which of the stages before the limiter this piece gets, each of them tried: corrective ones in chain order,
// each on top of those kept; then, where nothing is left to correct, what may be offered. Everything that was
// tried stays in the plan with its numbers. `drive_for` solves the loudness asked for, of an envelope.
using DriveFor = std::function<std::optional<DriveOutcome>(const LimiterEnvelope&)>;
struct StagedPlan {
  Worked worked;
  std::optional<DriveOutcome> drive;  // for what reaches the limiter, where it was solved on the way
  // Whether the envelope of `worked` is the very one that envelope_under() would read.
  bool knows_envelope = true;
};
StagedPlan plan_stages(const PlanMaterial& material, const PlanRequest& request, const DriveFor& drive_for);

}  // namespace lacquer
