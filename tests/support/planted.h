#pragma once

#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/noise.h"
#include "support/signals.h"

// Music-like material and the faults that get planted in it.
namespace lacquer::test {

// Plucked notes of eight decaying partials on the equal-tempered scale (A = 440 Hz), a hat of noise on every
// eighth and a soft bed of noise: onsets, decays, bass and highs. Peaks near -9 dBFS.
inline std::vector<float> tune(double sample_rate_hz, double seconds, std::uint64_t seed) {
  std::vector<float> out(static_cast<std::size_t>(sample_rate_hz * seconds));
  NoiseGenerator noise(seed);
  const auto step = static_cast<std::size_t>(sample_rate_hz * 0.25);
  for (std::size_t start = 0; start < out.size(); start += step) {
    for (const int voice : {0, 1}) {
      const int note = static_cast<int>(noise.uniform() * 24.0) + (voice == 0 ? 28 : 52);
      const double hz = 440.0 * std::exp2((note - 69) / 12.0);
      if (voice == 0 && noise.uniform() < 0.6) continue;
      for (int partial = 1; partial <= 8 && partial * hz < 0.45 * sample_rate_hz; ++partial) {
        const std::complex<double> turn = std::polar(std::exp(-(4.0 + partial) / sample_rate_hz),
                                                     2.0 * std::numbers::pi * hz * partial / sample_rate_hz);
        std::complex<double> z = 0.12 / partial;
        double rise = 1.0;  // an attack of a few milliseconds
        const double slower = std::exp(-250.0 / sample_rate_hz);
        for (std::size_t i = 0; i < 4 * step && start + i < out.size(); ++i) {
          out[start + i] += static_cast<float>(z.imag() * (1.0 - rise));
          z *= turn, rise *= slower;
        }
      }
    }
    for (std::size_t i = 0; i < step && start + i < out.size(); ++i) {
      const double t = static_cast<double>(i) / sample_rate_hz;
      out[start + i] += static_cast<float>(0.05 * noise.white() * std::exp(-t / 0.03));
    }
  }
  for (float& x : out) x += static_cast<float>(0.001 * noise.white());
  return out;
}

inline void add_hum(std::vector<float>& to, double sample_rate_hz, double hz, double level_dbfs) {
  const double level = std::pow(10.0, level_dbfs / 20.0);
  constexpr double kLines[][2] = {{1, 1}, {2, 0.5}, {3, 0.6}, {5, 0.3}};
  for (const auto& line : kLines)
    for (std::size_t i = 0; i < to.size(); ++i)
      to[i] += static_cast<float>(
          level * line[1] *
          std::sin(2.0 * std::numbers::pi * hz * line[0] * static_cast<double>(i) / sample_rate_hz +
                   line[0]));
}

inline void to_bits(std::vector<float>& signal, int bits, double gain = 1.0) {
  const double steps = std::exp2(bits - 1);
  for (float& x : signal) {
    const double coarse = std::rint(static_cast<double>(x) * steps) / steps * gain;
    x = static_cast<float>(std::rint(coarse * 8388608.0) / 8388608.0);
  }
}

// A windowed-sinc low-pass: -6 dB at `hz`, down 70 dB or so after half of `skirt_hz` on either side. As a
// coder's filter with 400 Hz, as a converter's with a few kHz.
inline std::vector<float> cut_above(const std::vector<float>& in, double sample_rate_hz, double hz,
                                    double skirt_hz) {
  const int half = static_cast<int>(2.2 * sample_rate_hz / skirt_hz);
  std::vector<double> taps;
  for (int i = -half; i <= half; ++i) {
    const double x = 2.0 * std::numbers::pi * hz / sample_rate_hz * i;
    const double w = 0.42 + 0.5 * std::cos(std::numbers::pi * i / (half + 1)) +
                     0.08 * std::cos(2.0 * std::numbers::pi * i / (half + 1));
    taps.push_back(w * 2.0 * hz / sample_rate_hz * (i == 0 ? 1.0 : std::sin(x) / x));
  }
  std::vector<float> out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    double sum = 0.0;
    for (int k = -half; k <= half; ++k) {
      const auto at = static_cast<std::ptrdiff_t>(i) + k;
      if (at >= 0 && at < static_cast<std::ptrdiff_t>(in.size()))
        sum += taps[static_cast<std::size_t>(k + half)] * in[static_cast<std::size_t>(at)];
    }
    out[i] = static_cast<float>(sum);
  }
  return out;
}

// Butterworth-like low-pass of 12 dB an octave, `times` in a row, in place (R. Bristow-Johnson, "Audio EQ
// cookbook", low-pass, Q 0.7071).
inline void soften(std::vector<float>& signal, double sample_rate_hz, double hz, int times) {
  const double w = 2.0 * std::numbers::pi * hz / sample_rate_hz, alpha = std::sin(w) / std::numbers::sqrt2;
  const double a0 = 1.0 + alpha, b1 = (1.0 - std::cos(w)) / a0, b0 = b1 / 2.0;
  const double a1 = -2.0 * std::cos(w) / a0, a2 = (1.0 - alpha) / a0;
  for (int n = 0; n < times; ++n) {
    double s1 = 0.0, s2 = 0.0;
    for (float& x : signal) {
      const double y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b0 * x - a2 * y;
      x = static_cast<float>(y);
    }
  }
}

}  // namespace lacquer::test
