#pragma once

#include "app/deliveries.h"
#include "app/mix.h"
#include "app/plan.h"

namespace lacquer {

// The plan for a mix under the highest ceiling, at most -1 dBTP and in tenths of a dB, at which every
// delivery of its beginning and its loudest 30 s decodes at or below 0 dBTP. They go through the mastering
// chain, landing on the plan's loudness under each ceiling that is tried. Throws Error where no ceiling down
// to -12 dBTP is low enough, naming the nearest loudness where that is out of reach, and as plan_for() does.
Plan plan_under_solved_ceiling(Mix& mix, const SurveyedMix& surveyed, PlanRequest request,
                               const Deliveries& deliveries, const ProgressCallback& progress);

// A ceiling lower by `excess_db` and a little, in whole tenths of a dB.
double lowered_ceiling_dbtp(double ceiling_dbtp, double excess_db);

}  // namespace lacquer
