#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/source_info.h"
#include "judge/claim.h"
#include "judge/finding.h"
#include "judge/knowledge.h"
#include "judge/plan.h"
#include "measure/measurements.h"

namespace lacquer {

// What a plan is made from.
struct PlanCase {
  const Measurements& audio;
  const SourceInfo& source;
  const Diagnosis& diagnosis;
  const Knowledge& known;
};

// A stage that evidence asks for, with its settings. It is on (an enhancing one: offered) once a trial kept
// it.
struct Nomination {
  PlanStage stage;
  std::vector<Claim> claims;
  std::vector<Nomination> less{};  // the same stage with less, tried in turn where the whole does not hold
};

// The frame of every plan, pure: gain staging and limiting on, everything else off with the reason. All seven
// are listed in chain order; the loudness and the source's path and checksum are left empty for the caller.
Plan draft_plan(const PlanCase& judged);

// Finished records are left alone: why this one is, or nothing.
std::optional<std::string> already_mastered(const PlanCase& judged);

// The corrective stages that the evidence asks for, in chain order, settings within the rules' ranges. Pure.
// `input_trim_db` is the gain before them, which thresholds of level must know.
std::vector<Nomination> nominate(const PlanCase& judged, double input_trim_db);

// Gain staging with the two channels brought level, where they differ; `staging` is the stage without it.
// Offered: a lopsided image may be meant.
std::optional<Nomination> nominate_balance(const PlanCase& judged, const PlanStage& staging);

// Towards the references that the piece is judged against, by `amount` (0 to 1) of the distance: a curve of
// the corrective equaliser for what the channels share and, where `with_width`, another for what they differ
// in. Nothing where the target is no reference.
std::optional<Nomination> nominate_match(const PlanCase& judged, double amount, bool with_width);

// What may be offered once nothing is left to correct; the first is the one with the most behind it.
// `limited_db` is the 95th percentile of the gain reduction that the planned loudness takes.
std::vector<Nomination> nominate_offers(const PlanCase& judged, double limited_db);

// What mastering cannot mend in this track, as one sentence with the smallest change to the mix; empty where
// there is nothing.
std::string for_the_mix(const Diagnosis& diagnosis);

}  // namespace lacquer
