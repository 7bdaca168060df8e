// Every instruction set against the definitions written out in double precision.
#include <gtest/gtest.h>

#include <cmath>

#include "core/noise.h"
#include "dsp/simd.h"
#include "measure/loudness_meter.h"
#include "measure/overview_meter.h"
#include "measure/peak_meter.h"
#include "support/plain_meter.h"
#include "support/signals.h"

namespace lacquer {
namespace {

// 1e-6 of a value, in decibels of its power and of its amplitude.
constexpr double kRelative = 1e-6;
constexpr double kPowerDb = 4.3429 * kRelative;
constexpr double kAmplitudeDb = 8.6859 * kRelative;

// Coloured noise in bursts of many levels, partly common to the channels; the loudest beyond full scale.
AudioBuffer music_like(double rate, int channels, std::uint64_t seed) {
  NoiseGenerator noise(seed);
  AudioBuffer audio(channels, static_cast<int>(rate * 5.0));
  double level = 0.1;
  double common = 0.0;
  std::vector<double> own(static_cast<std::size_t>(channels));
  for (int i = 0; i < audio.frames(); ++i) {
    if (noise.uniform() < 4.0 / rate) level = 3.0 * std::pow(10.0, -2.5 * noise.uniform());
    common += 0.2 * (noise.white() - common);
    for (int c = 0; c < channels; ++c) {
      auto& mine = own[static_cast<std::size_t>(c)];
      mine += 0.5 * (noise.white() - mine);
      audio.channel(c)[static_cast<std::size_t>(i)] =
          static_cast<float>(level * (common + (0.3 + 0.2 * c) * mine) + 0.003 * (c + 1));
    }
  }
  return audio;
}

template <class Meter>
void feed(Meter& meter, const AudioBuffer& audio, const std::vector<int>& blocks) {
  int at = 0;
  for (const int frames : blocks) {
    meter.add(audio.block().slice(at, frames));
    at += frames;
  }
}

class EveryTarget : public ::testing::TestWithParam<double> {
 protected:
  ~EveryTarget() override { force_simd_target(""); }
};

TEST_P(EveryTarget, AgreesWithThePlainDefinitionsToOneMillionth) {
  const double rate = GetParam();
  const auto seed = test::test_seed(91);
  for (const int channels : {1, 2}) {
    const AudioBuffer audio = music_like(rate, channels, seed + static_cast<std::uint64_t>(channels));
    const test::PlainReading plain = test::plain_reading(audio, rate);
    const auto blocks = test::random_blocks(audio.frames(), 6000, seed);
    const StreamFormat format{rate, channels, 6000};
    for (const auto& target : simd_targets()) {
      SCOPED_TRACE(target + ", " + std::to_string(channels) + " channels, seed " + std::to_string(seed));
      ASSERT_TRUE(force_simd_target(target));
      LoudnessMeter loudness_meter(format, false);
      feed(loudness_meter, audio, blocks);
      const LoudnessResult loudness = loudness_meter.result();
      EXPECT_NEAR(*loudness.integrated_lufs, plain.integrated_lufs, kPowerDb);
      EXPECT_NEAR(*loudness.range_lu, plain.range_lu, 2.0 * kPowerDb);
      EXPECT_NEAR(*loudness.momentary_max_lufs, plain.momentary_max_lufs, kPowerDb);
      EXPECT_NEAR(*loudness.short_term_max_lufs, plain.short_term_max_lufs, kPowerDb);
      for (std::size_t c = 0; c < plain.channel_lufs.size(); ++c)
        EXPECT_NEAR(*loudness.channel_lufs[c], plain.channel_lufs[c], kPowerDb);
      if (channels == 2) {
        EXPECT_NEAR(*loudness_meter.mono_loss_db(), plain.mono_loss_db, 2.0 * kPowerDb);
      }

      for (const bool keep_cells : {false, true}) {
        PeakMeter peak_meter(format, keep_cells);
        feed(peak_meter, audio, blocks);
        peak_meter.finish();
        const PeakResult peak = peak_meter.result();
        EXPECT_NEAR(*peak.sample_dbfs, 20.0 * std::log10(plain.sample_peak), kAmplitudeDb);
        EXPECT_NEAR(*peak.true_dbtp, 20.0 * std::log10(plain.true_peak), kAmplitudeDb);
        ASSERT_EQ(peak_meter.tenths().size(), plain.tenths_most.size());
        for (std::size_t i = 0; i < plain.tenths_most.size(); ++i) {
          EXPECT_GE(peak_meter.tenths()[i], plain.tenths_least[i] * (1.0 - kRelative)) << i;
          EXPECT_LE(peak_meter.tenths()[i], plain.tenths_most[i] * (1.0 + kRelative)) << i;
        }
      }

      OverviewMeter overview_meter(format);
      feed(overview_meter, audio, blocks);
      EXPECT_NEAR(*overview_meter.rms_dbfs(), 20.0 * std::log10(plain.rms), kAmplitudeDb);
      EXPECT_NEAR(*overview_meter.dc_offset_dbfs(), 20.0 * std::log10(plain.largest_mean), kAmplitudeDb);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Rates, EveryTarget, ::testing::Values(44100.0, 96000.0, 192000.0),
                         [](const auto& rate) { return std::to_string(static_cast<int>(rate.param)); });

// Bit for bit: how a stream is cut is no part of what it holds.
TEST(Meters, EveryCutGivesTheSameBits) {
  for (const double rate : {11025.0, 44100.0, 96000.0}) {
    const AudioBuffer audio = music_like(rate, 2, 5);
    const StreamFormat format{rate, 2, 6000};
    const auto read = [&](const std::vector<int>& blocks) {
      LoudnessMeter loudness(format, true);
      PeakMeter peak(format, true);
      PeakMeter quick(format, false);
      feed(loudness, audio, blocks);
      feed(peak, audio, blocks);
      feed(quick, audio, blocks);
      peak.finish();
      quick.finish();
      std::vector<float> all = loudness.take_cells();
      for (const double value :
           {*loudness.gate().integrated_lufs, *loudness.result().range_lu, *loudness.mono_loss_db(),
            *loudness.result().momentary_max_lufs, *peak.result().true_dbtp, *quick.result().true_dbtp})
        all.insert(all.end(),
                   {static_cast<float>(value), static_cast<float>(value * 1e6 - std::floor(value * 1e6))});
      for (const auto& more :
           {peak.take_cells(), peak.tenths(), quick.tenths(), loudness.result().short_term_lufs})
        all.insert(all.end(), more.begin(), more.end());
      for (const PeakPlace& place : quick.result().highest) all.push_back(static_cast<float>(place.at_s));
      return all;
    };
    const auto whole = read({audio.frames()});
    const auto seed = test::test_seed(7);
    EXPECT_EQ(whole, read(test::random_blocks(audio.frames(), 6000, seed))) << rate << " seed " << seed;
    EXPECT_EQ(whole, read(test::random_blocks(audio.frames(), 13, seed))) << rate << " seed " << seed;
  }
}

// Passing over groups changes nothing that can be seen: the meter that keeps cells reads every frame.
TEST(PeakMeter, FindsTheSameWhetherItReadsEveryFrameOrNot) {
  for (const double rate : {44100.0, 96000.0, 192000.0}) {
    const AudioBuffer audio = music_like(rate, 2, test::test_seed(23));
    const StreamFormat format{rate, 2, 4096};
    PeakMeter every(format, true), quick(format, false);
    for (PeakMeter* meter : {&every, &quick}) {
      feed(*meter, audio, {audio.frames()});
      meter->finish();
    }
    EXPECT_EQ(every.tenths(), quick.tenths()) << rate;
    const PeakResult a = every.result(), b = quick.result();
    EXPECT_EQ(a.true_dbtp, b.true_dbtp) << rate;
    EXPECT_EQ(a.intersample_overs, b.intersample_overs) << rate;
    EXPECT_GT(a.intersample_overs, 0) << rate;
    EXPECT_EQ(a.intersample_overs_when, b.intersample_overs_when) << rate;
    ASSERT_EQ(a.highest.size(), b.highest.size()) << rate;
    for (std::size_t i = 0; i < a.highest.size(); ++i)
      EXPECT_EQ(a.highest[i].at_s, b.highest[i].at_s) << rate;
  }
}

}  // namespace
}  // namespace lacquer
