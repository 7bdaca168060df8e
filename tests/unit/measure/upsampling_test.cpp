#include "measure/highs_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "dsp/kaiser.h"
#include "support/meter_signal.h"
#include "support/planted.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

SourceResult source_of(const std::vector<float>& signal, double rate = kRate) {
  return *test::measure(test::on_channels(signal, 1), rate).source;
}
void round_to(std::vector<float>& signal, int bits) { test::to_bits(signal, bits); }

// White noise at `old` brought to `rate` through a windowed sinc (Kaiser) of `lobes` on either side, -6 dB
// at `edge` of half the old rate: what a converter does, images included.
std::vector<float> converted(double old, double rate, double seconds, int lobes, double edge,
                             std::uint64_t seed) {
  const auto in = test::white_noise(old, -14, seconds, seed);
  std::vector<float> out(static_cast<std::size_t>(seconds * rate));
  // Both rates are whole numbers, so that the kernel comes back after a few phases.
  std::map<std::int64_t, std::vector<double>> kernels;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::int64_t steps = static_cast<std::int64_t>(i) * static_cast<std::int64_t>(old);
    const std::int64_t phase = steps % static_cast<std::int64_t>(rate);
    const std::int64_t first = steps / static_cast<std::int64_t>(rate) - lobes + 1;
    std::vector<double>& kernel = kernels[phase];
    for (int k = static_cast<int>(kernel.size()); k < 2 * lobes; ++k) {
      const double t = static_cast<double>(phase) / rate + lobes - 1 - k, u = t / lobes;
      const double x = std::numbers::pi * t * edge;
      // Kaiser's window of 12: images and stopband down by 120 dB.
      kernel.push_back(
          std::abs(u) >= 1.0 ? 0.0 : kaiser(u, 12.0) * edge * (std::abs(x) < 1e-9 ? 1.0 : std::sin(x) / x));
    }
    double sum = 0.0;
    for (int k = 0; k < 2 * lobes; ++k)
      if (first + k >= 0 && first + k < static_cast<std::int64_t>(in.size()))
        sum += kernel[static_cast<std::size_t>(k)] * in[static_cast<std::size_t>(first + k)];
    out[i] = static_cast<float>(sum);
  }
  return out;
}

TEST(HighsMeter, KnowsAWideConverterByItsImages) {
  for (const double old : {16000.0, 22050.0, 24000.0, 32000.0}) {
    auto signal = converted(old, kRate, 6.0, 12, 1.0, 41);
    round_to(signal, 24);
    const SourceResult source = source_of(signal);
    ASSERT_TRUE(source.upsampled_from_hz) << old;
    EXPECT_EQ(*source.upsampled_from_hz, old);
    EXPECT_FALSE(source.lossy.suspected) << old;
  }
  EXPECT_EQ(source_of(converted(44100, 48000, 6.0, 12, 1.0, 42), 48000).upsampled_from_hz, 44100.0);
  EXPECT_EQ(source_of(converted(48000, 96000, 6.0, 12, 1.0, 43), 96000).upsampled_from_hz, 48000.0);
}

TEST(HighsMeter, KnowsASteepConverterByItsEmptyStopband) {
  for (const double old : {22050.0, 24000.0, 32000.0}) {
    auto signal = converted(old, kRate, 3.0, 240, 0.965, 44);
    round_to(signal, 24);
    const SourceResult source = source_of(signal);
    ASSERT_TRUE(source.upsampled_from_hz) << old;
    EXPECT_EQ(*source.upsampled_from_hz, old);
    EXPECT_FALSE(source.lossy.suspected) << old;
  }
}

TEST(HighsMeter, ACliffWithARestAboveIsACodersNotAConverters) {
  // The same cliff as a converter from 32 kHz, over the residue that decoders leave.
  auto signal = converted(32000.0, kRate, 3.0, 240, 0.965, 45);
  const auto residue = test::white_noise(kRate, -112, 3.0, 46);  // about -140 dBFS in 100 Hz
  for (std::size_t i = 0; i < signal.size(); ++i) signal[i] += residue[i];
  const SourceResult source = source_of(signal);
  EXPECT_FALSE(source.upsampled_from_hz);
  EXPECT_TRUE(source.lossy.suspected);
}

TEST(HighsMeter, MusicThatWasNeverConvertedIsNotCalledUpsampled) {
  EXPECT_FALSE(source_of(test::white_noise(kRate, -14, 6.0, 47)).upsampled_from_hz);
  EXPECT_FALSE(source_of(test::tune(kRate, 12.0, 48)).upsampled_from_hz);
  for (const int slope : {1, 2, 4})
    for (const double hz : {6000.0, 10000.0, 12000.0, 15000.0, 16000.0}) {
      auto soft = test::white_noise(kRate, -12, 6.0, 49);
      test::soften(soft, kRate, hz, slope);
      round_to(soft, 24);
      const SourceResult source = source_of(soft);
      EXPECT_FALSE(source.upsampled_from_hz) << slope * 12 << " dB an octave at " << hz;
      EXPECT_FALSE(source.lossy.suspected) << slope * 12 << " dB an octave at " << hz;
    }
}

// An MP3 at 128 kbps ends at 16 kHz in one frame (the band above is given up) and at 16.6 in the next.
TEST(HighsMeter, ACliffThatMovesBelowTheLowPassIsStillOne) {
  const auto bright = test::white_noise(kRate, -20, 16.0, 50);
  auto moving = test::cut_above(bright, kRate, 16600.0, 400.0);
  const auto lower = test::cut_above(bright, kRate, 16000.0, 400.0);
  for (std::size_t i = 0; i < moving.size(); ++i)
    if ((i / 22050) % 2 == 1) moving[i] = lower[i];
  const SourceResult source = source_of(moving);
  EXPECT_TRUE(source.lossy.suspected);
  EXPECT_GT(source.lossy.share_of_frames, 0.9);
}

TEST(HighsMeter, AnswersNothingWhereThereIsNothing) {
  for (const double rate : {8000.0, 44100.0, 192000.0}) {
    for (const int frames : {1, static_cast<int>(0.005 * rate), static_cast<int>(3.0 * rate)}) {
      for (const float level : {0.0F, 0.3F}) {
        const SourceResult source =
            source_of(std::vector<float>(static_cast<std::size_t>(frames), level), rate);
        EXPECT_FALSE(source.lossy.suspected) << rate << " " << frames;
        EXPECT_FALSE(source.upsampled_from_hz) << rate << " " << frames;
      }
    }
    EXPECT_FALSE(HighsMeter(rate).bandwidth_hz());
    EXPECT_FALSE(HighsMeter(rate).lossy().suspected);
  }
}

TEST(HighsMeter, GarbageStaysFinite) {
  NoiseGenerator noise(51);
  for (const double rate : {8000.0, 44100.0, 192000.0}) {
    std::vector<float> signal(static_cast<std::size_t>(4.0 * rate));
    for (float& x : signal) {
      x = static_cast<float>(0.1 * noise.white());
      if (noise.uniform() < 1e-3) x = static_cast<float>(std::pow(10.0, 60.0 * noise.uniform() - 30.0));
    }
    const SourceResult source = source_of(signal, rate);
    if (source.bandwidth_hz) {
      EXPECT_TRUE(std::isfinite(*source.bandwidth_hz));
    }
    if (source.lossy.drop_db) {
      EXPECT_TRUE(std::isfinite(*source.lossy.drop_db));
    }
    EXPECT_TRUE(std::isfinite(source.lossy.confidence));
  }
}

}  // namespace
}  // namespace lacquer
