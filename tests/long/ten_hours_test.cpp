// Ten hours through the meters at a rate at which frames no longer fit into 32 bits.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>

#include "measure/loudness_meter.h"
#include "measure/overview_meter.h"
#include "measure/peak_meter.h"
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

}  // namespace
}  // namespace lacquer
