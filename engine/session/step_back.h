#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/chain_rules.h"
#include "session/master.h"

namespace lacquer {

// What to take back where a master made items worse.
struct StepBack {
  Plan plan;
  std::string note;  // for the user: what got worse and what was taken back for it
};

// Only a graver verdict takes something back: what moved a little within its verdict is told, not undone.
// The stage that stands closest to the fault goes first: of an item of the image the width stage, of an item
// of the tone saturation, enhancing EQ, compression, corrective EQ. Where no such stage is on, limiting is
// the cause: `lufs` (where the master landed) comes down by a step, unless that loudness was asked for. Empty
// where nothing got worse, or nothing can be taken back.
std::optional<StepBack> step_back(const Plan& plan, const std::vector<ItemChange>& items,
                                  std::optional<double> lufs, bool loudness_was_asked_for,
                                  const ChainRules::ClosedLoop& rules);

}  // namespace lacquer
