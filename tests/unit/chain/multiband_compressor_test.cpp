#include "chain/multiband_compressor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <vector>

#include "chain/stage_parameters.h"
#include "core/noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

using Crossover = MultibandCompressorParams::Crossover;
using Channels = CompressorBandParams::Channels;

// Three bands of which one works, well within what a plan may ask for.
MultibandCompressorParams one_band(std::size_t guilty, float threshold_dbfs, float ratio = 2.0F) {
  MultibandCompressorParams params;
  params.crossover_hz = {120.0F, 4000.0F, 0.0F, 0.0F};
  params.bands[guilty] = {threshold_dbfs, ratio, 0.0F, 10.0F, 100.0F, 12.0F};
  return params;
}

// Without the latency.
AudioBuffer compressed(const AudioBuffer& audio, double rate, const MultibandCompressorParams& params) {
  MultibandCompressor compressor;
  compressor.prepare({rate, audio.channels(), 1024});
  compressor.set_params(params);
  const int latency = compressor.latency_frames();
  AudioBuffer padded(audio.channels(), audio.frames() + latency);
  for (int c = 0; c < audio.channels(); ++c)
    std::copy(audio.channel(c).begin(), audio.channel(c).end(), padded.channel(c).begin());
  for (int at = 0; at < padded.frames(); at += 1024)
    compressor.process(padded.block().slice(at, std::min(1024, padded.frames() - at)));
  AudioBuffer out(audio.channels(), audio.frames());
  for (int c = 0; c < audio.channels(); ++c)
    std::copy(padded.channel(c).begin() + latency, padded.channel(c).end(), out.channel(c).begin());
  return out;
}

std::vector<float> mixed(std::vector<float> one, const std::vector<float>& other) {
  for (std::size_t i = 0; i < one.size(); ++i) one[i] += other[i];
  return one;
}

// Level of one frequency over the last second but a tenth, Hann-windowed, dB re a full-scale sine.
double level_db(const AudioBuffer& audio, int channel, double rate, double hz) {
  const auto samples = audio.channel(channel);
  const auto count = static_cast<std::size_t>(rate);
  const std::size_t first = samples.size() - count - static_cast<std::size_t>(rate * 0.1);
  std::complex<double> sum = 0.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / rate);
    sum += w * static_cast<double>(samples[first + i]) *
           std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate);
    weight += w;
  }
  return 20.0 * std::log10(2.0 * std::abs(sum) / weight);
}

AudioBuffer noise(double rate, double level_dbfs) {
  return test::stereo(test::white_noise(rate, level_dbfs, 1.0, 5),
                      test::white_noise(rate, level_dbfs, 1.0, 6));
}

TEST(MultibandCompressor, IsBitTransparentWhenNoBandWorks) {
  for (const Crossover crossover : {Crossover::kLinkwitzRiley, Crossover::kLinearPhase}) {
    MultibandCompressorParams params = one_band(0, -60.0F, 1.0F);
    params.crossover = crossover;
    const AudioBuffer source = noise(44100, -6.0);
    const AudioBuffer out = compressed(source, 44100, params);
    for (int c = 0; c < 2; ++c)
      for (std::size_t i = 0; i < 44100; ++i) ASSERT_EQ(out.channel(c)[i], source.channel(c)[i]) << i;
  }
}

TEST(MultibandCompressor, WithLinearPhaseAQuietWorkingBandIsBitTransparentToo) {
  MultibandCompressorParams params = one_band(1, 0.0F);
  params.crossover = Crossover::kLinearPhase;
  const AudioBuffer source = noise(48000, -20.0);
  const AudioBuffer out = compressed(source, 48000, params);
  for (std::size_t i = 0; i < 48000; ++i) ASSERT_EQ(out.channel(0)[i], source.channel(0)[i]) << i;
}

TEST(MultibandCompressor, WithLinkwitzRileyAQuietWorkingBandIsFlat) {
  AudioBuffer impulse(1, 65536);
  impulse.channel(0)[0] = 0.01F;
  MultibandCompressorParams params = one_band(1, 0.0F);
  const AudioBuffer out = compressed(impulse, 48000, params);
  for (double hz = 20.0; hz < 21600.0; hz *= 1.1) {
    std::complex<double> sum = 0.0;
    for (std::size_t i = 0; i < 65536; ++i)
      sum += static_cast<double>(out.channel(0)[i]) *
             std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(i) / 48000.0);
    EXPECT_NEAR(20.0 * std::log10(std::abs(sum) / 0.01), 0.0, 0.01) << hz;
  }
}

// 30 Hz at -3 dBFS peak has a mean power of -6 dB: 14 dB over the threshold, of which 2:1 takes 7; a
// little more, because the power still ripples at 60 Hz and release is slower than attack.
TEST(MultibandCompressor, TurnsDownTheGuiltyBandAndNothingElse) {
  for (const Crossover crossover : {Crossover::kLinkwitzRiley, Crossover::kLinearPhase}) {
    MultibandCompressorParams params = one_band(0, -20.0F);
    params.crossover = crossover;
    const auto tone = mixed(test::sine(48000, 30, -2.99, 3.0), test::sine(48000, 1500, -12.0, 3.0));
    const AudioBuffer out = compressed(test::stereo(tone, tone), 48000, params);
    EXPECT_NEAR(level_db(out, 0, 48000, 30), -2.99 - 7.0, 0.25);
    EXPECT_NEAR(level_db(out, 0, 48000, 1500), -12.0, 0.02);
  }
}

TEST(MultibandCompressor, NeverTakesMoreThanAllowedAndTellsWhatItTook) {
  MultibandCompressor compressor;
  compressor.prepare({48000, 1, 48000});
  MultibandCompressorParams params = one_band(0, -40.0F, 4.0F);
  params.bands[0].most_reduction_db = 3.0F;
  compressor.set_params(params);
  const auto tone = test::sine(48000, 50, -3.0, 1.0);
  AudioBuffer audio(1, 48000);
  std::copy(tone.begin(), tone.end(), audio.channel(0).begin());
  compressor.process(audio.block());
  EXPECT_NEAR(compressor.reduction(0).max_db, 3.0, 0.01);
  EXPECT_GT(compressor.reduction(0).mean_db, 2.7);
  EXPECT_LE(compressor.reduction(0).mean_db, 3.0);
  EXPECT_EQ(compressor.reduction(1).max_db, 0.0);
}

TEST(MultibandCompressor, OnMidLeavesTheSideAndTheReverse) {
  const auto left = mixed(test::sine(48000, 1000, -6.0, 3.0), test::sine(48000, 1500, -9.0, 3.0));
  auto right = test::sine(48000, 1500, -9.0, 3.0);
  for (float& sample : right) sample = -sample;
  const auto middle = test::sine(48000, 1000, -6.0, 3.0);
  for (std::size_t i = 0; i < right.size(); ++i) right[i] += middle[i];  // mid: 1 kHz, side: 1.5 kHz
  const AudioBuffer source = test::stereo(left, right);
  MultibandCompressorParams params = one_band(1, -30.0F);
  params.bands[1].channels = Channels::kMid;
  const AudioBuffer mid = compressed(source, 48000, params);
  EXPECT_LT(level_db(mid, 0, 48000, 1000), -9.0);
  EXPECT_NEAR(level_db(mid, 1, 48000, 1500), -9.0, 0.02);
  params.bands[1].channels = Channels::kSide;
  const AudioBuffer side = compressed(source, 48000, params);
  EXPECT_NEAR(level_db(side, 0, 48000, 1000), -6.0, 0.02);
  EXPECT_LT(level_db(side, 1, 48000, 1500), -12.0);
}

TEST(MultibandCompressor, LinkedChannelsMoveTogetherAndUnlinkedOnesApart) {
  const AudioBuffer source =
      test::stereo(test::sine(48000, 1000, -6.0, 3.0), test::sine(48000, 1000, -40.0, 3.0));
  MultibandCompressorParams params = one_band(1, -30.0F);
  const AudioBuffer linked = compressed(source, 48000, params);
  EXPECT_NEAR(level_db(linked, 0, 48000, 1000) - level_db(linked, 1, 48000, 1000), 34.0, 0.01);
  EXPECT_LT(level_db(linked, 1, 48000, 1000), -45.0);
  params.bands[1].link_pct = 0.0F;
  const AudioBuffer apart = compressed(source, 48000, params);
  EXPECT_LT(level_db(apart, 0, 48000, 1000), -12.0);
  EXPECT_NEAR(level_db(apart, 1, 48000, 1000), -40.0, 0.01);
}

// The tone begins at full level: with look-ahead the gain has moved further by then.
TEST(MultibandCompressor, LookAheadMeetsAnAttackEarlier) {
  AudioBuffer source(1, 48000);
  const auto tone = test::sine(48000, 1000, -6.0, 0.5);
  std::copy(tone.begin(), tone.end(), source.channel(0).begin() + 24000);
  const auto first_peak = [&](float look_ahead_ms) {
    MultibandCompressorParams params = one_band(1, -30.0F);
    params.look_ahead_ms = look_ahead_ms;
    const AudioBuffer out = compressed(source, 48000, params);
    float highest = 0.0F;
    for (std::size_t i = 24000; i < 24096; ++i) highest = std::max(highest, std::abs(out.channel(0)[i]));
    return 20.0 * std::log10(highest);
  };
  EXPECT_LT(first_peak(10.0F), first_peak(0.0F) - 3.0);
}

TEST(MultibandCompressor, MakeUpIsAddedToTheBand) {
  MultibandCompressorParams params = one_band(0, 0.0F, 1.0F);
  params.bands[0].makeup_db = 3.0F;
  const auto tone = mixed(test::sine(48000, 40, -20.0, 3.0), test::sine(48000, 1500, -20.0, 3.0));
  const AudioBuffer out = compressed(test::stereo(tone, tone), 48000, params);
  EXPECT_NEAR(level_db(out, 0, 48000, 40), -17.0, 0.1);
  EXPECT_NEAR(level_db(out, 0, 48000, 1500), -20.0, 0.02);
}

// A step in the waveform of a 100 Hz tone would stand out in its second difference, which is w^2 of its
// amplitude otherwise. The fade multiplies it by a ramp over 20 ms at most.
TEST(MultibandCompressor, AChangeOfTheWorkingBandsMakesNoStep) {
  MultibandCompressor compressor;
  compressor.prepare({48000, 1, 480});
  compressor.set_params(one_band(0, -30.0F));
  const auto tone = test::sine(48000, 100, -6.0, 2.0);
  AudioBuffer audio(1, static_cast<int>(tone.size()));
  std::copy(tone.begin(), tone.end(), audio.channel(0).begin());
  for (int at = 0; at + 480 <= audio.frames(); at += 480) {
    if (at == 24000) compressor.set_params(one_band(2, -30.0F));
    if (at == 48000) compressor.set_params(one_band(0, -60.0F, 1.0F));
    if (at == 72000) compressor.set_params(one_band(1, -30.0F));
    compressor.process(audio.block().slice(at, 480));
  }
  const double w = 2.0 * std::numbers::pi * 100.0 / 48000.0;
  const auto out = audio.channel(0);
  for (std::size_t i = 5000; i + 1 < out.size(); ++i)
    ASSERT_LT(std::abs(out[i + 1] - 2.0F * out[i] + out[i - 1]), 3.0 * w * w * 0.5) << i;
}

TEST(MultibandCompressor, BadSamplesDoNotStay) {
  for (const Crossover crossover : {Crossover::kLinkwitzRiley, Crossover::kLinearPhase}) {
    AudioBuffer source = noise(48000, -12.0);
    source.channel(0)[1000] = std::numeric_limits<float>::quiet_NaN();
    source.channel(1)[2000] = std::numeric_limits<float>::infinity();
    source.channel(0)[3000] = std::numeric_limits<float>::max();
    source.channel(1)[4000] = std::numeric_limits<float>::denorm_min();
    MultibandCompressorParams params = one_band(1, -40.0F);
    params.crossover = crossover;
    const AudioBuffer out = compressed(source, 48000, params);
    for (int c = 0; c < 2; ++c)
      for (const float sample : out.channel(c)) ASSERT_LT(std::abs(sample), 4.0F);
  }
}

TEST(MultibandCompressor, ParametersThatAreNoNumbersAreHarmless) {
  MultibandCompressorParams params = one_band(1, -40.0F);
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  params.crossover_hz = {kNan, 500.0F, -3.0F, 100.0F};
  params.look_ahead_ms = kNan;
  params.output_gain_db = kNan;
  params.bands[2] = {kNan, kNan, kNan, kNan, kNan, kNan, kNan, Channels::kStereo, kNan};
  const AudioBuffer out = compressed(noise(48000, -12.0), 48000, params);
  for (const float sample : out.channel(0)) ASSERT_LT(std::abs(sample), 4.0F);
}

TEST(MultibandCompressor, TakesItsParametersFromThePlan) {
  PlanStage stage;
  stage.stage = Stage::kMultibandCompression;
  EXPECT_EQ(compressor_params(stage), MultibandCompressorParams{});
  stage.parameters = {{"crossover", 1},       {"crossover_1_hz", 120},        {"crossover_2_hz", 4000},
                      {"look_ahead_ms", 2},   {"band_3_threshold_dbfs", -31}, {"band_3_ratio", 2.5},
                      {"band_3_channels", 2}, {"band_3_link_pct", 70},        {"output_gain_db", 0.5}};
  const MultibandCompressorParams params = compressor_params(stage);
  EXPECT_EQ(params.crossover, Crossover::kLinearPhase);
  EXPECT_EQ(params.crossover_hz[1], 4000.0F);
  EXPECT_EQ(params.look_ahead_ms, 2.0F);
  EXPECT_EQ(params.bands[2].threshold_dbfs, -31.0F);
  EXPECT_EQ(params.bands[2].ratio, 2.5F);
  EXPECT_EQ(params.bands[2].channels, Channels::kSide);
  EXPECT_EQ(params.bands[2].link_pct, 70.0F);
  EXPECT_EQ(params.bands[0].ratio, 1.0F);
  EXPECT_EQ(params.output_gain_db, 0.5F);
}

}  // namespace
}  // namespace lacquer
