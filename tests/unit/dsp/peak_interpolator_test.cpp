#include "dsp/peak_interpolator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "dsp/kaiser.h"
#include "dsp/simd.h"
#include "support/reference_peak.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr int kPad = 128;

std::vector<float> padded(const std::vector<float>& signal) {
  std::vector<float> out(kPad, 0.0F);
  test::append(out, signal);
  out.resize(out.size() + kPad, 0.0F);
  return out;
}

float scanned_peak(double rate, const std::vector<float>& signal) {
  const PeakInterpolator interpolator(rate);
  const auto x = padded(signal);
  std::vector<float> peaks(signal.size());
  interpolator.scan(x.data() + kPad, static_cast<int>(signal.size()), peaks.data());
  return *std::max_element(peaks.begin(), peaks.end());
}

// A tone faded in and out, so that its ends do not ring.
std::vector<float> tone(double rate, double share_of_rate, double phase_deg) {
  auto signal = test::sine(rate, rate * share_of_rate, 0.0, 0.05, phase_deg);
  test::fade(signal, rate, 0.01);
  return signal;
}

TEST(InterpolationPhases, ReproduceAConstantExactly) {
  for (const auto& phase : interpolation_phases(8, 32, 7.0)) {
    double sum = 0.0;
    for (const double tap : phase) sum += tap;
    EXPECT_NEAR(sum, 1.0, 1e-14);
  }
}

TEST(PeakInterpolator, NeverReadsBelowTheSamples) {
  const auto noise = test::white_noise(48000, 0.0, 0.1, 3);
  const auto x = padded(noise);
  std::vector<float> peaks(noise.size());
  PeakInterpolator(48000).scan(x.data() + kPad, static_cast<int>(noise.size()), peaks.data());
  for (std::size_t i = 0; i < noise.size(); ++i) EXPECT_GE(peaks[i], std::abs(noise[i]));
}

// The grid's own bound, 20 lg cos(pi f / n), plus the pass band of the 32-tap filter.
TEST(PeakInterpolator, ReadsTonesWithinItsGrid) {
  for (const double rate : {44100.0, 48000.0, 96000.0, 192000.0}) {
    const PeakInterpolator interpolator(rate);
    for (const double share : {0.05, 0.1, 0.2, 0.25, 0.3, 0.4}) {
      const double under_db = -20.0 * std::log10(std::cos(std::numbers::pi * share / interpolator.ratio()));
      for (const double phase : {0.0, 22.5, 45.0, 60.0, 67.5}) {
        const double read_db = 20.0 * std::log10(scanned_peak(rate, tone(rate, share, phase)));
        EXPECT_LE(read_db, 0.03) << rate << " " << share << " " << phase;
        EXPECT_GE(read_db, -under_db - 0.03) << rate << " " << share << " " << phase;
      }
    }
  }
}

TEST(PeakInterpolator, GivesTheSamePeaksHoweverTheSpanIsCut) {
  const auto noise = test::white_noise(48000, -3.0, 0.05, 11);
  const auto x = padded(noise);
  const PeakInterpolator interpolator(48000);
  std::vector<float> whole(noise.size());
  interpolator.scan(x.data() + kPad, static_cast<int>(noise.size()), whole.data());
  std::vector<float> parts(noise.size());
  int at = 0;
  for (const int part : test::random_blocks(static_cast<int>(noise.size()), 37, test::test_seed(5))) {
    interpolator.scan(x.data() + kPad + at, part, parts.data() + at);
    at += part;
  }
  EXPECT_EQ(whole, parts);
}

TEST(PeakRefiner, AgreesWithTheReferenceOnNoiseAndNearNyquist) {
  const PeakRefiner refiner;
  auto noise = test::white_noise(48000, -3.0, 0.02, 17);
  test::fade(noise, 48000, 0.005);
  for (const auto& signal : {noise, tone(48000, 0.45, 30.0), tone(48000, 0.25, 45.0)}) {
    const auto x = padded(signal);
    const double read = refiner.highest(x.data() + kPad, static_cast<int>(signal.size()));
    EXPECT_NEAR(20.0 * std::log10(read / test::reference_true_peak(signal)), 0.0, 0.01);
  }
}

TEST(PeakInterpolator, EveryInstructionSetReadsTheSame) {
  const auto noise = test::white_noise(44100, -3.0, 0.05, 29);
  const auto x = padded(noise);
  const PeakInterpolator interpolator(44100);
  const PeakRefiner refiner;
  std::vector<float> first;
  float first_refined = 0.0F;
  ASSERT_FALSE(simd_targets().empty());
  for (const auto& target : simd_targets()) {
    ASSERT_TRUE(force_simd_target(target));
    std::vector<float> peaks(noise.size());
    interpolator.scan(x.data() + kPad, static_cast<int>(noise.size()), peaks.data());
    const float refined = refiner.highest(x.data() + kPad, 200);
    if (first.empty()) first = peaks, first_refined = refined;
    EXPECT_NEAR(refined, first_refined, 2e-6) << target;
    for (std::size_t i = 0; i < peaks.size(); ++i)
      ASSERT_NEAR(peaks[i], first[i], 2e-6) << target << " " << i;
  }
  EXPECT_FALSE(force_simd_target("ABACUS"));
  force_simd_target("");
}

}  // namespace
}  // namespace lacquer
