#pragma once

#include <optional>
#include <string>

#include "judge/plan.h"

namespace lacquer {

// What a stage's parameters say together and no single range can refuse.
struct ParameterClash {
  std::string id;    // the parameter to change
  std::string what;  // "is 5; a tilt takes at most 3 dB per octave"
};

// The first of them: a tilt or shelf beyond what that shape takes, a slope that no filter has, crossovers
// that do not rise. A processor would round each of these to what it can do; a plan shall say what is done.
std::optional<ParameterClash> clash_in(const PlanStage& stage);

}  // namespace lacquer
