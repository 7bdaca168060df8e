#include "dsp/kaiser.h"

#include <cmath>
#include <numbers>

namespace lacquer {

namespace {
// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) {
  const double quarter = x * x / 4.0;
  double term = 1.0;
  double sum = 1.0;
  for (int k = 1; k < 200 && term > sum * 1e-18; ++k) {
    term *= quarter / (static_cast<double>(k) * k);
    sum += term;
  }
  return sum;
}

double sinc(double x) {
  if (std::abs(x) < 1e-12) return 1.0;
  return std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}
}  // namespace

double kaiser(double x, double beta) {
  if (std::abs(x) >= 1.0) return std::abs(x) > 1.0 ? 0.0 : 1.0 / bessel_i0(beta);
  return bessel_i0(beta * std::sqrt(1.0 - x * x)) / bessel_i0(beta);
}

std::vector<std::vector<double>> interpolation_phases(int ratio, int taps, double beta) {
  const int half = taps / 2;
  std::vector<std::vector<double>> phases(static_cast<std::size_t>(ratio));
  for (int p = 0; p < ratio; ++p) {
    auto& row = phases[static_cast<std::size_t>(p)];
    row.resize(static_cast<std::size_t>(taps));
    double sum = 0.0;
    for (int j = 0; j < taps; ++j) {
      // Tap j stands at sample j - (half - 1) relative to the centre tap.
      const double distance = j - (half - 1) - static_cast<double>(p) / ratio;
      row[static_cast<std::size_t>(j)] = sinc(distance) * kaiser(distance / half, beta);
      sum += row[static_cast<std::size_t>(j)];
    }
    for (double& tap : row) tap /= sum;
  }
  return phases;
}

}  // namespace lacquer
