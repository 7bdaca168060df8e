#pragma once

#include <vector>

#include "judge/diagnostic_rules.h"
#include "judge/rules.h"
#include "playback/platforms.h"

namespace lacquer {

// The rules that judgement and planning go by, as they are built into the program.
struct Knowledge {
  DiagnosticRules diagnostic;
  LoudnessRules loudness;
  std::vector<PlatformRule> platforms;
};

// Loaded once; safe from several threads.
const Knowledge& knowledge();

}  // namespace lacquer
