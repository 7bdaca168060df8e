#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "playback/platforms.h"

namespace lacquer {

// What loudspeakers and headphones do to a track, as low-order models. Data: loaded by `library` from
// content/systems.toml, each with its basis, source and confidence.

// Levels by frequency, ascending; linear in dB over log frequency between the points, the end values held.
struct ResponseCurve {
  std::vector<std::pair<double, double>> points;  // Hz, dB; at least one
  double at_db(double hz) const;
};

enum class Basis { kDefinition, kMeasured, kTarget, kComputed, kModel };
std::string_view to_string(Basis basis);  // "definition", "measured", "target", "computed", "model"

struct PlaybackSystem {
  std::string id;    // "phone"
  std::string name;  // "Phone"
  Basis basis = Basis::kModel;
  Confidence confidence = Confidence::kLow;
  ResponseCurve curve;         // relative to the reference, 0 dB at 1 kHz
  double mono_below_hz = 0.0;  // both channels are one below; 20,000: everywhere
  double width_above = 1.0;    // gain of the side signal above
  double limit_db = 0.0;       // what its limiter takes off the highest peaks at full volume
  double near_side_db = 0.0;   // the nearer loudspeaker is louder by this
  double near_side_delay_ms = 0.0;
  double music_dba = 78.0;  // A-weighted, dB SPL
  double noise_dba = 30.0;
  ResponseCurve noise_db;  // third-octave levels of the noise, scaled to noise_dba
  std::string noise_name;  // "road noise"
  std::string source;

  bool is_mono() const { return mono_below_hz >= kMonoEverywhereHz; }
  // Gain of the side signal at a frequency.
  double side_gain(double hz) const { return hz < mono_below_hz ? 0.0 : width_above; }
  static constexpr double kMonoEverywhereHz = 20000.0;
};

// Gain of A-weighting in dB (IEC 61672-1, annex E), 0 at 1 kHz.
double a_weighting_db(double hz);

// Power sum of third-octave levels from 20 Hz to 20 kHz, A-weighted.
double a_weighted_db(const ResponseCurve& third_octaves);

// Where the response has fallen for good on the way down from 1 kHz: below this it stays `down_db` or more
// under 0 dB. 0 where it never does.
double lower_limit_hz(const ResponseCurve& curve, double down_db);

}  // namespace lacquer
