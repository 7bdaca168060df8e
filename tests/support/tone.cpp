#include "support/tone.h"

#include <cmath>
#include <complex>
#include <numbers>

namespace lacquer::test {

double amplitude(std::span<const float> signal, double sample_rate_hz, double hz, double seconds) {
  const auto count = static_cast<std::size_t>(sample_rate_hz * seconds);
  const std::span<const float> part = signal.last(count);
  const auto turn = std::polar(1.0, -2.0 * std::numbers::pi * hz / sample_rate_hz);
  std::complex<double> sum = 0.0, phase = 1.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double x = 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count);
    const double w =
        0.35875 - 0.48829 * std::cos(x) + 0.14128 * std::cos(2.0 * x) - 0.01168 * std::cos(3.0 * x);
    sum += w * static_cast<double>(part[i]) * phase;
    phase *= turn;
    weight += w;
  }
  return 2.0 * std::abs(sum) / weight;
}

}  // namespace lacquer::test
