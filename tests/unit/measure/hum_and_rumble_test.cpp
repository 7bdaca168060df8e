#include "measure/lows_meter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/meter_signal.h"
#include "support/planted.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

SourceResult source_of(const std::vector<float>& signal, double rate = kRate, int channels = 1) {
  return *test::measure(test::on_channels(signal, channels), rate).source;
}
std::size_t frame(double seconds, double rate = kRate) { return static_cast<std::size_t>(seconds * rate); }

// Two rows of notes that never rest, 20 dB above the hum, with partials close to those of the mains.
std::vector<float> dense_bass(double seconds, std::uint64_t seed) {
  std::vector<float> out(frame(seconds));
  NoiseGenerator noise(seed);
  for (const double step_s : {0.31, 0.47})
    for (std::size_t start = 0; start < out.size(); start += frame(step_s)) {
      const double hz = 440.0 * std::exp2((29.0 + std::floor(noise.uniform() * 20.0) - 69.0) / 12.0);
      const double phase = 6.28 * noise.uniform();
      for (std::size_t i = 0; i < frame(1.4 * step_s) && start + i < out.size(); ++i) {
        const double t = static_cast<double>(i) / kRate;
        for (int partial = 1; partial <= 6; ++partial)
          out[start + i] +=
              static_cast<float>(0.12 / partial * std::exp(-3.0 * t) * (1.0 - std::exp(-t / 0.01)) *
                                 std::sin(2.0 * std::numbers::pi * hz * partial * t + phase * partial));
      }
    }
  return out;
}

TEST(HumMeter, FindsFaintHumUnderABassThatNeverRests) {
  for (const double hz : {50.0, 60.0}) {
    auto signal = dense_bass(40.0, 31);
    EXPECT_FALSE(source_of(signal).hum.present) << hz;
    test::add_hum(signal, kRate, hz, -44.0);
    const HumResult hum = source_of(signal).hum;
    ASSERT_TRUE(hum.present) << hz;
    EXPECT_NEAR(*hum.hz, hz, 0.03);            // a quarter of the width of a line in 8 s
    EXPECT_NEAR(*hum.level_dbfs, -44.7, 3.0);  // of four lines, one of which may be hidden, and notes in them
    EXPECT_GE(hum.lines, 2);
  }
}

TEST(HumMeter, PlacesHumInItsThird) {
  auto signal = dense_bass(60.0, 32);
  std::vector<float> hum(frame(20.0));
  test::add_hum(hum, kRate, 60.0, -40.0);
  for (std::size_t i = 0; i < hum.size(); ++i) signal[frame(21.0) + i] += hum[i];
  const HumResult found = source_of(signal).hum;
  ASSERT_TRUE(found.present);
  double inside = 0.0, total = 0.0;
  for (const TimeRange& range : found.when) {
    total += range.to_s - range.from_s;
    inside += std::max(0.0, std::min(range.to_s, 41.0) - std::max(range.from_s, 21.0));
  }
  EXPECT_GT(inside, 0.75 * total);  // stretches of 4 s: half of one too much at either end at most
  EXPECT_GT(inside, 10.0);
}

TEST(HumMeter, DoesNotTakeALongChordForHum) {
  auto signal = dense_bass(60.0, 36);
  std::vector<float> chord(frame(8.5));
  test::add_hum(chord, kRate, 60.0, -36.0);
  for (std::size_t i = 0; i < chord.size(); ++i) signal[frame(22.0) + i] += chord[i];
  EXPECT_FALSE(source_of(signal).hum.present);
}

TEST(HumMeter, FindsHumThatOnlyTheQuietEndsLetThrough) {
  auto signal = dense_bass(60.0, 37);
  for (std::size_t i = 0; i < signal.size(); ++i)
    if (i > frame(6.5) && i < frame(53.5)) signal[i] *= 8.0F;
  EXPECT_FALSE(source_of(signal).hum.present);
  test::add_hum(signal, kRate, 60.0, -42.0);
  const HumResult hum = source_of(signal).hum;
  ASSERT_TRUE(hum.present);
  EXPECT_NEAR(*hum.hz, 60.0, 0.03);
}

TEST(HumMeter, DoesNotTakeLoopsForHum) {
  // Half a second that repeats exactly has lines on every multiple of 2 Hz, 50 and 60 among them; with a
  // drone on all multiples of 4 Hz they are strong and steady.
  for (const double hz : {2.0, 4.0, 5.0, 6.0}) {
    std::vector<float> pulses(frame(40.0));
    for (std::size_t i = 0; i < pulses.size(); ++i) {
      const double t = std::fmod(static_cast<double>(i) / kRate, 1.0 / hz);
      pulses[i] = static_cast<float>(0.3 * std::exp(-t / 0.02) * std::sin(2.0 * std::numbers::pi * 57.0 * t));
    }
    EXPECT_FALSE(source_of(pulses).hum.present) << hz;
  }
}

TEST(HumMeter, DoesNotTakeOneNoteForHum) {
  // G1 to B1 held for ever with all their harmonics; and a lone steady 150 Hz with its octaves.
  for (const double hz : {48.999, 51.913, 55.0, 58.270, 61.735, 150.0}) {
    std::vector<float> drone(frame(30.0));
    for (std::size_t i = 0; i < drone.size(); ++i)
      for (int k = 1; k <= 6; ++k)
        drone[i] += static_cast<float>(
            0.1 / k * std::sin(2.0 * std::numbers::pi * hz * k * static_cast<double>(i) / kRate));
    EXPECT_FALSE(source_of(drone).hum.present) << hz;
  }
}

TEST(HumMeter, WorksAtEveryRateAndOnEitherChannelCount) {
  for (const double rate : {8000.0, 22050.0, 48000.0, 96000.0, 192000.0}) {
    auto signal = test::white_noise(rate, -40, 14.0, 33);
    test::add_hum(signal, rate, 50.0, -40.0);
    for (const int channels : {1, 2}) {
      if (channels == 2 && rate > 48000.0) continue;
      const HumResult hum = source_of(signal, rate, channels).hum;
      ASSERT_TRUE(hum.present) << rate;
      EXPECT_NEAR(*hum.hz, 50.0, 0.03);
      EXPECT_NEAR(*hum.level_dbfs, -40.7, 0.5) << rate;  // 1.7 times half the peak's square
      EXPECT_EQ(hum.when.front().from_s, 0.0);
      EXPECT_NEAR(hum.when.back().to_s, 14.0, 1.0);
    }
  }
}

TEST(LowsMeter, PlacesRumbleAndLeavesSubBassAlone) {
  NoiseGenerator noise(34);
  auto signal = test::tune(kRate, 60.0, 35);
  double power = 0.0;
  for (const float x : signal) power += static_cast<double>(x) * static_cast<double>(x);
  const double rms = std::sqrt(power / static_cast<double>(signal.size()));
  auto rumbling = signal;
  for (std::size_t i = frame(20.0); i < frame(40.0); ++i) {
    const double t = static_cast<double>(i) / kRate;
    for (const double hz : {9.7, 12.1, 15.3, 19.2})  // together 4 dB below the programme
      rumbling[i] +=
          static_cast<float>(0.631 * rms / std::sqrt(2.0) * std::sin(2.0 * std::numbers::pi * hz * t));
  }
  const SourceResult found = source_of(rumbling);
  ASSERT_EQ(found.rumble_when.size(), 1U);
  EXPECT_NEAR(found.rumble_when[0].from_s, 20.0, 1.5);  // one window
  EXPECT_NEAR(found.rumble_when[0].to_s, 40.0, 1.5);
  // An 808: 25 to 35 Hz, as loud as all the rest.
  for (const double hz : {25.0, 28.0, 35.0}) {
    auto sub = signal;
    for (std::size_t i = 0; i < sub.size(); ++i) {
      const double t = std::fmod(static_cast<double>(i) / kRate, 1.0);
      sub[i] += static_cast<float>(3.0 * rms * std::exp(-2.0 * t) * (1.0 - std::exp(-t / 0.005)) *
                                   std::sin(2.0 * std::numbers::pi * hz * t));
    }
    EXPECT_TRUE(source_of(sub).rumble_when.empty()) << hz;
  }
}

TEST(HumMeter, AnswersNothingWhereThereIsNothing) {
  for (const double rate : {8000.0, 44100.0, 192000.0})
    for (const int frames : {1, static_cast<int>(0.005 * rate)}) {
      LowsMeter meter(rate, 1);
      meter.finish();
      EXPECT_FALSE(meter.hum().present);
      EXPECT_FALSE(meter.rumble_power());
      const SourceResult source = source_of(std::vector<float>(static_cast<std::size_t>(frames), 0.1F), rate);
      EXPECT_FALSE(source.hum.present);
      EXPECT_FALSE(source.rumble_dbfs);
    }
  for (const float level : {0.0F, 0.5F}) {  // silence, and DC only
    const SourceResult source = source_of(std::vector<float>(frame(30.0), level));
    EXPECT_FALSE(source.hum.present);
    EXPECT_TRUE(source.rumble_when.empty());
  }
}

TEST(HumMeter, GarbageStaysFinite) {
  NoiseGenerator noise(36);
  for (const double rate : {8000.0, 44100.0, 192000.0}) {
    std::vector<float> signal(frame(rate > 50000.0 ? 10.0 : 20.0, rate));
    for (float& x : signal) {
      x = static_cast<float>(0.1 * noise.white());
      if (noise.uniform() < 1e-4) x = static_cast<float>(std::pow(10.0, 60.0 * noise.uniform() - 30.0));
    }
    std::fill_n(signal.begin() + 100, 50, 1e30F);
    const SourceResult source = source_of(signal, rate);
    if (source.hum.level_dbfs) {
      EXPECT_TRUE(std::isfinite(*source.hum.level_dbfs));
    }
    if (source.rumble_dbfs) {
      EXPECT_TRUE(std::isfinite(*source.rumble_dbfs));
    }
  }
}

// An hour at the lowest rate of a stream that repeats itself. State that could grow with time: the moment's
// count (64 bits, and only differences of it are used), the sums of levels (doubles that gain one value of at
// most 1 every 4 s), the lists (bounded) and the rumble cells (4,096, thinned by half: here once).
TEST(LowsMeter, AnHourLeavesNoTrace) {
  constexpr double kLow = 8000.0;
  std::vector<float> minute(frame(60.0, kLow));
  NoiseGenerator noise(37);
  for (float& x : minute) x = static_cast<float>(0.02 * noise.white());
  test::add_hum(minute, kLow, 50.0, -40.0);  // 50 Hz has a whole number of periods in a minute
  std::vector<float> hour;
  hour.reserve(minute.size() * 60);
  for (int i = 0; i < 60; ++i) test::append(hour, minute);
  const HumResult once = source_of(minute, kLow).hum, sixty = source_of(hour, kLow).hum;
  ASSERT_TRUE(once.present && sixty.present);
  EXPECT_NEAR(*once.level_dbfs, *sixty.level_dbfs, 0.3);  // the minute ends in a look of its own
  EXPECT_NEAR(*once.hz, *sixty.hz, 0.005);
  ASSERT_EQ(sixty.when.size(), 1U);
  EXPECT_NEAR(sixty.when[0].to_s, 3600.0, 4.5);
}

}  // namespace
}  // namespace lacquer
