#include <gtest/gtest.h>

#include <set>

#include "core/audio_block.h"
#include "core/decibels.h"
#include "core/noise.h"
#include "core/result.h"

namespace lacquer {
namespace {

TEST(AudioBlock, SliceSeesTheSameSamples) {
  AudioBuffer buffer(2, 10);
  buffer.channel(1)[4] = 0.5F;
  const ConstAudioBlock slice = buffer.block().slice(3, 4);
  EXPECT_EQ(slice.frames(), 4);
  EXPECT_EQ(slice.channel(1)[1], 0.5F);
  EXPECT_EQ(slice.slice(1, 2).channel(1)[0], 0.5F);
}

TEST(AudioBuffer, ACopyOwnsItsSamples) {
  AudioBuffer original(1, 4);
  AudioBuffer copy = original;
  copy.channel(0)[0] = 1.0F;
  EXPECT_EQ(original.channel(0)[0], 0.0F);
  EXPECT_EQ(copy.channel(0)[0], 1.0F);
}

TEST(Decibels, SilenceHasNoLevel) {
  EXPECT_FALSE(gain_to_db(0.0));
  EXPECT_FALSE(gain_to_db(-1.0));
  EXPECT_FALSE(power_to_db(0.0));
  EXPECT_NEAR(*gain_to_db(db_to_gain(-6.5)), -6.5, 1e-12);
  EXPECT_NEAR(*power_to_db(0.5), -3.0103, 1e-4);
}

TEST(NoiseGenerator, TheSameSeedGivesTheSameNumbers) {
  NoiseGenerator a(7);
  NoiseGenerator b(7);
  NoiseGenerator c(8);
  int differing = 0;
  for (int i = 0; i < 100; ++i) {
    const auto value = a.bits();
    EXPECT_EQ(value, b.bits());
    differing += value != c.bits() ? 1 : 0;
  }
  EXPECT_GT(differing, 90);
}

TEST(NoiseGenerator, TriangularNoiseHasAVarianceOfASixth) {
  NoiseGenerator noise(1);
  double sum = 0.0;
  double squares = 0.0;
  constexpr int kCount = 200000;
  for (int i = 0; i < kCount; ++i) {
    const double value = noise.triangular();
    ASSERT_LT(std::abs(value), 1.0);
    sum += value;
    squares += value * value;
  }
  // Standard error of the mean 0.0009, of the variance 0.0004: five of each.
  EXPECT_NEAR(sum / kCount, 0.0, 0.005);
  EXPECT_NEAR(squares / kCount, 1.0 / 6.0, 0.002);
}

TEST(Result, HoldsAValueOrAReason) {
  const Result<int> good = 3;
  const Result<int> bad = Failure{"no such thing"};
  EXPECT_TRUE(good);
  EXPECT_EQ(*good, 3);
  EXPECT_FALSE(bad);
  EXPECT_EQ(bad.why(), "no such thing");
}

}  // namespace
}  // namespace lacquer
