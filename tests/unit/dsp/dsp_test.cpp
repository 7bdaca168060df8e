#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "core/noise.h"
#include "dsp/cells.h"
#include "dsp/fft.h"
#include "dsp/quantiser.h"
#include "dsp/ramp.h"
#include "dsp/simd.h"
#include "dsp/span_stats.h"
#include "support/signals.h"

namespace lacquer {
namespace {

TEST(Cells, AreAboutAThirdOfAMillisecond) {
  EXPECT_EQ(cell_frames_for(44100), 16);
  EXPECT_EQ(cell_frames_for(48000), 16);
  EXPECT_EQ(cell_frames_for(96000), 32);
  EXPECT_EQ(cell_frames_for(192000), 64);
  EXPECT_EQ(cell_frames_for(384000), 128);
  EXPECT_EQ(cell_frames_for(8000), 4);
}

TEST(RealFft, AgreesWithTheDefinitionOnEveryInstructionSet) {
  const auto noise = test::white_noise(48000, 0.0, 0.01, 4);
  for (const auto& target : simd_targets()) {
    ASSERT_TRUE(force_simd_target(target));
    for (const int size : {2, 4, 6, 12, 64, 150, 384}) {
      RealFft fft(size);
      std::copy_n(noise.begin(), size, fft.input().begin());
      const auto bins = fft.transform();
      ASSERT_EQ(static_cast<int>(bins.size()), size / 2 + 1);
      for (int k = 0; k < fft.bins(); ++k) {
        std::complex<double> sum = 0.0;
        for (int i = 0; i < size; ++i)
          sum += static_cast<double>(noise[static_cast<std::size_t>(i)]) *
                 std::polar(1.0, -2.0 * std::numbers::pi * k * i / size);
        // Single precision: some 1e-7 of the sum of magnitudes, which is below 400.
        EXPECT_NEAR(std::abs(sum - std::complex<double>(bins[static_cast<std::size_t>(k)])), 0.0, 4e-5)
            << target << " " << size << " " << k;
      }
    }
  }
  force_simd_target("");
}

TEST(SpanStats, EveryInstructionSetAgreesWithAPlainLoop) {
  const auto noise = test::white_noise(48000, -1.0, 0.3, 6);
  for (const auto& target : simd_targets()) {
    ASSERT_TRUE(force_simd_target(target));
    for (const std::size_t length : {std::size_t{1}, std::size_t{3}, std::size_t{17}, noise.size()}) {
      const std::span<const float> span(noise.data(), length);
      double sum = 0.0, squares = 0.0;
      float low = span[0], high = span[0];
      for (const float x : span) {
        sum += x, squares += static_cast<double>(x) * x;
        low = std::min(low, x), high = std::max(high, x);
      }
      const SpanStats stats = span_stats(span);
      EXPECT_EQ(stats.low, low) << target;
      EXPECT_EQ(stats.high, high) << target;
      EXPECT_NEAR(stats.sum, sum, 1e-9) << target;
      EXPECT_NEAR(stats.sum_squares, squares, 1e-9 * squares + 1e-15) << target;
      EXPECT_NEAR(dot_product(span, span), squares, 1e-9 * squares + 1e-15) << target;
    }
  }
  force_simd_target("");
  EXPECT_EQ(span_stats({}).sum_squares, 0.0);
}

TEST(Ramp, GlidesOverTwentyMillisecondsOnceAudioHasPassed) {
  Ramp ramp;
  ramp.aim(2.0);
  ramp.prepare(48000);
  EXPECT_EQ(ramp.value(), 2.0);  // before the first sample it is simply there
  ramp.start();
  ramp.aim(1.0);
  double before = 2.0;
  int steps = 0;
  while (ramp.moving()) {
    const double now = ramp.next();
    EXPECT_LT(now, before);
    EXPECT_LT(before - now, 0.0011);  // 1 / 961 frames
    before = now;
    ++steps;
  }
  EXPECT_EQ(steps, 961);
  EXPECT_EQ(ramp.value(), 1.0);
}

std::vector<float> quantised(std::vector<float> signal, int bits, bool shaped, double rate = 44100) {
  Quantiser quantiser;
  quantiser.prepare(rate, 1, {bits, shaped});
  AudioBuffer buffer = test::on_channels(signal, 1);
  quantiser.process(buffer.block());
  const auto out = buffer.channel(0);
  return {out.begin(), out.end()};
}

TEST(Quantiser, LandsOnTheGridAndWithinIt) {
  for (const int bits : {16, 24}) {
    const double scale = std::ldexp(1.0, bits - 1);
    for (const float x : quantised(test::white_noise(44100, 6.0, 0.2, 8), bits, bits == 16)) {
      EXPECT_EQ(std::nearbyint(x * scale), x * scale);
      EXPECT_GE(x, -1.0F);
      EXPECT_LE(x * scale, scale - 1.0);
    }
  }
}

// TPDF dither and rounding: error power of a quarter LSB squared, whatever the signal (Lipshitz et al. 1991).
TEST(Quantiser, DitherMakesTheErrorIndependentOfTheSignal) {
  for (const double level_db : {-3.0, -60.0, -95.0}) {
    const auto signal = test::sine(44100, 997, level_db, 4.0);
    const auto out = quantised(signal, 16, false);
    double mean = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double error = (static_cast<double>(out[i]) - signal[i]) * 32768.0;
      mean += error, squares += error * error;
    }
    mean /= static_cast<double>(out.size());
    EXPECT_NEAR(mean, 0.0, 0.01) << level_db;
    EXPECT_NEAR(squares / static_cast<double>(out.size()), 0.25, 0.005) << level_db;
  }
}

TEST(Quantiser, ShapingMovesNoiseOutOfTheEarsRange) {
  // Noise power of silence-like input in 2-5 kHz, plain against shaped: 15 dB by the published filter at 3.5
  // kHz.
  const auto power_2k_5k = [](const std::vector<float>& signal) {
    RealFft fft(65536);
    std::copy_n(signal.begin(), 65536, fft.input().begin());
    const auto bins = fft.transform();
    double sum = 0.0;
    for (int k = 2000 * 65536 / 44100; k < 5000 * 65536 / 44100; ++k)
      sum += std::norm(bins[static_cast<std::size_t>(k)]);
    return 10.0 * std::log10(sum);
  };
  const auto quiet = test::sine(44100, 50, -80.0, 2.0);
  EXPECT_LT(power_2k_5k(quantised(quiet, 16, true)), power_2k_5k(quantised(quiet, 16, false)) - 12.0);
}

TEST(Quantiser, DigitalSilenceStaysSilentAfterATenthOfASecond) {
  const auto out = quantised(test::silence(44100, 1.0), 16, false);
  for (std::size_t i = 4411; i < out.size(); ++i) ASSERT_EQ(out[i], 0.0F);
}

}  // namespace
}  // namespace lacquer
