#pragma once

#include <optional>
#include <span>
#include <vector>

#include "measure/measurements.h"

namespace lacquer {

// What the series of short-term loudness (every 100 ms, of the 3 s that end there) says of the piece as a
// whole, read every 3 s so that no moment counts twice.

// How the loudness is spread: the share of 3 s blocks in each whole LU, those above -70 LUFS only.
std::vector<LoudnessShare> loudness_histogram(std::span<const float> short_term_lufs);

// How far it moves from one 3 s to the next while both are above the gate: a fader that is ridden, or a
// leveller that pulls, shows here. Nothing below two blocks.
std::optional<LevelSteps> level_steps(std::span<const float> short_term_lufs, double gate_lufs);

}  // namespace lacquer
