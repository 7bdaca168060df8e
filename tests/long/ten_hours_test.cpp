// Ten hours through the meters at a rate at which frames no longer fit into 32 bits.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>

#include "measure/flat_top_meter.h"
#include "measure/frequency_meters.h"
#include "measure/loudness_meter.h"
#include "measure/overview_meter.h"
#include "measure/peak_meter.h"
#include "measure/source_meter.h"
#include "support/planted.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 192000.0;
constexpr std::int64_t kSeconds = 36000;

double memory_mib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024.0;
}

TEST(TenHours, NothingOverflowsOrDrifts) {
  // Every second the same struck note; one spike near the end.
  auto second = test::sine(kRate, 1000.0, -20.0, 1.0);
  for (std::size_t i = 0; i < second.size(); ++i)
    second[i] *= static_cast<float>(std::exp(-3.0 * static_cast<double>(i) / kRate));
  const AudioBuffer same = test::on_channels(second, 1);
  AudioBuffer spike = same;
  spike.channel(0)[1234] = 0.9F;
  constexpr std::int64_t kSpikeAt = kSeconds - 7;

  const StreamFormat format{kRate, 1, same.frames()};
  LoudnessMeter loudness(format, false);
  PeakMeter peak(format, false);
  OverviewMeter overview(format);
  for (std::int64_t s = 0; s < kSeconds; ++s) {
    const ConstAudioBlock block = (s == kSpikeAt ? std::as_const(spike) : std::as_const(same)).block();
    loudness.add(block);
    peak.add(block);
    overview.add(block);
  }
  peak.finish();

  ASSERT_GT(overview.frames(), std::int64_t{1} << 32);
  const LoudnessResult result = loudness.result();
  ASSERT_EQ(result.momentary_lufs.size(), static_cast<std::size_t>(kSeconds * 10));
  for (std::size_t i = 100; i < result.momentary_lufs.size() - 100; i += 997 * 10) {
    EXPECT_EQ(result.momentary_lufs[i], result.momentary_lufs[100 + (i - 100) % 10]) << i;
    EXPECT_EQ(result.short_term_lufs[i], result.short_term_lufs[100 + (i - 100) % 10]) << i;
  }
  const PeakResult peaks = peak.result();
  EXPECT_EQ(peak.tenths().size(), static_cast<std::size_t>(kSeconds * 10));
  ASSERT_FALSE(peaks.highest.empty());
  EXPECT_NEAR(peaks.highest[0].at_s, static_cast<double>(kSpikeAt) + 1234 / kRate, 1.5 / kRate);
  double squares = 0.0;
  for (const float x : second) squares += static_cast<double>(x) * x;
  EXPECT_NEAR(*overview.rms_dbfs(), 10.0 * std::log10(squares / kRate), 1e-3);  // the spike is in it
  EXPECT_LE(overview.overview().high.size(), 2048U);
  EXPECT_LT(memory_mib(), 150.0);
}

// The rest of the meters, at a rate at which ten hours are just over 2^32 frames; faults near the end.
TEST(TenHours, FaultsAreFoundAndPlacedAtTheEnd) {
  constexpr double kLowRate = 120000.0;
  const auto frame = [](double seconds) { return static_cast<std::size_t>(seconds * kLowRate); };
  const AudioBuffer same = test::stereo(test::tune(kLowRate, 1.0, 3), test::tune(kLowRate, 1.0, 4));
  AudioBuffer faulty = same;
  for (int c = 0; c < 2; ++c) {
    const auto x = faulty.channel(c);
    x[frame(0.12)] += 0.5F;
    std::fill_n(x.begin() + static_cast<std::ptrdiff_t>(frame(0.3)), frame(0.03), 0.0F);
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(frame(0.6)), 1024,
                x.begin() + static_cast<std::ptrdiff_t>(frame(0.6)) + 1024);
  }
  const StreamFormat format{kLowRate, 2, same.frames()};
  FrequencyMeters frequency(format);
  SourceMeter source(format, frequency.fft());
  FlatTopMeter flat_tops(format);
  for (std::int64_t s = 0; s < kSeconds; ++s) {
    const ConstAudioBlock block = (s == kSeconds - 7 ? std::as_const(faulty) : same).block();
    frequency.add(block);
    source.add(block);
    flat_tops.add(block);
  }
  frequency.finish();
  source.finish();
  const SourceResult found = source.result();
  const auto begins = static_cast<double>(kSeconds - 7);
  ASSERT_EQ(found.clicks, 1);
  EXPECT_NEAR(found.click_places[0].at_s, begins + 0.12, 1e-4);
  ASSERT_EQ(found.dropouts, 1);
  EXPECT_NEAR(found.dropout_when[0].from_s, begins + 0.3, 1e-3);
  ASSERT_EQ(found.repeated_blocks, 1);
  EXPECT_NEAR(found.repeated_when[0].from_s, begins + 0.6 + 1024 / kLowRate, 1e-4);
  EXPECT_TRUE(std::isfinite(*found.noise_floor_dbfs));
  PeakResult peak;
  flat_tops.report(peak);
  EXPECT_TRUE(std::isfinite(*peak.flat_tops_per_minute));
  EXPECT_LT(memory_mib(), 150.0);
}

}  // namespace
}  // namespace lacquer
