#pragma once

#include <optional>

#include "core/audio_stream.h"
#include "core/source_info.h"
#include "judge/circumstances.h"
#include "judge/planner.h"
#include "session/survey.h"

namespace lacquer {

// What is tried on: the piece, and how it is judged (always by the same role and target, so that only the
// sound makes a difference).
struct TrialMaterial {
  AudioSource& source;
  const SourceInfo& info;
  const Circumstances& circumstances;
  const Knowledge& known;
  const Working& working;
};

// The piece after the stages that are on in `plan`.
struct Worked {
  Plan plan;
  Survey survey;  // of what reaches the limiter, at the level of the source
  Diagnosis diagnosis;
};

// What a trial showed: the stage as it goes into the plan, with the numbers, and the piece with it where it
// was kept. A nominated stage is kept only if every reading that asked for it improves by what the rules say
// and no other item gets worse by more than they allow, as loud as before: the gain that makes it so is
// measured (what a nomination sets is not used) and becomes the stage's output_gain_db.
struct Tried {
  PlanStage stage;
  std::optional<Worked> worked;
};
Tried try_stage(const TrialMaterial& material, const Worked& before, const Nomination& nomination);

// The same piece as loud as a gain makes it.
Survey louder(Survey survey, double gain_db);

}  // namespace lacquer
