#pragma once

#include <array>

namespace lacquer {

// A free curve of level, given at the third-octaves from 20 Hz to 20 kHz (IEC 61260-1, base-ten exact), for
// what two channels share (mid) and for what they differ in (side).
inline constexpr int kMatchPoints = 31;
inline constexpr float kMostMatchDb = 24.0F;  // either way
double match_point_hz(int point);

using MatchGains = std::array<float, kMatchPoints>;

struct MatchCurve {
  MatchGains mid_db{};
  MatchGains side_db{};
  bool operator==(const MatchCurve&) const = default;
};

// A graphic equaliser that runs through the curve: a bell of this Q at every point, with the gains (in dB)
// that together make `wanted_db` at the points. Neighbours reach into each other, so the gains are solved
// jointly and corrected until they fit, since a bell's shape depends a little on its height (V. Välimäki,
// J. Liski, "Accurate cascade graphic equalizer", IEEE Signal Processing Letters 24(2), 2017). Within 0.05 dB
// at the points where neighbouring points lie up to 6 dB apart; between them it runs smoothly.
inline constexpr double kMatchBellQ = 2.8;
std::array<double, kMatchPoints> match_bells(const MatchGains& wanted_db) noexcept;

}  // namespace lacquer
