#include "measure/meters.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/noise.h"
#include "support/meter_signal.h"
#include "support/reference_peak.h"
#include "support/signals.h"

namespace lacquer {
namespace {

TEST(Meters, AnyWayOfCuttingTheStreamGivesTheSameNumbers) {
  const auto seed = test::test_seed(77);
  const AudioBuffer audio =
      test::stereo(test::white_noise(44100, -6, 6.0, 5), test::sine(44100, 440, -9, 6.0));
  const Measurements whole = test::measure(audio, 44100);
  const Measurements parts = test::measure(audio, 44100, test::random_blocks(audio.frames(), 6000, seed));
  EXPECT_EQ(*whole.loudness.integrated_lufs, *parts.loudness.integrated_lufs);
  EXPECT_EQ(whole.loudness.short_term_lufs, parts.loudness.short_term_lufs);
  EXPECT_EQ(*whole.peak.true_dbtp, *parts.peak.true_dbtp);
  EXPECT_EQ(whole.overview.high, parts.overview.high);
  EXPECT_NEAR(*whole.stereo->correlation, *parts.stereo->correlation, 1e-9);
  for (std::size_t i = 0; i < whole.spectrum->third_octaves.size(); ++i)
    EXPECT_EQ(whole.spectrum->third_octaves[i].level_db, parts.spectrum->third_octaves[i].level_db);
}

TEST(PeakMeter, ReadsWithinAHundredthOfTheReference) {
  for (const double rate : {44100.0, 96000.0}) {
    auto noise = test::white_noise(rate, -3, 0.5, 12);
    // Music-like: most energy low. A one-pole low-pass at a tenth of the rate.
    float state = 0.0F;
    for (float& x : noise) x = state += 0.4F * (x - state);
    test::fade(noise, rate, 0.01);
    const auto m = test::measure(test::on_channels(noise, 1), rate, {}, MeasureGroups::kLoudness);
    EXPECT_NEAR(*m.peak.true_dbtp, 20.0 * std::log10(test::reference_true_peak(noise)), 0.01);
  }
}

TEST(PeakMeter, FindsFlattenedRunsAndWhereTheyAre) {
  auto tone = test::sine(48000, 200, 3.0, 2.0);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    const bool hot = i > 48000 && i < 52800;  // 1.0 s to 1.1 s
    tone[i] = hot ? std::clamp(tone[i], -1.0F, 1.0F) : tone[i] * 0.5F;
  }
  const auto peak = test::measure(test::on_channels(tone, 2), 48000).peak;
  EXPECT_EQ(peak.clipped_runs, 2 * 2 * 20);  // both channels, both half waves of 20 cycles
  ASSERT_EQ(peak.clipped_when.size(), 1U);
  EXPECT_NEAR(peak.clipped_when[0].from_s, 1.0, 0.005);
  EXPECT_NEAR(peak.clipped_when[0].to_s, 1.1, 0.005);
}

TEST(PeakMeter, AFloatPeakAboveFullScaleIsNoClipping) {
  const auto peak = test::measure(test::on_channels(test::sine(48000, 1000, 6.0, 1.0), 1), 48000).peak;
  EXPECT_EQ(peak.clipped_runs, 0);
  EXPECT_NEAR(*peak.sample_dbfs, 6.0, 0.02);
  const auto bass = test::measure(test::on_channels(test::sine(48000, 50, 8.0, 1.0), 1), 48000).peak;
  EXPECT_EQ(bass.clipped_runs, 0);       // its crests are as flat as a float gets without a clipper
  EXPECT_EQ(peak.intersample_overs, 1);  // each crest is over; none is 1 ms from the next
}

TEST(PeakMeter, PlacesTheHighestPeaksASecondApart) {
  std::vector<float> signal(48000 * 6, 0.0F);
  signal[48000 * 1 + 500] = 0.9F;
  signal[48000 * 4 + 500] = -0.95F;
  const auto peak = test::measure(test::on_channels(signal, 1), 48000).peak;
  ASSERT_GE(peak.highest.size(), 1U);
  EXPECT_NEAR(peak.highest[0].at_s, 4.0104, 0.001);
}

// White noise rises 3.01 dB an octave in third-octave levels: 0 as a power density. Pink: -3.01.
TEST(SpectrumMeter, KnowsTheTwoSlopes) {
  const auto white = test::white_noise(48000, -12, 30.0, 3);
  EXPECT_NEAR(*test::measure(test::on_channels(white, 1), 48000).spectrum->slope_psd_db_per_octave, 0.0, 0.1);
  // Pink by Kellet's filter (musicdsp.org, "pink noise filter"): within 0.05 dB above 9 Hz at 44.1 kHz.
  std::vector<float> pink = test::white_noise(44100, -12, 30.0, 4);
  double b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0;
  for (float& x : pink) {
    const double w = x;
    b0 = 0.99886 * b0 + w * 0.0555179, b1 = 0.99332 * b1 + w * 0.0750759, b2 = 0.96900 * b2 + w * 0.1538520;
    b3 = 0.86650 * b3 + w * 0.3104856, b4 = 0.55000 * b4 + w * 0.5329522, b5 = -0.7616 * b5 - w * 0.0168980;
    x = static_cast<float>(0.1 * (b0 + b1 + b2 + b3 + b4 + b5 + b6 + w * 0.5362));
    b6 = w * 0.115926;
  }
  const auto spectrum = *test::measure(test::on_channels(pink, 1), 44100).spectrum;
  EXPECT_NEAR(*spectrum.slope_psd_db_per_octave, -3.01, 0.1);
  for (const auto& band : spectrum.third_octaves)
    if (band.hz >= 40 && band.hz <= 16000) {
      EXPECT_NEAR(*band.level_db, 0.0, 0.8) << band.hz;
    }
}

TEST(SpectrumMeter, PutsATonesEnergyIntoItsBand) {
  for (const double rate : {22050.0, 44100.0, 96000.0}) {
    const auto spectrum =
        *test::measure(test::on_channels(test::sine(rate, 1000, -12, 4.0), 2), rate).spectrum;
    for (const auto& band : spectrum.third_octaves)
      if (band.level_db && band.hz != 1000) {
        EXPECT_LT(*band.level_db, *spectrum.third_octaves[17].level_db - 30.0) << band.hz;
      }
  }
}

TEST(StereoMeter, KnowsMonoInvertedAndOneSidedSignals) {
  const auto tone = test::sine(48000, 440, -12, 5.0);
  auto inverted = tone;
  for (float& x : inverted) x = -x;
  const auto same = *test::measure(test::stereo(tone, tone), 48000).stereo;
  EXPECT_NEAR(*same.correlation, 1.0, 1e-9);
  EXPECT_LT(*same.side_to_mid_db, -100.0);
  EXPECT_EQ(*same.negative_share, 0.0);
  EXPECT_NEAR(*same.balance_lu, 0.0, 1e-6);
  const auto opposite = *test::measure(test::stereo(tone, inverted), 48000).stereo;
  EXPECT_NEAR(*opposite.correlation, -1.0, 1e-9);
  EXPECT_GT(*opposite.mono_loss_db, 60.0);
  EXPECT_EQ(*opposite.negative_share, 1.0);
  auto half = tone;
  for (float& x : half) x *= 0.5F;
  EXPECT_NEAR(*test::measure(test::stereo(tone, half), 48000).stereo->balance_lu, 6.02, 0.01);
}

// Side and mid of known size in one band only: S/M, correlation and mono loss follow from each other.
TEST(SpectrumMeter, SplitsTheImageByBand) {
  auto left = test::sine(48000, 60, -12, 8.0);
  auto right = left;
  const auto wide = test::sine(48000, 2000, -12, 8.0);
  for (std::size_t i = 0; i < left.size(); ++i) left[i] += wide[i], right[i] -= 0.5F * wide[i];
  const auto stereo = *test::measure(test::stereo(left, right), 48000).stereo;
  ASSERT_EQ(stereo.bands.size(), 4U);
  EXPECT_LT(*stereo.bands[0].side_to_mid_db, -60.0);
  // L = 1, R = -0.5: M = 0.25, S = 0.75.
  EXPECT_NEAR(*stereo.bands[2].side_to_mid_db, 9.54, 0.05);
  EXPECT_NEAR(*stereo.bands[2].correlation, -1.0, 0.001);
  EXPECT_NEAR(*stereo.bands[2].mono_loss_db, 10.0 * std::log10(2.0 * 1.25 / 0.25), 0.05);
}

TEST(OverviewMeter, StaysSmallAndKeepsTheExtremes) {
  std::vector<float> signal(48000 * 30, 0.01F);
  signal[700000] = 0.8F;
  const auto m = test::measure(test::on_channels(signal, 1), 48000);
  EXPECT_LE(m.overview.high.size(), 2048U);
  EXPECT_EQ(*std::max_element(m.overview.high.begin(), m.overview.high.end()), 0.8F);
  const auto column = static_cast<std::size_t>(700000 / 48000.0 / m.overview.column_s);
  EXPECT_EQ(m.overview.high[column], 0.8F);
  EXPECT_NEAR(*m.source->dc_offset_dbfs, -40.0, 0.01);
}

TEST(OverviewMeter, TimesTheSilenceAtEitherEnd) {
  auto signal = test::silence(48000, 1.25);
  test::append(signal, test::sine(48000, 1000, -6, 2.0));
  test::append(signal, test::silence(48000, 0.75));
  const auto m = test::measure(test::on_channels(signal, 2), 48000);
  EXPECT_NEAR(*m.source->head_silence_s, 1.25, 0.001);
  EXPECT_NEAR(*m.source->tail_silence_s, 0.75, 0.001);
}

TEST(Meters, TinyAndEmptyInputIsAnswered) {
  for (const int frames : {0, 1, 2, 15, 240}) {
    const AudioBuffer audio(2, frames);
    const auto m = test::measure(audio, 48000);
    EXPECT_FALSE(m.loudness.integrated_lufs);
    EXPECT_FALSE(m.dynamics->psr_p5_db);
    EXPECT_EQ(m.peak.clipped_runs, 0);
  }
  AudioBuffer one(1, 1);
  one.channel(0)[0] = 0.5F;
  EXPECT_NEAR(*test::measure(one, 48000).peak.true_dbtp, -6.02, 0.01);
}

TEST(Meters, TheEnvelopeCoversThePieceCellByCell) {
  Meters meters({48000, 1, 4096}, MeasureGroups::kAll, true);
  const AudioBuffer audio = test::on_channels(test::sine(48000, 1000, -6, 1.0), 1);
  for (int at = 0; at < audio.frames(); at += 4096)
    meters.add(audio.block().slice(at, std::min(4096, audio.frames() - at)));
  meters.finish();
  const LimiterEnvelope envelope = meters.take_envelope();
  EXPECT_EQ(envelope.peak.size(), 3000U);
  EXPECT_EQ(envelope.energy.size(), 3000U);
  for (std::size_t k = 10; k < 2990; ++k) EXPECT_LE(envelope.peak[k], 0.502F);
}

}  // namespace
}  // namespace lacquer
