#include "dsp/limiter_gain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/noise.h"
#include "dsp/sliding_max.h"

namespace lacquer {
namespace {

constexpr double kCellsPerSecond = 3000.0;

std::vector<double> run(const std::vector<double>& peaks_db, const LimiterGainParams& params) {
  LimiterGain gain;
  gain.set_params(params);
  gain.prepare(kCellsPerSecond);
  std::vector<double> gains;
  for (std::size_t k = 0; k < peaks_db.size() + static_cast<std::size_t>(gain.latency_cells()); ++k) {
    const double value = gain.push(k < peaks_db.size() ? peaks_db[k] : LimiterGain::kSilenceDb);
    if (k >= static_cast<std::size_t>(gain.latency_cells())) gains.push_back(20.0 * std::log10(value));
  }
  return gains;
}

TEST(SlidingMax, AgreesWithLookingThroughTheWindow) {
  NoiseGenerator noise(5);
  for (const int window : {1, 2, 7, 64}) {
    SlidingMax fast;
    fast.prepare(window);
    std::vector<double> values;
    for (int i = 0; i < 2000; ++i) {
      values.push_back(std::floor(noise.white() * 10.0));  // ties on purpose
      const auto first =
          values.end() - std::min<std::ptrdiff_t>(window, static_cast<std::ptrdiff_t>(values.size()));
      ASSERT_EQ(fast.push(values.back()), *std::max_element(first, values.end()));
    }
  }
}

// The promise that everything rests on: within kSplineCells of a cell no gain is higher than that cell can
// bear.
TEST(LimiterGain, NeverLetsAPeakThrough) {
  NoiseGenerator noise(9);
  std::vector<double> peaks(6000);
  for (double& peak : peaks) peak = noise.uniform() < 0.02 ? 12.0 * noise.uniform() : -20.0 * noise.uniform();
  const LimiterGainParams params{6.0, -1.0, 30.0};
  const auto gains = run(peaks, params);
  for (std::size_t k = 0; k < peaks.size(); ++k)
    for (std::size_t near = k >= 2 ? k - 2 : 0; near <= std::min(k + 2, gains.size() - 1); ++near)
      ASSERT_LE(peaks[k] + gains[near], params.ceiling_db + 1e-9) << k;
}

TEST(LimiterGain, RestsAtTheDriveWhileNothingIsTooLoud) {
  for (const double gain : run(std::vector<double>(500, -10.0), {4.0, -1.0, 30.0}))
    EXPECT_NEAR(gain, 4.0, 1e-9);
}

TEST(LimiterGain, IsBackWithinHalfADecibel150MsAfterALonePeak) {
  for (const double over_db : {3.0, 6.0, 12.0}) {
    std::vector<double> peaks(3000, -30.0);
    for (std::size_t k = 1000; k < 1003; ++k) peaks[k] = over_db - 1.0;  // 1 ms
    const auto gains = run(peaks, {0.0, -1.0, 30.0});
    EXPECT_LE(gains[1000], -over_db + 1e-9);
    EXPECT_GE(gains[1003 + 450], -0.5) << over_db;
  }
}

TEST(LimiterGain, HoldsStillUnderABassNote) {
  // 50 Hz: a peak every 10 ms, 6 dB over the ceiling.
  std::vector<double> peaks(6000);
  for (std::size_t k = 0; k < peaks.size(); ++k)
    peaks[k] = 5.0 + 20.0 * std::log10(std::max(
                                1e-3, std::abs(std::sin(M_PI * 100.0 * static_cast<double>(k) / 3000.0))));
  const auto gains = run(peaks, {0.0, -1.0, 30.0});
  const auto [low, high] = std::minmax_element(gains.begin() + 3000, gains.begin() + 5500);
  EXPECT_LT(*high - *low, 0.01);
}

TEST(LimiterGain, ADensePassageIsReleasedSlowly) {
  std::vector<double> peaks(12000, 5.0);
  std::fill(peaks.begin() + 6000, peaks.end(), -40.0);
  const auto gains = run(peaks, {0.0, -1.0, 30.0});
  EXPECT_LT(gains[6000 + 300], -3.0);   // 100 ms after two seconds of 6 dB: still more than half
  EXPECT_GT(gains[6000 + 5900], -0.1);  // 2 s: gone
}

}  // namespace
}  // namespace lacquer
