#pragma once

#include "judge/finding.h"
#include "judge/plan.h"
#include "judge/rules.h"
#include "measure/measurements.h"

namespace lacquer {

// Which of the seven stages this track warrants, and why. Pure. All seven are listed in chain order; the
// loudness and the source's path and checksum are left empty for the caller, the ceiling at its default.
Plan make_plan(const Diagnosis& diagnosis, const Measurements& audio, const LoudnessRules& rules);

}  // namespace lacquer
