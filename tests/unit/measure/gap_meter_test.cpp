#include "measure/gap_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

TEST(GapMeter, FindsDropoutsOfEveryLengthAndPlace) {
  for (const double ms : {1.5, 5.0, 20.0, 60.0, 400.0})
    for (const bool one_side : {false, true}) {
      auto audio = test::on_channels(test::tune(kRate, 20.0, 15), 2);
      for (const double at : {3.05, 9.03, 14.06})
        for (int c = one_side ? 1 : 0; c < 2; ++c)
          std::fill_n(audio.channel(c).begin() + static_cast<std::ptrdiff_t>(frame(at)), frame(ms / 1000.0),
                      0.0F);
      const SourceResult source = source_of(audio);
      ASSERT_EQ(source.dropouts, 3) << ms << " ms";
      EXPECT_NEAR(source.dropout_when[1].from_s, 9.03, 0.001);
      EXPECT_NEAR(source.dropout_when[1].to_s, 9.03 + ms / 1000.0, 0.001);
      EXPECT_EQ(source.clicks, 0) << "the edges of a dropout are no clicks of their own";
    }
}

TEST(GapMeter, DoesNotTakePausesForDropouts) {
  // Gated notes with true digital silence between them: 3 ms to come in, 3 ms to go.
  std::vector<float> gated(frame(20.0));
  for (std::size_t i = 0; i < gated.size(); ++i) {
    const double t = static_cast<double>(i) / kRate, in = std::fmod(t, 0.25);
    const double gate = std::clamp(std::min(in / 0.003, (0.15 - in) / 0.003), 0.0, 1.0);
    gated[i] = static_cast<float>(0.3 * gate * std::sin(2.0 * std::numbers::pi * 440.0 * t));
  }
  EXPECT_EQ(source_of(gated).dropouts, 0);
  EXPECT_EQ(source_of(gated).clicks, 0);
}

TEST(GapMeter, TellsACutFromAnAttackAndAFade) {
  const auto noise = test::white_noise(kRate, -12, 5.0, 16);
  const SourceResult cut = source_of(noise);
  EXPECT_TRUE(cut.start->abrupt);
  EXPECT_TRUE(cut.end->abrupt);
  EXPECT_NEAR(cut.start->level_dbfs, -16.8, 2.0);  // RMS of uniform noise: 4.8 dB below its peak
  auto faded = noise;
  test::fade(faded, kRate, 0.01);
  EXPECT_FALSE(source_of(faded).start->abrupt);
  EXPECT_FALSE(source_of(faded).end->abrupt);
  auto padded = test::silence(kRate, 1.0);  // the cut counts with silence around it too
  test::append(padded, noise);
  test::append(padded, test::silence(kRate, 1.0));
  EXPECT_TRUE(source_of(padded).start->abrupt);
  EXPECT_TRUE(source_of(padded).end->abrupt);
  auto kick = test::sine(kRate, 60, -3, 2.0);
  for (std::size_t i = 0; i < kick.size(); ++i) kick[i] *= std::exp(-static_cast<float>(i) / 8000.0F);
  EXPECT_FALSE(source_of(kick).start->abrupt) << "a hit at once is music";
  EXPECT_FALSE(source_of(test::sine(kRate, 7000, -12, 2.0)).start->abrupt) << "an ess may begin at once";
}

// Two square waves cancel for a while, and a held zero is one of their values.
TEST(GapMeter, DoesNotTakeTheZeroOfASteppedWaveForADropout) {
  std::vector<float> squares(frame(10.0));
  for (std::size_t i = 0; i < squares.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    squares[i] =
        (std::fmod(t * 110.0, 1.0) < 0.5 ? 0.2F : -0.2F) + (std::fmod(t * 110.7, 1.0) < 0.5 ? 0.2F : -0.2F);
  }
  EXPECT_EQ(source_of(squares).dropouts, 0);
}

}  // namespace
}  // namespace lacquer
