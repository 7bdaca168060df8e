#include "synthesis.h"

#include <algorithm>
#include <utility>

namespace lacquer::demo {
namespace {

constexpr double kHighestHarmonic_hz = 19000.0;
constexpr double kLowestTable_hz = 20.0;
constexpr int kTablesPerOctave = 6;

// Sum of sines with the given strengths; each harmonic by rotation, so that building stays quick.
template <typename Strength>
Wave sum_of_sines(int harmonics, Strength strength) {
  std::vector<double> sum(Wave::kPoints, 0.0);
  for (int k = 1; k <= harmonics; ++k) {
    const double amount = strength(k);
    if (amount == 0.0) continue;
    const double turn = 2.0 * kPi * k / Wave::kPoints;
    const double twice_cos = 2.0 * std::cos(turn);
    double now = 0.0;
    double before = -std::sin(turn);
    for (double& point : sum) {
      point += amount * now;
      const double next = twice_cos * now - before;
      before = now;
      now = next;
    }
  }
  return Wave(std::vector<float>(sum.begin(), sum.end()));
}

template <typename Strength>
std::vector<Wave> tables(int octaves, Strength strength) {
  std::vector<Wave> waves;
  for (int i = 0; i < octaves * kTablesPerOctave; ++i) {
    const double top_hz = kLowestTable_hz * std::exp2((i + 2.0) / kTablesPerOctave);
    waves.push_back(sum_of_sines(static_cast<int>(std::min(kHighestHarmonic_hz / top_hz, 400.0)), strength));
  }
  return waves;
}

const Wave& table_for(const std::vector<Wave>& waves, double hz) {
  const double index =
      std::floor(kTablesPerOctave * std::log2(std::max(hz, kLowestTable_hz) / kLowestTable_hz));
  return waves[std::min(static_cast<std::size_t>(index), waves.size() - 1)];
}

}  // namespace

Wave::Wave(std::vector<float> points) : points_(std::move(points)) { points_.push_back(points_.front()); }

const Wave& sine() {
  static const Wave wave = sum_of_sines(1, [](int) { return 1.0; });
  return wave;
}

const Wave& saw(double hz) {
  static const std::vector<Wave> waves = tables(8, [](int k) { return 2.0 / kPi / k; });
  return table_for(waves, hz);
}

const Wave& triangle(double hz) {
  static const std::vector<Wave> waves =
      tables(8, [](int k) { return k % 2 == 0 ? 0.0 : (k % 4 == 1 ? 8.0 : -8.0) / (kPi * kPi * k * k); });
  return table_for(waves, hz);
}

}  // namespace lacquer::demo
