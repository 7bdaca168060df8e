#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "support/signals.h"

namespace lacquer::test {

// Pink noise by Kellet's filter (musicdsp.org, "pink noise filter"): within 0.05 dB above 9 Hz at 44.1 kHz.
inline std::vector<float> pink_noise(double level_dbfs, double seconds, std::uint64_t seed) {
  std::vector<float> pink = white_noise(44100, level_dbfs, seconds, seed);
  double b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0;
  for (float& x : pink) {
    const double w = x;
    b0 = 0.99886 * b0 + w * 0.0555179, b1 = 0.99332 * b1 + w * 0.0750759, b2 = 0.96900 * b2 + w * 0.1538520;
    b3 = 0.86650 * b3 + w * 0.3104856, b4 = 0.55000 * b4 + w * 0.5329522, b5 = -0.7616 * b5 - w * 0.0168980;
    x = static_cast<float>(0.1 * (b0 + b1 + b2 + b3 + b4 + b5 + b6 + w * 0.5362));
    b6 = w * 0.115926;
  }
  return pink;
}

// A bell of `gain_db` at `hz`, in place (R. Bristow-Johnson, "Audio EQ cookbook", peaking EQ).
inline void bell(std::vector<float>& signal, double sample_rate_hz, double hz, double q, double gain_db) {
  const double a = std::pow(10.0, gain_db / 40.0);
  const double w = 2.0 * std::numbers::pi * hz / sample_rate_hz;
  const double alpha = std::sin(w) / (2.0 * q);
  const double a0 = 1.0 + alpha / a, b1 = -2.0 * std::cos(w) / a0;
  const double b0 = (1.0 + alpha * a) / a0, b2 = (1.0 - alpha * a) / a0, a2 = (1.0 - alpha / a) / a0;
  double s1 = 0.0, s2 = 0.0;
  for (float& x : signal) {
    const double y = b0 * x + s1;
    s1 = b1 * x - b1 * y + s2;
    s2 = b2 * x - a2 * y;
    x = static_cast<float>(y);
  }
}

}  // namespace lacquer::test
