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
constexpr LimiterQuality kQualities[] = {LimiterQuality::kLive, LimiterQuality::kBest};

TEST(LimiterGain, NeverLetsAPeakThrough) {
  NoiseGenerator noise(9);
  std::vector<double> peaks(6000);
  for (double& peak : peaks) peak = noise.uniform() < 0.02 ? 12.0 * noise.uniform() : -20.0 * noise.uniform();
  for (const LimiterQuality quality : kQualities) {
    const LimiterGainParams params{6.0, -1.0, 30.0, quality};
    const auto gains = run(peaks, params);
    for (std::size_t k = 0; k < peaks.size(); ++k)
      for (std::size_t near = k >= 2 ? k - 2 : 0; near <= std::min(k + 2, gains.size() - 1); ++near)
        ASSERT_LE(peaks[k] + gains[near], params.ceiling_db + 1e-9) << k;
  }
}

// What the drive solver builds on: the curve of any drive from peaks that were held once.
TEST(LimiterGain, HoldingThePeaksBeforeDriveAndCeilingAreKnownGivesTheSameCurve) {
  NoiseGenerator noise(10);
  std::vector<double> peaks(6000);
  for (double& peak : peaks) peak = noise.uniform() < 0.05 ? 12.0 * noise.uniform() : -40.0 * noise.uniform();
  for (const LimiterQuality quality : kQualities)
    for (const double drive_db : {-3.0, 0.0, 7.5}) {
      const LimiterGainParams params{drive_db, -1.0, 30.0, quality};
      LimiterGain whole, first, second;
      for (LimiterGain* one : {&whole, &first, &second}) {
        one->set_params(params);
        one->prepare(kCellsPerSecond);
      }
      for (const double peak : peaks) {
        const double attenuation_db =
            second.follow(std::max(-drive_db, first.hold(peak) - params.ceiling_db));
        ASSERT_EQ(whole.push(peak), std::exp(attenuation_db * (-M_LN10 / 20.0)));
      }
    }
}

TEST(LimiterGain, RestsAtTheDriveWhileNothingIsTooLoud) {
  for (const double gain : run(std::vector<double>(500, -10.0), {4.0, -1.0, 30.0}))
    EXPECT_NEAR(gain, 4.0, 1e-9);
}

TEST(LimiterGain, IsBackWithinHalfADecibel150MsAfterALonePeak) {
  for (const LimiterQuality quality : kQualities)
    for (const double over_db : {3.0, 6.0, 12.0}) {
      std::vector<double> peaks(3000, -30.0);
      for (std::size_t k = 1000; k < 1003; ++k) peaks[k] = over_db - 1.0;  // 1 ms
      const auto gains = run(peaks, {0.0, -1.0, 30.0, quality});
      EXPECT_LE(gains[1000], -over_db + 1e-9);
      EXPECT_GE(gains[1003 + 450], -0.5) << over_db;
    }
}

// A peak every half cycle, 6 dB over the ceiling.
TEST(LimiterGain, HoldsStillUnderABassNote) {
  for (const LimiterQuality quality : kQualities)
    for (const double hz : {43.0, 50.0, 100.0}) {
      std::vector<double> peaks(6000);
      for (std::size_t k = 0; k < peaks.size(); ++k)
        peaks[k] =
            5.0 +
            20.0 * std::log10(std::max(
                       1e-3, std::abs(std::sin(2.0 * M_PI * hz * static_cast<double>(k) / kCellsPerSecond))));
      const auto gains = run(peaks, {0.0, -1.0, 30.0, quality});
      const auto [low, high] = std::minmax_element(gains.begin() + 3000, gains.begin() + 5500);
      // The highest cells of a cycle are not all alike: up to 0.02 dB at 100 Hz.
      EXPECT_LT(*high - *low, 0.03) << hz;
    }
}

// A note that lasts is level from 20 Hz on: half a cycle is 25 ms.
TEST(LimiterGain, BestHoldsStillUnderALowerNoteThatLasts) {
  std::vector<double> peaks(9000);
  for (std::size_t k = 0; k < peaks.size(); ++k)
    peaks[k] =
        5.0 +
        20.0 * std::log10(std::max(
                   1e-3, std::abs(std::sin(2.0 * M_PI * 24.0 * static_cast<double>(k) / kCellsPerSecond))));
  const auto gains = run(peaks, {0.0, -1.0, 10.0, LimiterQuality::kBest});
  const auto [low, high] = std::minmax_element(gains.begin() + 3000, gains.begin() + 8000);
  EXPECT_LT(*high - *low, 0.01);
}

// Nothing is taken from what lies 4 ms before or 30 ms (three release times) after a lone peak, 20 to 1.
TEST(LimiterGain, BestDoesNotHoldALonePeak) {
  std::vector<double> peaks(3000, -30.0);
  peaks[1000] = 5.0;
  const auto gains = run(peaks, {0.0, -1.0, 10.0, LimiterQuality::kBest});
  EXPECT_LE(gains[1000], -6.0 + 1e-9);
  EXPECT_GT(gains[1000 - 12], -0.01);
  EXPECT_GT(gains[1000 + 4 + 90], -0.35);
}

TEST(LimiterGain, BestFillsTheGapBetweenTwoPeaksAndNoLongerOne) {
  const auto between = [](std::size_t gap) {
    std::vector<double> peaks(3000, -30.0);
    peaks[1000] = 5.0;
    peaks[1000 + gap] = 3.0;
    return run(peaks, {0.0, -1.0, 10.0, LimiterQuality::kBest})[1000 + gap / 2];
  };
  EXPECT_LE(between(30), -4.0 + 1e-9);  // 10 ms: the lower one's 4 dB
  EXPECT_GT(between(90), -2.0);         // 30 ms: more than half of the 6 is back by then
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
