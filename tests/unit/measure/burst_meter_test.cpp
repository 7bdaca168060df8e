#include "measure/burst_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/meter_signal.h"
#include "support/music_noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;
constexpr double kLengthS = 40.0;
constexpr int kBursts = 15;

// A quarter of a second of these tones, every 2.5 s from second 2 on.
std::vector<float> with_bursts(std::initializer_list<double> tones_hz, double amplitude) {
  auto signal = test::pink_noise(-30, kLengthS, 3);
  for (int burst = 0; burst < kBursts; ++burst) {
    const auto from = static_cast<std::size_t>((2.0 + 2.5 * burst) * kRate);
    const auto length = static_cast<std::size_t>(0.25 * kRate);
    for (std::size_t i = 0; i < length && from + i < signal.size(); ++i) {
      const double t = static_cast<double>(i) / kRate;
      const double shape = std::sin(std::numbers::pi * static_cast<double>(i) / static_cast<double>(length));
      for (const double hz : tones_hz)
        signal[from + i] += static_cast<float>(amplitude * shape * std::sin(2.0 * std::numbers::pi * hz * t));
    }
  }
  return signal;
}

BurstResult bursts_of(const std::vector<float>& signal, int channels = 2) {
  return test::measure(test::on_channels(signal, channels), kRate).spectrum->bursts;
}

TEST(BurstMeter, CountsAndPlacesBurstsOfEsses) {
  for (const int channels : {1, 2}) {
    const BurstResult found = bursts_of(with_bursts({5600.0, 6500.0, 7700.0}, 0.03), channels);
    EXPECT_EQ(found.count, kBursts);
    ASSERT_EQ(found.when.size(), static_cast<std::size_t>(kBursts));
    for (int burst = 0; burst < kBursts; ++burst) {
      const TimeRange& when = found.when[static_cast<std::size_t>(burst)];
      EXPECT_NEAR(when.from_s, 2.0 + 2.5 * burst, 0.2);  // a frame is 0.19 s long
      EXPECT_NEAR(when.to_s, 2.25 + 2.5 * burst, 0.2);
    }
    EXPECT_NEAR(*found.per_minute, kBursts * 60.0 / kLengthS, 1.5);  // the first frame begins a little late
  }
}

TEST(BurstMeter, DrumsAndCymbalsAndASteadySoundHaveNone) {
  EXPECT_EQ(bursts_of(test::pink_noise(-30, kLengthS, 3)).count, 0);
  // A drum lifts the middle too.
  EXPECT_EQ(bursts_of(with_bursts({700.0, 1100.0, 6500.0, 7700.0}, 0.03)).count, 0);
  // A cymbal reaches higher still.
  EXPECT_EQ(bursts_of(with_bursts({6500.0, 12500.0, 13500.0, 14500.0, 15500.0}, 0.03)).count, 0);
}

TEST(BurstMeter, AnswersNothingWhereThereIsNothing) {
  for (const int frames : {0, 1, 220, 8192}) {
    const BurstResult found = test::measure(AudioBuffer(2, frames), kRate).spectrum->bursts;
    EXPECT_EQ(found.count, 0);
    EXPECT_FALSE(found.per_minute);
  }
}

}  // namespace
}  // namespace lacquer
