#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playback/systems.h"

namespace lacquer {

// The playback systems of content/systems.toml, whose head describes the keys, in the order of the file.
// Throws Error "NAME:LINE: FIELD: what is wrong; what to do" for text that is not TOML, an unknown, missing,
// doubled or mistyped key, a number that is absurd (a curve outside -90 to 30 dB or 10 Hz to 24 kHz,
// frequencies that do not ascend, a noise above 120 dBA), a reference that is not level, stereo and without
// limiter, and traits that contradict each other.
std::vector<PlaybackSystem> parse_systems(std::string_view text, const std::string& name);

}  // namespace lacquer
