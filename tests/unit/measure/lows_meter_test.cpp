#include "measure/lows_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "dsp/span_stats.h"
#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

TEST(LowsMeter, FindsHumUnderMusicAndItsFrequency) {
  for (const double hz : {50.0, 60.0, 49.9, 60.15}) {
    for (const double level_dbfs : {-36.0, -42.0}) {
      auto signal = test::tune(kRate, 40.0, 8);
      test::add_hum(signal, kRate, hz, level_dbfs);
      const HumResult hum = source_of(signal).hum;
      ASSERT_TRUE(hum.present) << hz << " Hz at " << level_dbfs << " dBFS";
      EXPECT_NEAR(*hum.hz, hz, 0.1);
      // The four lines together carry 1.7 times the fundamental's power, half its peak squared: -0.7 dB.
      // Lines hidden by notes are missing from the sum.
      EXPECT_NEAR(*hum.level_dbfs, level_dbfs - 0.7, 4.0);
      ASSERT_FALSE(hum.when.empty());
      EXPECT_LT(hum.when.front().from_s, 10.0);
      EXPECT_GT(hum.when.back().to_s, 30.0);
    }
  }
}

TEST(LowsMeter, PlacesHumThatStartsLater) {
  auto signal = test::tune(kRate, 90.0, 9);
  std::vector<float> hum(frame(40.0));
  test::add_hum(hum, kRate, 50.0, -40.0);
  for (std::size_t i = 0; i < hum.size(); ++i) signal[frame(50.0) + i] += hum[i];
  const HumResult found = source_of(signal).hum;
  ASSERT_TRUE(found.present);
  EXPECT_NEAR(found.when.front().from_s, 50.0, 12.0);
}

// A bass line on G1, B1 and their octaves, whose harmonics pass close by those of the mains.
TEST(LowsMeter, DoesNotTakeBassNotesForHum) {
  std::vector<float> signal(frame(60.0));
  const std::vector<double> notes = {48.999, 61.735, 48.999, 97.999, 61.735, 123.471};
  const std::size_t step = frame(0.75);
  for (std::size_t start = 0, n = 0; start < signal.size(); start += step, ++n) {
    const double hz = notes[n % notes.size()];
    for (std::size_t i = 0; i < step && start + i < signal.size(); ++i) {
      const double t = static_cast<double>(i) / kRate;
      for (int partial = 1; partial <= 10; ++partial)
        signal[start + i] += static_cast<float>(0.2 / partial * std::exp(-t) * (1.0 - std::exp(-t / 0.005)) *
                                                std::sin(2.0 * std::numbers::pi * hz * partial * t));
    }
  }
  EXPECT_FALSE(source_of(signal).hum.present);
}

TEST(LowsMeter, DoesNotTakeAStruckDroneForHum) {
  // On 50 Hz itself with six harmonics, struck anew every four seconds.
  std::vector<float> struck(frame(60.0));
  for (std::size_t i = 0; i < struck.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    for (int k = 1; k <= 6; ++k)
      struck[i] += static_cast<float>(0.1 / k * std::exp(-std::fmod(t, 4.0)) *
                                      std::sin(2.0 * std::numbers::pi * 50.0 * k * t));
  }
  EXPECT_FALSE(source_of(struck).hum.present);
}

// A loop that repeats exactly has lines at every multiple of its tempo: 50 Hz is one of 2 Hz.
TEST(LowsMeter, DoesNotTakeALoopForHum) {
  const auto bar = test::tune(kRate, 0.5, 10);
  std::vector<float> loop;
  for (int n = 0; n < 120; ++n) test::append(loop, bar);
  EXPECT_FALSE(source_of(loop).hum.present);
}

TEST(LowsMeter, MeasuresRumbleAndDc) {
  auto signal = test::tune(kRate, 40.0, 11);
  const double rms = std::sqrt(span_stats(signal).sum_squares / static_cast<double>(signal.size()));
  const auto level = static_cast<float>(rms * std::sqrt(2.0) * 0.5);  // 6 dB below
  for (std::size_t i = 0; i < signal.size(); ++i) {
    signal[i] +=
        level * static_cast<float>(std::sin(2.0 * std::numbers::pi * 14.0 * static_cast<double>(i) / kRate));
    if (i > frame(20.0)) signal[i] += 0.02F;
  }
  const SourceResult source = source_of(signal);
  // The DC of the second half counts for the programme, not for the rumble.
  EXPECT_NEAR(*source.rumble_db, -7.0, 1.5);
  EXPECT_NEAR(*source.rumble_dbfs, 20.0 * std::log10(rms * 0.5), 0.5);
  ASSERT_FALSE(source.rumble_when.empty());
  EXPECT_NEAR(*source.dc_offset_max_dbfs, -34.0, 0.3);
  ASSERT_EQ(source.dc_when.size(), 1U);
  EXPECT_NEAR(source.dc_when[0].from_s, 20.0, 10.1);
  EXPECT_NEAR(source.dc_when[0].to_s, 40.0, 10.1);
}

}  // namespace
}  // namespace lacquer
