#include "playback/codec_meter.h"

#include <gtest/gtest.h>

#include "core/decibels.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

CodecMeasurement compared(const AudioBuffer& original, const AudioBuffer& decoded, int block = 4096) {
  CodecMeter meter({kRate, original.channels(), 4096});
  for (int at = 0; at < original.frames(); at += block) {
    const int part = std::min(block, original.frames() - at);
    meter.add(original.block().slice(at, part), decoded.block().slice(at, part));
  }
  meter.finish();
  return meter.result();
}

AudioBuffer scaled(AudioBuffer audio, double gain) {
  for (int c = 0; c < audio.channels(); ++c)
    for (float& sample : audio.channel(c)) sample *= static_cast<float>(gain);
  return audio;
}

TEST(CodecMeter, what_is_unchanged_has_no_delta) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, -10.0, 3.0, 1), 2);
  const CodecMeasurement same = compared(noise, noise);
  for (const CodecBand& band : same.third_octaves) {
    EXPECT_NEAR(*band.change_db, 0.0, 1e-6);
    EXPECT_LT(*band.delta_db, -100.0);
  }
  EXPECT_EQ(same.samples_over, 0);
  EXPECT_NEAR(*same.bandwidth_hz, 22387.0, 30.0);
}

TEST(CodecMeter, a_gain_shows_in_every_band) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, -10.0, 3.0, 1), 2);
  const CodecMeasurement half = compared(noise, scaled(noise, 0.5));
  for (const CodecBand& band : half.bands) {
    EXPECT_NEAR(*band.change_db, -6.02, 0.01);
    EXPECT_NEAR(*band.delta_db, -6.02, 0.01);
  }
}

TEST(CodecMeter, a_band_that_went_missing_is_named_and_the_bandwidth_ends_below_it) {
  std::vector<float> low = test::sine(kRate, 1000.0, -12.0, 3.0);
  std::vector<float> both = low;
  const std::vector<float> high = test::sine(kRate, 12500.0, -20.0, 3.0);
  for (std::size_t i = 0; i < both.size(); ++i) both[i] += high[i];
  const CodecMeasurement cut = compared(test::on_channels(both, 1), test::on_channels(low, 1));
  ASSERT_EQ(cut.bands.size(), 4U);
  EXPECT_LT(*cut.bands[3].change_db, -60.0);
  EXPECT_NEAR(*cut.bands[3].delta_db, 0.0, 0.05);
  EXPECT_NEAR(*cut.bands[2].change_db, 0.0, 0.01);
  EXPECT_LT(*cut.bandwidth_hz, 12500.0);
}

TEST(CodecMeter, counts_and_times_what_passes_full_scale) {
  std::vector<float> signal = test::silence(kRate, 3.0);
  const auto at = [](double s) { return static_cast<std::size_t>(s * kRate); };
  signal[at(1.0)] = 1.1F;
  signal[at(1.0) + 20] = -1.2F;
  signal[at(2.0)] = 1.0F;  // full scale itself is not over
  const AudioBuffer quiet = test::on_channels(test::silence(kRate, 3.0), 2);
  const CodecMeasurement over = compared(quiet, test::on_channels(signal, 2), 61);
  EXPECT_EQ(over.samples_over, 4);  // two on each channel
  ASSERT_EQ(over.over_when.size(), 1U);
  EXPECT_NEAR(over.over_when[0].from_s, 1.0, 1e-4);
  EXPECT_NEAR(over.over_when[0].to_s, 1.0 + 21.0 / kRate, 1e-4);
  EXPECT_GE(*over.true_dbtp, *gain_to_db(1.2));
}

TEST(CodecMeter, knows_nothing_of_silence) {
  const AudioBuffer silence(2, 44100);
  const CodecMeasurement nothing = compared(silence, silence);
  EXPECT_FALSE(nothing.true_dbtp);
  EXPECT_FALSE(nothing.bandwidth_hz);
  EXPECT_FALSE(nothing.bands[0].change_db);
}

TEST(CodecMeter, does_not_depend_on_the_blocks) {
  const AudioBuffer before = test::on_channels(test::white_noise(kRate, 0.0, 1.0, 3), 2);
  const AudioBuffer after = scaled(before, 1.3);
  const CodecMeasurement a = compared(before, after);
  const CodecMeasurement b = compared(before, after, 97);
  EXPECT_EQ(a.samples_over, b.samples_over);
  EXPECT_EQ(a.true_dbtp, b.true_dbtp);
  for (std::size_t i = 0; i < a.bands.size(); ++i) EXPECT_EQ(a.bands[i].delta_db, b.bands[i].delta_db);
}

}  // namespace
}  // namespace lacquer
