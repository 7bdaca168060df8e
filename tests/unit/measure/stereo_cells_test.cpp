#include <gtest/gtest.h>

#include <cmath>

#include "support/meter_signal.h"
#include "support/music_noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

StereoResult stereo_of(const std::vector<float>& left, const std::vector<float>& right) {
  return *test::measure(test::stereo(left, right), 44100).stereo;
}

std::vector<float> inverted(std::vector<float> signal) {
  for (float& x : signal) x = -x;
  return signal;
}

// One octave out of polarity for four seconds of a mono piece.
TEST(StereoCells, TheWorstMonoLossIsPlacedInTimeAndBand) {
  const auto base = test::pink_noise(-12, 40, 3);
  auto left = base, right = base;
  const auto tone = test::sine(44100, 1000, -20, 40);
  for (std::size_t i = 20 * 44100; i < 27 * 44100; ++i) left[i] += tone[i], right[i] -= tone[i];
  const auto worst = stereo_of(left, right).worst_mono_loss;
  ASSERT_TRUE(worst);
  EXPECT_NEAR(worst->low_hz, 708, 3);
  EXPECT_NEAR(worst->high_hz, 1413, 5);
  EXPECT_GT(worst->when.from_s, 17.0);
  EXPECT_LT(worst->when.to_s, 30.0);
  EXPECT_GT(worst->mono_loss_db, 1.0);
}

TEST(StereoCells, SideToMidOverTimeShowsWhereABandIsWide) {
  const auto low = test::sine(44100, 60, -12, 20);
  const auto high = test::sine(44100, 6000, -20, 20);
  auto left = low, right = low;
  for (std::size_t i = 0; i < low.size(); ++i) {
    left[i] += high[i];
    right[i] += i < 441000 ? high[i] : 0.0F;  // from 10 s on only on the left: S = M
  }
  const auto stereo = stereo_of(left, right);
  const auto& matrix = stereo.side_to_mid_over_time;
  ASSERT_EQ(matrix.bands, 4);
  const std::size_t columns = matrix.values.size() / 4;
  for (std::size_t column = 1; column + 2 < columns; ++column) {
    const double middle_s = (static_cast<double>(column) + 0.5) * matrix.column_s;
    if (std::abs(middle_s - 10.0) < 0.6) continue;
    EXPECT_LT(matrix.values[column * 4], -60.0F);
    if (middle_s < 10.0)
      EXPECT_LT(matrix.values[column * 4 + 3], -60.0F) << middle_s;
    else
      EXPECT_NEAR(matrix.values[column * 4 + 3], 0.0F, 0.1F) << middle_s;
  }
}

TEST(Polarity, AnInvertedChannelIsNamed) {
  const auto noise = test::pink_noise(-12, 20, 3);
  const auto all = *stereo_of(noise, inverted(noise)).polarity;
  EXPECT_TRUE(all.whole_inverted);
  EXPECT_FALSE(all.lows_inverted);
  EXPECT_EQ(all.whole_share, 1.0);
  EXPECT_FALSE(all.when.empty());
  const auto none = *stereo_of(noise, noise).polarity;
  EXPECT_FALSE(none.whole_inverted || none.lows_inverted);
  EXPECT_TRUE(none.when.empty());
  const auto apart = *stereo_of(noise, test::pink_noise(-12, 20, 99)).polarity;
  EXPECT_FALSE(apart.whole_inverted || apart.lows_inverted);
}

TEST(Polarity, InvertedLowsAloneAreNamedAndWide) {
  const auto high = test::sine(44100, 1000, -12, 20);
  const auto low = test::sine(44100, 55, -14, 20);
  auto left = high, right = high;
  for (std::size_t i = 0; i < high.size(); ++i) {
    const bool opposed = i >= 441000;
    left[i] += low[i];
    right[i] += opposed ? -low[i] : low[i];
  }
  const auto half = stereo_of(left, right);
  EXPECT_NEAR(half.polarity->lows_share, 0.5, 0.2);  // six stretches, one across the change
  EXPECT_NEAR(*half.low_wide_share, 0.5, 0.2);
  EXPECT_GT(half.low_wide_when.front().from_s, 8.0);
  EXPECT_NEAR(*half.low_side_to_mid_db, 0.0, 0.3);
  for (std::size_t i = 0; i < high.size(); ++i) right[i] = high[i] - low[i];
  const auto all = stereo_of(left, right);
  EXPECT_TRUE(all.polarity->lows_inverted);
  EXPECT_FALSE(all.polarity->whole_inverted);
  EXPECT_EQ(all.polarity->lows_share, 1.0);
}

TEST(StereoCells, MonoShortOrSilentInputHasNoNumbers) {
  const auto mono = *test::measure(test::on_channels(test::pink_noise(-12, 10, 3), 1), 44100).stereo;
  EXPECT_FALSE(mono.worst_mono_loss || mono.polarity || mono.low_side_to_mid_db);
  EXPECT_TRUE(mono.side_to_mid_over_time.values.empty());
  for (const double seconds : {0.0, 0.00002, 0.005, 10.0}) {
    const auto quiet = test::silence(44100, seconds);
    const auto stereo = stereo_of(quiet, quiet);
    EXPECT_FALSE(stereo.worst_mono_loss || stereo.polarity || stereo.low_wide_share);
    for (const float value : stereo.side_to_mid_over_time.values) EXPECT_TRUE(std::isnan(value));
  }
}

}  // namespace
}  // namespace lacquer
