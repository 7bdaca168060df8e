#pragma once

#include <optional>
#include <string>

#include "judge/tonal_rules.h"
#include "measure/measurements.h"

namespace lacquer {

// What a piece is instead of music as the targets mean it. What belongs in the middle of a record, how its
// tone is spread and whether its bass stands still say little about such a sound.
enum class NotMusic {
  kOneSound,  // nothing begins and nothing swells
  kNoise,     // nothing in it has a pitch: noise, wind, rain, traffic
  kStrokes,   // the same short stroke again and again, with nothing between: a click track
  kVoice,     // a voice alone: esses in one place, and nothing below its own range
};

// From rhythm, range, peaks that stay and esses; empty for music, and where too little is known.
std::optional<NotMusic> heard_instead_of_music(const Measurements& audio, const TonalRules& rules);

// "It sounds like …, not like music, so this says little."
std::string says_little_of(NotMusic kind);

// Nothing begins and nothing swells: one sustained sound, and no record of music.
bool is_one_sound(const Measurements& audio, const TonalRules& rules);

}  // namespace lacquer
