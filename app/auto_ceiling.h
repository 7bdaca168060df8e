#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/mix.h"
#include "app/plan.h"
#include "playback/deliveries.h"

namespace lacquer {

// The plan for a mix under the highest ceiling, at most -1 dBTP and in tenths of a dB, at which every
// delivery of its loudest 30 s decodes at or below 0 dBTP. They go through the mastering chain, landing on
// the plan's loudness under each ceiling that is tried. Throws Error where no ceiling down to -12 dBTP is low
// enough, and as plan_for() does.
Plan plan_under_solved_ceiling(Mix& mix, const SurveyedMix& surveyed, PlanRequest request,
                               const std::vector<Delivery>& deliveries, const ProgressCallback& progress);

// A ceiling lower by `excess_db` and a little, in whole tenths of a dB.
double lowered_ceiling_dbtp(double ceiling_dbtp, double excess_db);

}  // namespace lacquer
