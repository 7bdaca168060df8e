#pragma once

#include "session/plan_master.h"
#include "session/trial.h"

namespace lacquer {

// Which of the stages before the limiter this piece gets, each of them tried: corrective ones in chain order,
// each on top of those kept; then, where nothing is left to correct, what may be offered. Everything that was
// tried stays in the plan with its numbers. `limited_db` tells, of an envelope, the gain reduction that the
// loudness asked for would take.
using ReductionAt = std::function<double(const LimiterEnvelope&)>;
Worked plan_stages(const PlanMaterial& material, const PlanRequest& request, const ReductionAt& limited_db);

}  // namespace lacquer
