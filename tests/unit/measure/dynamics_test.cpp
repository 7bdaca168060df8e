#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "measure/level_history.h"
#include "support/meter_signal.h"
#include "support/music_noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

DynamicsResult dynamics_of(const std::vector<float>& signal, double sample_rate_hz = 44100) {
  return *test::measure(test::on_channels(signal, 2), sample_rate_hz).dynamics;
}

TEST(Crest, OfASineInEachBandIsThreeDecibels) {
  const double hz[] = {60.0, 250.0, 1500.0, 8000.0};
  for (const double rate : {44100.0, 96000.0}) {
    auto sum = test::silence(rate, 8);
    for (const double f : hz) {
      const auto tone = test::sine(rate, f, -20, 8);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += tone[i];
    }
    const auto bands = dynamics_of(sum, rate).bands;
    ASSERT_EQ(bands.size(), 4U);
    for (const BandCrest& band : bands) EXPECT_NEAR(*band.crest_db, 3.01, 0.1) << band.low_hz;
  }
}

// Bursts of a tone that sound a tenth of the time: 10 dB more than the tone's own 3.
TEST(Crest, CountsTheSilenceBetweenBursts) {
  auto burst = test::sine(44100, 1500, -6, 0.1);
  test::fade(burst, 44100, 0.005);
  const auto floor = test::sine(44100, 1500, -70, 20);
  std::vector<float> signal = floor;
  for (std::size_t at = 0; at + burst.size() < signal.size(); at += 44100)
    std::copy(burst.begin(), burst.end(), signal.begin() + static_cast<std::ptrdiff_t>(at));
  const auto bands = dynamics_of(signal).bands;
  EXPECT_NEAR(*bands[2].crest_db, 13.01, 0.7);  // every second window is read, and the fades
}

TEST(Onsets, OfAMetronomeAreCounted) {
  for (const double rate : {22050.0, 44100.0, 96000.0})
    for (const double per_minute : {60.0, 133.0, 480.0}) {
      auto signal = test::white_noise(rate, -60, 60, 4);
      const double step = 60.0 / per_minute * rate;
      int clicks = 0;
      for (double at = 0.2 * rate; at < 59.8 * rate; at += step, ++clicks)
        for (int i = 0; i < static_cast<int>(0.05 * rate); ++i) {
          const double t = i / rate;
          signal[static_cast<std::size_t>(at) + static_cast<std::size_t>(i)] +=
              static_cast<float>(0.5 * std::exp(-t / 0.01) * std::sin(2.0 * std::numbers::pi * 1000.0 * t));
        }
      const auto dynamics = dynamics_of(signal, rate);
      const double per_second = clicks / 60.0;
      EXPECT_NEAR(*dynamics.onsets_per_second, per_second, 0.02 * per_second) << per_minute << " at " << rate;
      double sum = 0.0;
      for (const float column : dynamics.onset_series) sum += column * dynamics.onset_column_s;
      EXPECT_NEAR(sum, clicks, 1.0 + per_second);  // but for the column that is not full yet
    }
}

TEST(Onsets, SteadySoundHasNone) {
  EXPECT_LT(*dynamics_of(test::pink_noise(-12, 20, 3)).onsets_per_second, 0.1);
  for (const double hz : {22.0, 30.0, 50.0, 440.0})
    EXPECT_LT(*dynamics_of(test::sine(44100, hz, -12, 20)).onsets_per_second, 0.11) << hz;
}

// Gain going 6 dB up and down twice a second, as a compressor that pumps on every beat makes it.
TEST(Modulation, FindsPumpingAtItsRateDepthAndPlace) {
  auto noise = test::pink_noise(-12, 60, 3);
  EXPECT_LT(dynamics_of(noise).modulation->depth_db, 1.5);
  for (std::size_t i = 0; i < noise.size(); ++i) {
    const double t = static_cast<double>(i) / 44100.0;
    noise[i] *= static_cast<float>(db_to_gain(3.0 * std::sin(2.0 * std::numbers::pi * 2.0 * t)));
  }
  const auto pumping = *dynamics_of(noise).modulation;
  EXPECT_NEAR(pumping.hz, 2.0, 0.08);
  EXPECT_NEAR(pumping.depth_db, 6.0, 0.8);
  auto late = test::pink_noise(-12, 60, 3);
  std::copy(noise.begin() + 40 * 44100, noise.end(), late.begin() + 40 * 44100);
  const auto part = *dynamics_of(late).modulation;
  EXPECT_LT(part.depth_db, 1.5);
  EXPECT_NEAR(part.deepest_db, 6.0, 0.8);
  EXPECT_GT(part.deepest_when.from_s, 35.0);
}

TEST(LevelHistory, CountsBlocksByLoudnessAndTheStepsBetween) {
  std::vector<float> short_term(30, -20.5F);  // one value every 100 ms
  short_term.insert(short_term.end(), 60, -14.5F);
  short_term.insert(short_term.end(), 30, -90.0F);
  const auto histogram = loudness_histogram(short_term);
  ASSERT_EQ(histogram.size(), 7U);  // -21 to -14 LUFS
  EXPECT_EQ(histogram.front().from_lufs, -21.0);
  EXPECT_NEAR(histogram.front().share, 1.0 / 3.0, 1e-9);
  EXPECT_NEAR(histogram.back().share, 2.0 / 3.0, 1e-9);
  const auto steps = level_steps(short_term, -40.0);
  ASSERT_TRUE(steps);
  EXPECT_NEAR(steps->largest_lu, 6.0, 1e-5);
  EXPECT_NEAR(steps->largest_at_s, 3.0, 1e-9);
  EXPECT_FALSE(level_steps({}, -40.0));
  EXPECT_TRUE(loudness_histogram({}).empty());
}

std::vector<float> bursts_of_noise(std::uint64_t seed) {
  auto noise = test::pink_noise(0, 30, seed);
  for (std::size_t i = 0; i < noise.size(); ++i)  // swells, so that peaks differ
    noise[i] *= static_cast<float>(1.2 + std::sin(static_cast<double>(i) / 20000.0));
  return noise;
}

TEST(Ceiling, AClippedPieceHasOneAndAnUnlimitedPieceHasNot) {
  auto noise = bursts_of_noise(7);
  const auto before = test::measure(test::on_channels(noise, 2), 44100).peak;
  EXPECT_FALSE(before.sample_ceiling);
  EXPECT_FALSE(before.true_ceiling);
  const float limit = 0.5F * static_cast<float>(db_to_gain(*before.sample_dbfs));
  for (float& x : noise) x = std::clamp(x, -limit, limit);
  const auto peak = test::measure(test::on_channels(noise, 2), 44100).peak;
  ASSERT_TRUE(peak.sample_ceiling);
  EXPECT_NEAR(peak.sample_ceiling->level_db, *gain_to_db(limit), 0.02);
  EXPECT_GE(peak.sample_ceiling->tenths, 50);
  ASSERT_FALSE(peak.sample_ceiling->when.empty());
}

// A signal cut at 60 % of its peak and then turned down by 3 dB, 16-bit: flat crests, none at full scale.
TEST(FlatTops, AreFoundAfterTurningDownAndPlaced) {
  auto noise = test::pink_noise(0, 30, 7);
  const float top = *std::max_element(noise.begin(), noise.end());
  const auto untouched = test::measure(test::on_channels(noise, 2), 44100).peak;
  EXPECT_LE(*untouched.flat_tops, 2);
  for (std::size_t i = 0; i < noise.size(); ++i) {
    const bool hot = i > 10 * 44100 && i < 20 * 44100;
    const float cut = std::clamp(noise[i], -0.5F * top, 0.5F * top);
    noise[i] = std::round(0.7F / top * (hot ? cut : 0.5F * noise[i]) * 32768.0F) / 32768.0F;
  }
  const auto peak = test::measure(test::on_channels(noise, 2), 44100).peak;
  EXPECT_EQ(peak.clipped_runs, 0);
  EXPECT_GT(*peak.flat_tops, 20);
  EXPECT_NEAR(*peak.flat_tops_per_minute, static_cast<double>(*peak.flat_tops) * 2.0, 0.1);
  ASSERT_FALSE(peak.flat_tops_when.empty());
  EXPECT_GE(peak.flat_tops_when.front().from_s, 10.0);
  EXPECT_LE(peak.flat_tops_when.back().to_s, 20.01);
}

TEST(FlatTops, AreNoneWhereThereIsNoWave) {
  for (const int frames : {0, 1, 5, 220}) {
    const PeakResult peak = test::measure(AudioBuffer(2, frames), 44100).peak;
    EXPECT_EQ(peak.flat_tops.value_or(0), 0);
    EXPECT_TRUE(peak.flat_tops_when.empty());
  }
  EXPECT_EQ(
      test::measure(test::on_channels(std::vector<float>(44100, 0.5F), 1), 44100).peak.flat_tops.value_or(0),
      0)
      << "DC";
}

// Ten seconds cut at a third of what the rest reaches: nothing is flat at the top of the file.
TEST(FlatTops, APartCutBelowTheRestIsFoundAtItsOwnLevel) {
  auto noise = test::pink_noise(-12, 30, 7);
  const float limit = 0.3F * *std::max_element(noise.begin(), noise.end());
  EXPECT_TRUE(test::measure(test::on_channels(noise, 2), 44100).peak.cut_stretches.empty());
  for (std::size_t i = 10 * 44100; i < 20 * 44100; ++i) noise[i] = std::clamp(noise[i], -limit, limit);
  const auto peak = test::measure(test::on_channels(noise, 1), 44100).peak;
  EXPECT_LE(*peak.flat_tops, 2);
  ASSERT_EQ(peak.cut_stretches.size(), 1U);
  EXPECT_NEAR(peak.cut_stretches[0].level_dbfs, *gain_to_db(limit), 0.01);
  EXPECT_GT(peak.cut_stretches[0].crests, 100);
  EXPECT_NEAR(peak.cut_stretches[0].when.from_s, 10.0, 0.5);
  EXPECT_NEAR(peak.cut_stretches[0].when.to_s, 20.0, 0.5);
}

TEST(FlatTops, RoundCrestsAndLimitedPeaksAreNone) {
  for (const double hz : {20.0, 40.0, 100.0, 440.0, 3000.0}) {
    const auto peak = test::measure(test::on_channels(test::sine(44100, hz, -3, 5), 1), 44100).peak;
    EXPECT_EQ(*peak.flat_tops, 0) << hz;
    EXPECT_TRUE(peak.cut_stretches.empty()) << hz;
  }
  auto sum = test::sine(44100, 50, -6, 5);
  const auto second = test::sine(44100, 75.5, -9, 5);
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += second[i];
  EXPECT_EQ(*test::measure(test::on_channels(sum, 1), 44100).peak.flat_tops, 0);
}

TEST(Dynamics, ShortOrSilentInputHasNoNumbers) {
  for (const double seconds : {0.0, 0.00002, 0.005, 3.0, 20.0}) {
    const auto m = test::measure(test::on_channels(test::silence(44100, seconds), 2), 44100);
    const DynamicsResult& dynamics = *m.dynamics;
    for (const BandCrest& band : dynamics.bands) EXPECT_FALSE(band.crest_db);
    EXPECT_FALSE(dynamics.onsets_per_second || dynamics.modulation || dynamics.level_steps);
    EXPECT_TRUE(dynamics.loudness_histogram.empty());
    EXPECT_FALSE(m.peak.sample_ceiling || m.peak.true_ceiling || m.peak.flat_tops);
    EXPECT_FALSE(m.loudness.replaygain_db || m.loudness.r128_gain_q78);
  }
  const auto one = test::measure(test::on_channels({0.5F}, 1), 44100);
  EXPECT_EQ(*one.peak.flat_tops, 0);
}

// Whatever comes in, every value is a number or absent, and what follows is measured again.
TEST(Dynamics, WhatIsNoAudioLeavesNoTrace) {
  for (const float bad : {std::nanf(""), HUGE_VALF, 1e38F}) {
    auto noise = test::pink_noise(-12, 30, 3);
    for (std::size_t i = 1000; i < 1100; ++i) noise[i] = bad;
    const DynamicsResult dynamics = dynamics_of(noise);
    for (const BandCrest& band : dynamics.bands) EXPECT_TRUE(!band.crest_db || std::isfinite(*band.crest_db));
    ASSERT_TRUE(dynamics.onsets_per_second);
    EXPECT_LT(*dynamics.onsets_per_second, 1.0);
  }
}

TEST(Dynamics, AnyWayOfCuttingTheStreamGivesTheSameNumbers) {
  auto noise = bursts_of_noise(12);
  for (float& x : noise) x = std::clamp(x, -0.3F, 0.3F);
  const AudioBuffer audio = test::on_channels(noise, 2);
  const auto seed = test::test_seed(32);
  const Measurements whole = test::measure(audio, 44100);
  const Measurements parts = test::measure(audio, 44100, test::random_blocks(audio.frames(), 9000, seed));
  EXPECT_EQ(*whole.peak.flat_tops, *parts.peak.flat_tops) << seed;
  EXPECT_EQ(whole.peak.flat_tops_when, parts.peak.flat_tops_when) << seed;
  ASSERT_EQ(whole.peak.cut_stretches.size(), parts.peak.cut_stretches.size()) << seed;
  EXPECT_FALSE(whole.peak.cut_stretches.empty());
  for (std::size_t i = 0; i < whole.peak.cut_stretches.size(); ++i)
    EXPECT_EQ(whole.peak.cut_stretches[i].crests, parts.peak.cut_stretches[i].crests) << seed;
  EXPECT_EQ(whole.peak.sample_ceiling->tenths, parts.peak.sample_ceiling->tenths) << seed;
  EXPECT_EQ(whole.dynamics->onset_series, parts.dynamics->onset_series) << seed;
  EXPECT_NEAR(whole.dynamics->modulation->depth_db, parts.dynamics->modulation->depth_db, 1e-4) << seed;
}

TEST(Loudness, TagGainsAreDistancesToTheirReferences) {
  const auto loudness = test::measure(test::on_channels(test::sine(48000, 1000, -23, 10), 2), 48000).loudness;
  EXPECT_NEAR(*loudness.replaygain_db, 5.0, 0.01);
  EXPECT_NEAR(*loudness.r128_gain_q78, 0, 2);
}

}  // namespace
}  // namespace lacquer
