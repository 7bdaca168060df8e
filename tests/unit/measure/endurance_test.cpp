// What no file should hold, and more of it than a file does. tests/long has the real ten hours.
#include <gtest/gtest.h>

#include <cmath>

#include "core/noise.h"
#include "measure/loudness_meter.h"
#include "measure/overview_meter.h"
#include "measure/peak_meter.h"
#include "support/signals.h"

namespace lacquer {
namespace {

void expect_finite(const LoudnessMeter& loudness, const PeakMeter& peak, const OverviewMeter& overview) {
  const LoudnessResult found = loudness.result();
  for (const auto& value : {found.integrated_lufs, found.range_lu, found.momentary_max_lufs,
                            found.short_term_max_lufs, overview.rms_dbfs(), overview.dc_offset_dbfs(),
                            peak.result().sample_dbfs, peak.result().true_dbtp, loudness.mono_loss_db()}) {
    ASSERT_TRUE(value);
    EXPECT_TRUE(std::isfinite(*value));
  }
  for (const auto& channel : found.channel_lufs) EXPECT_TRUE(channel && std::isfinite(*channel));
  for (const float value : found.short_term_lufs) EXPECT_FALSE(std::isnan(value));
  for (const float value : peak.tenths()) EXPECT_TRUE(std::isfinite(value));
  for (const float value : overview.overview().rms) EXPECT_TRUE(std::isfinite(value));
}

// 1e30 is 600 dB above full scale: what a broken plug-in leaves in a float file.
TEST(Meters, GarbageInFloatStaysFinite) {
  const auto seed = test::test_seed(41);
  NoiseGenerator noise(seed);
  for (const double rate : {11025.0, 44100.0, 192000.0}) {
    AudioBuffer audio(2, static_cast<int>(rate * 5.0));
    for (int i = 0; i < audio.frames(); ++i)
      for (int c = 0; c < 2; ++c) {
        const bool broken = i < rate || noise.uniform() < 1e-3;
        audio.channel(c)[static_cast<std::size_t>(i)] = static_cast<float>(
            broken ? std::pow(10.0, 90.0 * noise.uniform() - 60.0) * (noise.white() < 0 ? -1 : 1)
                   : 0.1 * noise.white());
      }
    const StreamFormat format{rate, 2, 4096};
    for (const bool keep_cells : {false, true}) {
      LoudnessMeter loudness(format, keep_cells);
      PeakMeter peak(format, keep_cells);
      OverviewMeter overview(format);
      loudness.add(audio.block());
      peak.add(audio.block());
      overview.add(audio.block());
      peak.finish();
      SCOPED_TRACE("seed " + std::to_string(seed) + ", rate " + std::to_string(rate));
      expect_finite(loudness, peak, overview);
      for (const float value : loudness.take_cells()) EXPECT_TRUE(std::isfinite(value));
      for (const float value : peak.take_cells()) EXPECT_TRUE(std::isfinite(value));
    }
  }
}

// An hour of a stream that repeats itself each second, at the lowest rate: the last minute reads as the
// first.
TEST(Meters, AnHourLeavesNoTrace) {
  constexpr double kRate = 8000.0;
  constexpr int kSeconds = 3600;
  auto second = test::sine(kRate, 500.0, -20.0, 1.0);
  for (std::size_t i = 0; i < second.size() / 3; ++i) second[i] *= 0.1F;
  const AudioBuffer audio = test::on_channels(second, 1);
  const StreamFormat format{kRate, 1, audio.frames()};
  LoudnessMeter loudness(format, false);
  PeakMeter peak(format, false);
  OverviewMeter overview(format);
  for (int s = 0; s < kSeconds; ++s) {
    loudness.add(audio.block());
    peak.add(audio.block());
    overview.add(audio.block());
  }
  peak.finish();
  const LoudnessResult found = loudness.result();
  ASSERT_EQ(found.short_term_lufs.size(), 10U * kSeconds);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(found.short_term_lufs[100 + i], found.short_term_lufs[10U * kSeconds - 100 + i]) << i;
    EXPECT_EQ(found.momentary_lufs[100 + i], found.momentary_lufs[10U * kSeconds - 100 + i]) << i;
    EXPECT_EQ(peak.tenths()[100 + i], peak.tenths()[10U * kSeconds - 200 + i]) << i;
  }
  EXPECT_NEAR(
      *overview.rms_dbfs(),
      *[&] {
        OverviewMeter once(format);
        once.add(audio.block());
        return once.rms_dbfs();
      }(),
      1e-9);
  EXPECT_LE(overview.overview().low.size(), 2048U);
}

}  // namespace
}  // namespace lacquer
