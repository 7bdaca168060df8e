#include "chain/stereo_width.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support/response.h"
#include "support/signals.h"

namespace lacquer {
namespace {

StereoWidth prepared(const StereoWidthParams& params, double rate = 48000.0, int channels = 2) {
  StereoWidth width;
  width.prepare({rate, channels, 1024});
  width.set_params(params);
  return width;
}

// Order: mono below, make-up, low, 120 to 500, 500 to 4,000, above, output.
const StereoWidthParams kBusy{100.0F, 0.0F, -6.0F, -3.0F, 1.0F, 2.0F, 0.0F};

TEST(StereoWidth, MeetsEachBandsGainInItsMiddle) {
  for (const double rate : {44100.0, 96000.0}) {
    StereoWidth width = prepared({0.0F, 0.0F, -3.0F, 0.0F, 2.0F, -2.0F, 0.0F}, rate);
    const test::Response side(width, rate, false);
    // A tenth of the step to the neighbour.
    EXPECT_NEAR(side.db(20.0), -3.0, 0.05);
    EXPECT_NEAR(side.db(245.0), 0.0, 0.3);
    EXPECT_NEAR(side.db(1414.0), 2.0, 0.3);
    EXPECT_NEAR(side.db(16000.0), -2.0, 0.4);
    EXPECT_NEAR(side.db(4000.0), 0.0, 0.1);  // half way
  }
}

TEST(StereoWidth, EqualGainsAreOnePlainGain) {
  StereoWidth width = prepared({0.0F, 0.0F, 2.0F, 2.0F, 2.0F, 2.0F, 0.0F});
  const test::Response side(width, 48000.0, false);
  for (double hz = 20.0; hz < 23000.0; hz *= 1.1) EXPECT_NEAR(side.db(hz), 2.0, 1e-4) << hz;
}

TEST(StereoWidth, LeavesTheSumOfTheChannelsAlone) {
  StereoWidth width = prepared(kBusy);
  const auto left = test::white_noise(48000.0, -6.0, 1.0, 1),
             right = test::white_noise(48000.0, -6.0, 1.0, 2);
  AudioBuffer audio = test::stereo(left, right);
  for (int at = 0; at < 48000; at += 1000) width.process(audio.block().slice(at, 1000));
  for (std::size_t i = 0; i < left.size(); ++i)  // the rounding of two samples
    ASSERT_NEAR(audio.channel(0)[i] + audio.channel(1)[i], left[i] + right[i], 3e-7);
}

// The shelf is half way a third above the border and meets its gain two octaves below it.
TEST(StereoWidth, GivesTheMiddleWhatTheLowsLose) {
  const StereoWidthParams params{120.0F, 1.5F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F};
  for (const double rate : {44100.0, 96000.0}) {
    StereoWidth of_mid = prepared(params, rate);
    const test::Response mid(of_mid, rate, true);
    EXPECT_NEAR(mid.db(40.0), 1.5, 0.1);
    EXPECT_NEAR(mid.db(160.0), 0.75, 0.05);
    EXPECT_NEAR(mid.db(1000.0), 0.0, 0.02);
  }
  StereoWidth plain = prepared({120.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F});
  StereoWidth made_up = prepared(params);
  const test::Response side(plain, 48000.0, false), same(made_up, 48000.0, false);
  for (double hz = 30.0; hz < 20000.0; hz *= 1.3) EXPECT_NEAR(same.db(hz), side.db(hz), 1e-3) << hz;
}

TEST(StereoWidth, MonoStaysMonoToTheBit) {
  for (const int channels : {1, 2}) {
    StereoWidth width = prepared(kBusy, 48000.0, channels);
    const auto signal = test::white_noise(48000.0, -6.0, 1.0, 1);
    AudioBuffer audio = test::on_channels(signal, channels);
    for (int at = 0; at < 48000; at += 1000) width.process(audio.block().slice(at, 1000));
    for (int c = 0; c < channels; ++c)
      for (std::size_t i = 0; i < signal.size(); ++i) ASSERT_EQ(audio.channel(c)[i], signal[i]);
  }
}

TEST(StereoWidth, MakesTheLowsMono) {
  StereoWidth width = prepared({120.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F});
  const test::Response side(width, 48000.0, false);
  EXPECT_NEAR(side.db(side.nearest_hz(120.0)), -3.01, 0.05);
  EXPECT_NEAR(side.db(side.nearest_hz(60.0)), -24.1, 0.2);
  EXPECT_LT(side.db(30.0), -47.0);
  EXPECT_NEAR(side.db(500.0), 0.0, 0.01);
}

TEST(StereoWidth, AtRestPassesEveryBit) {
  StereoWidth width = prepared({});
  const auto left = test::white_noise(48000.0, -1.0, 0.5, 1),
             right = test::white_noise(48000.0, -90.0, 0.5, 2);
  AudioBuffer audio = test::stereo(left, right);
  for (int at = 0; at < 24000; at += 1000) width.process(audio.block().slice(at, 1000));
  for (std::size_t i = 0; i < left.size(); ++i) {
    ASSERT_EQ(audio.channel(0)[i], left[i]);
    ASSERT_EQ(audio.channel(1)[i], right[i]);
  }
}

}  // namespace
}  // namespace lacquer
