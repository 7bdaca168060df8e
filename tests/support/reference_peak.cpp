#include "support/reference_peak.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace lacquer::test {

namespace {

constexpr int kRatio = 32;
constexpr int kHalf = 64;
constexpr double kBeta = 12.0;

double bessel(double x) {
  double term = 1.0;
  double sum = 1.0;
  for (int k = 1; k < 100; ++k) {
    term *= (x / (2.0 * k)) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

std::vector<std::vector<double>> make_rows() {
  std::vector<std::vector<double>> rows(kRatio, std::vector<double>(2 * kHalf));
  for (int p = 1; p < kRatio; ++p) {
    for (int j = 0; j < 2 * kHalf; ++j) {
      const double t = (j - kHalf + 1) - p / static_cast<double>(kRatio);
      const double x = std::numbers::pi * t;
      const double r = t / kHalf;
      rows[p][j] = std::sin(x) / x * bessel(kBeta * std::sqrt(std::max(0.0, 1.0 - r * r))) / bessel(kBeta);
    }
  }
  return rows;
}

}  // namespace

double reference_true_peak(std::span<const float> samples) {
  static const auto rows = make_rows();
  std::vector<double> x(samples.size() + 2 * kHalf, 0.0);
  std::copy(samples.begin(), samples.end(), x.begin() + kHalf);
  double highest = 0.0;
  for (const double sample : x) highest = std::max(highest, std::abs(sample));
  const double worth_a_look =
      highest * 0.5;  // an interval between samples this low cannot hold the peak of music
  for (std::size_t i = kHalf - 1; i + kHalf < x.size(); ++i) {
    double near = 0.0;
    for (std::size_t k = i >= 2 ? i - 2 : 0; k <= std::min(i + 3, x.size() - 1); ++k)
      near = std::max(near, std::abs(x[k]));
    if (near < worth_a_look) continue;
    for (int p = 1; p < kRatio; ++p) {
      double sum = 0.0;
      const double* first = x.data() + i - (kHalf - 1);
      for (int j = 0; j < 2 * kHalf; ++j) sum += rows[p][j] * first[j];
      highest = std::max(highest, std::abs(sum));
    }
  }
  return highest;
}

}  // namespace lacquer::test
