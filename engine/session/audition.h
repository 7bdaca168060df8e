#pragma once

#include <optional>
#include <variant>

#include "core/audio_block.h"
#include "judge/plan.h"
#include "playback/systems.h"
#include "session/codec_study.h"

namespace lacquer {

// A passage as a person compares it by ear: the mix or its master, in one of several ways of hearing the same
// seconds, each as loud as the mix's passage, so that nothing wins by being louder.

// With its surroundings, so that filters and the limiter have come to rest before it begins.
struct PassageInContext {
  const AudioBuffer& audio;
  double sample_rate_hz = 48000.0;
  int first_frame = 0;  // of the passage
  int frames = 0;       // of the passage
};

// What a plan makes of it. `drive_db` is what the plan's loudness takes where no stage but the limiter is on;
// what the stages change in loudness is taken out of it.
struct MasterOf {
  const Plan* plan = nullptr;
  double drive_db = 0.0;
};

enum class Part { kWhole, kMono, kMid, kSide, kLeft, kRight };
struct Band {  // what lies between two frequencies, falling by 48 dB an octave outside
  double low_hz = 0.0;
  double high_hz = 0.0;
};
struct OnSystem {  // as a playback system plays it, without the noise around
  const PlaybackSystem* system = nullptr;
};
struct Coded {  // as a listener's decoder hands it out, at the codec's own sample rate
  RoundTrip round_trip;
};
// As loud as a platform plays it, which is the point of hearing it there: nothing is matched.
struct OnPlatform {
  double gain_db = 0.0;
  std::optional<double> limiter_threshold_dbfs;
};
struct Removed {};  // what mastering changed: the master as loud as the mix, less the mix
using WayOfHearing = std::variant<Part, Band, OnSystem, Coded, OnPlatform, Removed>;

struct Audition {
  AudioBuffer audio;  // the passage, with the gain
  double sample_rate_hz = 48000.0;
  double gain_db = 0.0;      // that made it as loud as the mix; on a platform, what the platform does
  double short_of_lu = 0.0;  // how much quieter it stays all the same
};

// What little a part of the spectrum or the sides hold is not raised without bound.
inline constexpr double kMostAuditionGainDb = 24.0;

// Mono or stereo. Silence stays silence. Without `master` it is the mix that is heard; Removed needs one.
Audition audition(const PassageInContext& passage, const WayOfHearing& way,
                  const std::optional<MasterOf>& master = std::nullopt);

// Other audio, a reference or another version, as loud as the passage.
Audition beside(const PassageInContext& passage, AudioBuffer other, double sample_rate_hz);

}  // namespace lacquer
