#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "judge/reference_sound.h"

namespace lacquer {

// Third-octaves from 20 Hz to 20 kHz, base-ten exact centres (IEC 61260-1).
inline constexpr int kTargetBands = 31;
inline double target_band_hz(int band) { return 1000.0 * std::pow(10.0, (band - 17) / 10.0); }

// Third-octave levels that finished records of a kind have, with how far good ones stray. Only the shape
// counts: the mean of 200 Hz to 2 kHz is 0 dB.
struct TargetCurve {
  std::string name;   // "modern"; of a learned one as the user calls it
  std::string label;  // "Pop and modern"
  std::array<double, kTargetBands> level_db{};
  std::array<double, kTargetBands> tolerance_db{};  // more than 0
  bool percussive = true;  // of music with drums; only the choice between the built-in targets asks
};

// The target a piece is judged against, and why this one.
struct ChosenTarget {
  enum class Origin { kGuessed, kNamed, kLearned, kReference };
  Origin origin = Origin::kGuessed;
  TargetCurve curve;
  std::string why;
  std::optional<ReferenceSound> sound{};  // with kReference
};

}  // namespace lacquer
