#pragma once

#include <optional>
#include <vector>

#include "core/result.h"
#include "judge/finding.h"
#include "judge/knowledge.h"
#include "judge/plan.h"
#include "judge/rules.h"
#include "session/drive_solver.h"
#include "session/survey.h"
#include "session/trial.h"

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
  double amount = 0.5;         // 0 to 1: how far towards the references, where the target is made of them
};

// What a plan is made from: the piece, what was measured and judged of it, and what judgement goes by.
struct PlanMaterial {
  AudioSource& source;
  const SourceInfo& info;
  const Survey& survey;
  const Diagnosis& diagnosis;
  const Knowledge& known;
  const Working& working;
};

// A plan before its level is solved, and what that is solved on.
struct DraftedPlan {
  Plan plan;                              // all but its loudness, and why it is there
  LimiterEnvelope envelope;               // of what reaches the limiter, as the trials have shown it
  bool knows_envelope = true;             // whether that is the very one that envelope_under() would read
  std::optional<DriveOutcome> drive{};    // for the loudness asked for, where it was solved on the way
  LoudnessBudget budget{};                // what the level may cost
  std::optional<std::string> mastered{};  // why the piece is a finished master already
  std::string for_the_mix{};              // what mastering cannot mend; may be empty
};
DraftedPlan draft_master(const PlanMaterial& material, const PlanRequest& request);
DriveSolver solver_of(const DraftedPlan& draft, Executor& executor);  // both must outlive it
std::string what_is_left(const DraftedPlan& draft);  // the last sentence of why; may be empty

// Findings and measurements to a plan: the stages this track warrants, each tried on the source (trial.h),
// and the loudness it lands on, solved on what reaches the limiter. Fails, naming the nearest loudness in
// reach, when a number was asked for that costs more than the rules allow (or that the limiter cannot reach
// at all). source_path and source_sha256 are left for the caller to fill.
struct PlannedMaster {
  Plan plan;
  // What reaches the limiter under the plan, as envelope_under() would read it, where the trials have shown
  // it.
  std::optional<LimiterEnvelope> envelope;
};
Result<PlannedMaster> plan_master(const PlanMaterial& material, const PlanRequest& request);

// What reaches the limiter under a plan: the survey's own envelope where the plan does not shape the sound,
// else that of the source streamed through its stages, with the output gain of the last one reckoned in
// afterwards, as in the trial that found it. What a master is rendered from, so that the same plan gives the
// same bits whoever made it.
LimiterEnvelope envelope_under(const Plan& plan, AudioSource& source, const Survey& survey,
                               const Working& working);

}  // namespace lacquer
