#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/chain_rules.h"
#include "judge/tone_levels.h"
#include "session/master.h"

namespace lacquer {

// What to take back where a master made items worse.
struct StepBack {
  Plan plan;
  std::string note;  // for the user: what got worse and what was taken back for it
};

// What a render came to.
struct Outcome {
  const std::vector<ItemChange>& items;
  std::optional<double> lufs;  // where the master landed
  std::optional<OctaveShift>
      tone;  // what limiting alone moved: known where no stage before it shapes the sound
};

// Only a graver verdict takes something back, and only where its reading lost more than a trial allows: what
// moved a little, within its verdict or over the edge of it, is told, not undone.
// The stage that stands closest to the fault goes first: of an item of the image the width stage, of an item
// of the tone saturation, enhancing EQ, compression, corrective EQ. Where no such stage is on, limiting is
// the cause, as it is where it alone moved an octave by more than the rules allow: the loudness comes down by
// a step, unless it was asked for. Empty where nothing got worse, or nothing can be taken back.
std::optional<StepBack> step_back(const Plan& plan, const Outcome& outcome, bool loudness_was_asked_for,
                                  const ChainRules& rules);

}  // namespace lacquer
