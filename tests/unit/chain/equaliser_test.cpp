#include "chain/equaliser.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support/response.h"
#include "support/signals.h"

namespace lacquer {
namespace {

EqualiserParams with(const EqualiserBand& band, EqualiserPhase phase = EqualiserPhase::kMinimum) {
  EqualiserParams params;
  params.phase = phase;
  params.bands[2] = band;
  return params;
}

Equaliser prepared(const EqualiserParams& params, double rate, int channels = 2) {
  Equaliser equaliser;
  equaliser.prepare({rate, channels, 1024});
  equaliser.set_params(params);
  return equaliser;
}

double curve_db(const EqualiserParams& params, double hz, BandChannels channels = BandChannels::kStereo) {
  return 20.0 * std::log10(EqualiserCurve(params).gain(hz, channels));
}

void expect_follows_curve(const EqualiserParams& params, double rate, double from_hz, double tolerance_db) {
  Equaliser equaliser = prepared(params, rate);
  const test::Response response(equaliser, rate, true);
  for (double hz = from_hz; hz <= 0.45 * rate; hz *= 1.02) {
    const double at = response.nearest_hz(hz);
    EXPECT_NEAR(response.db(at), curve_db(params, at), tolerance_db) << rate << " Hz, at " << at;
  }
}

EqualiserParams busy(EqualiserPhase phase) {
  EqualiserParams params;
  params.phase = phase;
  params.high_pass_hz = 25.0F;
  params.high_pass_db_per_octave = 18.0F;
  params.bands[0] = {BandShape::kLowShelf, 120.0F, 1.5F, 0.7F, BandChannels::kStereo};
  params.bands[1] = {BandShape::kBell, 300.0F, -3.0F, 2.0F, BandChannels::kStereo};
  params.bands[2] = {BandShape::kBell, 3000.0F, 2.0F, 0.5F, BandChannels::kStereo};
  params.bands[3] = {BandShape::kHighShelf, 12000.0F, 3.0F, 0.7F, BandChannels::kStereo};
  return params;
}

// 0.1 dB a band is the promise; four bands here, of which the lower two have no error to speak of.
TEST(Equaliser, MinimumPhaseFollowsTheAnalogueCurve) {
  for (const double rate : {44100.0, 48000.0, 96000.0})
    expect_follows_curve(busy(EqualiserPhase::kMinimum), rate, 20.0, 0.1);
}

// Steps of up to 6 dB between neighbours, apart for mid and side.
EqualiserParams matching(EqualiserPhase phase) {
  EqualiserParams params;
  params.phase = phase;
  for (std::size_t point = 0; point < kMatchPoints; ++point) {
    params.match.mid_db[point] = 9.0F * std::sin(0.7F * static_cast<float>(point));
    params.match.side_db[point] =
        point < 15 ? -12.0F : std::min(6.0F, -12.0F + 4.0F * static_cast<float>(point - 14));
  }
  return params;
}

// The curve itself is met to 0.05 dB; the filters add 0.1 dB at most, where the points of their neighbours
// do.
TEST(Equaliser, AMatchingCurveRunsThroughItsPoints) {
  for (const double rate : {44100.0, 48000.0, 96000.0}) {
    const EqualiserParams params = matching(EqualiserPhase::kMinimum);
    Equaliser of_mid = prepared(params, rate), of_side = prepared(params, rate);
    const test::Response mid(of_mid, rate, true), side(of_side, rate, false);
    for (std::size_t point = 0; point < kMatchPoints; ++point) {
      const double hz = match_point_hz(static_cast<int>(point));
      if (hz < 39.0 || hz > 0.4 * rate) continue;  // below, the test reads a neighbouring frequency
      const double at = mid.nearest_hz(hz);
      EXPECT_NEAR(mid.db(at), static_cast<double>(params.match.mid_db[point]), 0.15) << rate << ", " << hz;
      EXPECT_NEAR(side.db(at), static_cast<double>(params.match.side_db[point]), 0.15) << rate << ", " << hz;
    }
  }
}

TEST(Equaliser, AFlatMatchingCurveIsBitTransparent) {
  EqualiserParams params;
  params.output_gain_db = 0.0F;
  EXPECT_TRUE(EqualiserCurve(params).flat());
  params.match.side_db[20] = 0.1F;
  EXPECT_FALSE(EqualiserCurve(params).flat());
}

TEST(Equaliser, LinearPhaseDrawsTheSameMatchingCurve) {
  const EqualiserParams params = matching(EqualiserPhase::kLinear);
  Equaliser equaliser = prepared(params, 48000.0);
  const test::Response response(equaliser, 48000.0, false);
  for (std::size_t point = 9; point < 30; ++point) {
    const double at = response.nearest_hz(match_point_hz(static_cast<int>(point)));
    EXPECT_NEAR(response.db(at), static_cast<double>(params.match.side_db[point]), 0.15) << at;
  }
}

// The same curve, no transform between: what is left is the length of the response.
TEST(Equaliser, LinearPhaseHasTheSameMagnitude) {
  for (const double rate : {44100.0, 48000.0, 96000.0})
    expect_follows_curve(busy(EqualiserPhase::kLinear), rate, 30.0, 0.05);
}

TEST(Equaliser, LinearPhaseIsSymmetricAroundItsLatency) {
  Equaliser equaliser = prepared(busy(EqualiserPhase::kLinear), 48000.0);
  const test::Response response(equaliser, 48000.0, true);
  const auto centre = static_cast<std::size_t>(equaliser.latency_frames());
  for (std::size_t n = 1; n < 5000; ++n)
    ASSERT_NEAR(response.impulse[centre - n], response.impulse[centre + n], 1e-7) << n;
  for (std::size_t n = 4200; n < 5000; ++n) ASSERT_NEAR(response.impulse[centre - n], 0.0, 1e-7) << n;
}

TEST(Equaliser, ATiltIsAStraightLineThroughItsFrequency) {
  for (const double rate : {44100.0, 48000.0, 96000.0})
    for (const float slope : {0.3F, -0.3F, 1.0F}) {
      const auto params = with({BandShape::kTilt, 800.0F, slope, 0.7F, BandChannels::kStereo});
      Equaliser equaliser = prepared(params, rate);
      const test::Response response(equaliser, rate, true);
      for (double hz = 40.0; hz <= 16000.0; hz *= 1.1) {
        const double at = response.nearest_hz(hz);
        EXPECT_NEAR(response.db(at), static_cast<double>(slope) * std::log2(at / 800.0), 0.25) << at;
      }
    }
}

TEST(Equaliser, ABandOnTheSideLeavesTheMiddleAloneAndTheOtherWayRound) {
  for (const EqualiserPhase phase : {EqualiserPhase::kMinimum, EqualiserPhase::kLinear})
    for (const BandChannels channels : {BandChannels::kMid, BandChannels::kSide}) {
      const auto params = with({BandShape::kBell, 1000.0F, 6.0F, 1.0F, channels}, phase);
      for (const bool mid : {true, false}) {
        Equaliser equaliser = prepared(params, 48000.0);
        const test::Response response(equaliser, 48000.0, mid);
        const double wanted_db = mid == (channels == BandChannels::kMid) ? 6.0 : 0.0;
        EXPECT_NEAR(response.db(1000.0), wanted_db, 0.01) << mid;
      }
    }
}

TEST(Equaliser, InOneChannelEverythingIsMid) {
  for (const EqualiserPhase phase : {EqualiserPhase::kMinimum, EqualiserPhase::kLinear})
    for (const BandChannels channels : {BandChannels::kMid, BandChannels::kSide}) {
      Equaliser equaliser =
          prepared(with({BandShape::kBell, 1000.0F, 6.0F, 1.0F, channels}, phase), 48000.0, 1);
      AudioBuffer audio = test::on_channels(test::sine(48000.0, 1000.0, -20.0, 1.0), 1);
      for (int at = 0; at < 48000; at += 1000) equaliser.process(audio.block().slice(at, 1000));
      float highest = 0.0F;
      for (const float sample : audio.channel(0).last(10000)) highest = std::max(highest, sample);
      EXPECT_NEAR(20.0 * std::log10(highest), channels == BandChannels::kMid ? -14.0 : -20.0, 0.01);
    }
}

TEST(Equaliser, AtRestPassesEveryBit) {
  for (const EqualiserPhase phase : {EqualiserPhase::kMinimum, EqualiserPhase::kLinear}) {
    EqualiserParams params;
    params.phase = phase;
    Equaliser equaliser = prepared(params, 44100.0);
    const auto left = test::white_noise(44100.0, -1.0, 1.0, 1),
               right = test::white_noise(44100.0, -90.0, 1.0, 2);
    AudioBuffer audio = test::stereo(left, right);
    for (int at = 0; at < 44100; at += 700) equaliser.process(audio.block().slice(at, 700));
    const auto delay = static_cast<std::size_t>(equaliser.latency_frames());
    EXPECT_EQ(delay == 0, phase == EqualiserPhase::kMinimum);
    for (std::size_t i = delay; i < left.size(); ++i) {
      ASSERT_EQ(audio.channel(0)[i], left[i - delay]);
      ASSERT_EQ(audio.channel(1)[i], right[i - delay]);
    }
  }
}

TEST(Equaliser, TakesAConstantOffsetAwayWithinTwoSeconds) {
  EqualiserParams params;
  params.remove_dc = true;
  Equaliser equaliser = prepared(params, 48000.0);
  AudioBuffer audio = test::on_channels(std::vector<float>(96000, 0.1F), 2);
  for (int at = 0; at < 96000; at += 1000) equaliser.process(audio.block().slice(at, 1000));
  EXPECT_LT(std::abs(audio.channel(0).back()), 1e-6F);
  EXPECT_GT(curve_db(params, 20.0), -0.011);
}

TEST(Equaliser, AHighPassFallsAsSteeplyAsAsked) {
  for (const float slope : {6.0F, 12.0F, 18.0F, 24.0F}) {
    EqualiserParams params;
    params.high_pass_hz = 40.0F;
    params.high_pass_db_per_octave = slope;
    Equaliser equaliser = prepared(params, 44100.0);
    const test::Response response(equaliser, 44100.0, true);
    EXPECT_NEAR(response.db(response.nearest_hz(40.0)), -3.01, 0.05) << slope;
    EXPECT_NEAR(response.db(5.0) - response.db(10.0), -static_cast<double>(slope), 0.6) << slope;
    EXPECT_NEAR(response.db(1000.0), 0.0, 0.01) << slope;
  }
}

// The analogue curve of a band that a person would draw: what a report shows.
TEST(Equaliser, ItsCurveIsTheSumOfItsBands) {
  EqualiserParams params = with({BandShape::kBell, 1000.0F, 2.0F, 1.0F, BandChannels::kSide});
  params.bands[0] = {BandShape::kBell, 1000.0F, 1.0F, 1.0F, BandChannels::kStereo};
  EXPECT_NEAR(curve_db(params, 1000.0, BandChannels::kSide), 3.0, 1e-9);
  EXPECT_NEAR(curve_db(params, 1000.0, BandChannels::kMid), 1.0, 1e-9);
}

}  // namespace
}  // namespace lacquer
