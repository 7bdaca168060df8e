#pragma once

#include <variant>

#include "core/audio_block.h"
#include "judge/plan.h"
#include "playback/systems.h"

namespace lacquer {

// A passage as a person compares it by ear: one of several ways of hearing the same seconds, each as loud as
// the passage itself, so that nothing wins by being louder.

enum class Part { kWhole, kMono, kMid, kSide, kLeft, kRight };
struct Band {  // what lies between two frequencies, falling by 48 dB an octave outside
  double low_hz = 0.0;
  double high_hz = 0.0;
};
struct OnSystem {  // as a playback system plays it, without the noise around
  const PlaybackSystem* system = nullptr;
};
// Through a plan. `drive_db` is what the plan's loudness takes where no stage but the limiter is on; what the
// stages change in loudness is taken out of it. `removed`: what the plan takes away and adds, instead of what
// it makes: the result brought to the passage's loudness, less the passage.
struct ThroughPlan {
  const Plan* plan = nullptr;
  double drive_db = 0.0;
  bool removed = false;
};
using WayOfHearing = std::variant<Part, Band, OnSystem, ThroughPlan>;

// A passage with what lies around it, so that filters and the limiter have come to rest before it begins.
struct PassageInContext {
  const AudioBuffer& audio;
  double sample_rate_hz = 48000.0;
  int first_frame = 0;  // of the passage
  int frames = 0;       // of the passage
};

struct Audition {
  AudioBuffer audio;         // the passage, with the gain
  double gain_db = 0.0;      // that made it as loud as the passage
  double short_of_lu = 0.0;  // how much quieter it stays all the same
};

// What little a part of the spectrum or the sides hold is not raised without bound.
inline constexpr double kMostAuditionGainDb = 24.0;
// A difference is not raised at all: how quiet it is says how little was changed.

// Mono or stereo. Silence stays silence.
Audition audition(const PassageInContext& passage, const WayOfHearing& way);

}  // namespace lacquer
