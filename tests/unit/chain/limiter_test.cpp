#include "chain/limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <vector>

#include "core/decibels.h"
#include "core/noise.h"
#include "support/reference_peak.h"
#include "support/signals.h"

namespace lacquer {
namespace {

std::vector<float> limited(const std::vector<float>& signal, double rate, const LimiterParams& params) {
  Limiter limiter;
  limiter.prepare({rate, 1, 4096});
  limiter.set_params(params);
  AudioBuffer audio(1, static_cast<int>(signal.size()) + limiter.latency_frames());
  std::copy(signal.begin(), signal.end(), audio.channel(0).begin());
  for (int at = 0; at < audio.frames(); at += 4096)
    limiter.process(audio.block().slice(at, std::min(4096, audio.frames() - at)));
  const auto out = audio.channel(0).subspan(static_cast<std::size_t>(limiter.latency_frames()));
  return {out.begin(), out.end()};
}

// Amplitude of one frequency over the last `cycles_s` seconds, by a Hann-windowed Fourier sum.
double amplitude(const std::vector<float>& signal, double rate, double hz, double seconds) {
  const auto count = static_cast<std::size_t>(rate * seconds);
  const std::size_t first = signal.size() - count - static_cast<std::size_t>(rate * 0.1);
  std::complex<double> sum = 0.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double w =
        0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count));
    sum += w * static_cast<double>(signal[first + i]) *
           std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate);
    weight += w;
  }
  return 2.0 * std::abs(sum) / weight;
}

void expect_under(const std::vector<float>& out, double ceiling_db, const char* what) {
  const double peak_db = 20.0 * std::log10(test::reference_true_peak(out));
  EXPECT_LE(peak_db, ceiling_db + 0.02) << what;
}

class LimiterOfBothQualities : public ::testing::TestWithParam<LimiterQuality> {
 protected:
  static LimiterParams driven(double drive_db, double ceiling_dbtp) {
    LimiterParams params;
    params.drive_db = static_cast<float>(drive_db);
    params.ceiling_dbtp = static_cast<float>(ceiling_dbtp);
    params.quality = GetParam();
    return params;
  }
};
INSTANTIATE_TEST_SUITE_P(Limiter, LimiterOfBothQualities,
                         ::testing::Values(LimiterQuality::kLive, LimiterQuality::kBest),
                         [](const auto& one) {
                           return one.param == LimiterQuality::kLive ? "Live" : "Best";
                         });

TEST_P(LimiterOfBothQualities, HoldsItsCeilingOnTortureSignals) {
  for (const double rate : {44100.0, 48000.0, 96000.0}) {
    for (const double ceiling : {-0.1, -2.0}) {
      const LimiterParams params = driven(12.0, ceiling);
      auto tone = test::sine(rate, rate / 4, -3.0, 0.3, 45.0);
      test::fade(tone, rate, 0.01);
      expect_under(limited(tone, rate, params), ceiling, "quarter-rate tone at 45 degrees");
      expect_under(limited(test::white_noise(rate, 0.0, 0.3, 2), rate, params), ceiling, "white noise");
      std::vector<float> bursts(static_cast<std::size_t>(rate * 0.4), 0.0F);
      NoiseGenerator noise(4);
      for (std::size_t i = 0; i < bursts.size(); i += 1 + noise.bits() % 900)
        bursts[i] = static_cast<float>(noise.white());
      expect_under(limited(bursts, rate, params), ceiling, "lone impulses");
      std::vector<float> square(static_cast<std::size_t>(rate * 0.3));
      for (std::size_t i = 0; i < square.size(); ++i) square[i] = (i / 97) % 2 == 0 ? 1.0F : -1.0F;
      expect_under(limited(square, rate, params), ceiling, "full-scale square wave");
      // Alternating samples with a slip of phase: the classic case of a peak far between the samples.
      std::vector<float> slip(static_cast<std::size_t>(rate * 0.2), 0.0F);
      for (std::size_t i = 1000; i + 1000 < slip.size(); ++i)
        slip[i] = ((i + (i > slip.size() / 2 ? 1 : 0)) % 2 == 0) ? 0.9F : -0.9F;
      test::fade(slip, rate, 0.03);
      expect_under(limited(slip, rate, params), ceiling, "alternating samples with a slip");
    }
  }
}

TEST_P(LimiterOfBothQualities, IsTransparentBelowTheCeiling) {
  const auto signal = test::sine(48000, 1000, -6.0, 0.5);
  const auto out = limited(signal, 48000, driven(0.0, -1.0));
  for (std::size_t i = 0; i < signal.size(); ++i) ASSERT_NEAR(out[i], signal[i], 1e-7);
}

TEST_P(LimiterOfBothQualities, BendsABassNoteByLessThanMinus70Db) {
  const auto out = limited(test::sine(48000, 50, 5.0, 3.0), 48000, driven(0.0, -1.0));
  const double fundamental = amplitude(out, 48000, 50, 1.0);
  double harmonics = 0.0;
  for (int k = 2; k <= 20; ++k) harmonics += std::pow(amplitude(out, 48000, 50.0 * k, 1.0), 2.0);
  EXPECT_LT(10.0 * std::log10(harmonics) - 20.0 * std::log10(fundamental), -70.0);
}

// SMPTE RP 120: 60 Hz and 7 kHz, 4:1; sidebands at 7 kHz +- n * 60 Hz.
TEST_P(LimiterOfBothQualities, KeepsSmpteIntermodulationBelowMinus48Db) {
  auto signal = test::sine(48000, 60, 0.0, 3.0);
  const auto high = test::sine(48000, 7000, -12.04, 3.0);
  for (std::size_t i = 0; i < signal.size(); ++i) signal[i] = (signal[i] + high[i]) * 0.8F;
  const auto out = limited(signal, 48000, driven(6.0, 0.0));
  const double carrier = amplitude(out, 48000, 7000, 1.0);
  double sidebands = 0.0;
  for (int k = 1; k <= 4; ++k)
    sidebands += std::pow(amplitude(out, 48000, 7000.0 + 60.0 * k, 1.0), 2.0) +
                 std::pow(amplitude(out, 48000, 7000.0 - 60.0 * k, 1.0), 2.0);
  EXPECT_LT(10.0 * std::log10(sidebands) - 20.0 * std::log10(carrier), -48.0);
}

TEST_P(LimiterOfBothQualities, PutsNoAliasesUnderATone) {
  const auto out = limited(test::sine(44100, 5000, 5.0, 2.0), 44100, driven(0.0, -1.0));
  const double fundamental = amplitude(out, 44100, 5000, 1.0);
  // Images of the harmonics 15, 20 … 45 kHz folded at 44.1 kHz.
  for (const double hz : {900.0, 4100.0, 5900.0, 9100.0, 14100.0, 19100.0})
    EXPECT_LT(20.0 * std::log10(amplitude(out, 44100, hz, 1.0) / fundamental), -90.0) << hz;
}

TEST_P(LimiterOfBothQualities, MovesBothChannelsTogether) {
  Limiter limiter;
  limiter.prepare({48000, 2, 4096});
  limiter.set_params(driven(12.0, -1.0));
  const auto loud = test::white_noise(48000, 0.0, 0.5, 8);
  std::vector<float> quiet(loud.size());
  for (std::size_t i = 0; i < loud.size(); ++i) quiet[i] = loud[i] * 0.25F;
  AudioBuffer audio = test::stereo(loud, quiet);
  for (int at = 0; at + 4096 <= audio.frames(); at += 4096) limiter.process(audio.block().slice(at, 4096));
  for (std::size_t i = 0; i < 20000; ++i) ASSERT_NEAR(audio.channel(1)[i], 0.25F * audio.channel(0)[i], 1e-6);
}

// 1 ms, 6 dB over, on a quiet tone: the tone is back 150 ms later.
TEST_P(LimiterOfBothQualities, IsBackWithinHalfADecibel150MsAfterALonePeak) {
  auto signal = test::sine(48000, 1000, -40.0, 1.0);
  for (std::size_t i = 24000; i < 24048; ++i) signal[i] *= 160.0F;
  const auto out = limited(signal, 48000, driven(4.9, -1.0));
  const auto highest = [&](std::size_t first) {
    float peak = 0.0F;
    for (std::size_t i = first; i < first + 480; ++i) peak = std::max(peak, std::abs(out[i]));
    return 20.0 * std::log10(peak);
  };
  EXPECT_LT(highest(23900), -0.99);  // it had to move
  EXPECT_NEAR(highest(10000), -40.0 + 4.9, 0.01);
  EXPECT_GT(highest(24048 + 7200), -40.0 + 4.9 - 0.5);
}

TEST_P(LimiterOfBothQualities, BadSamplesDoNotStay) {
  auto signal = test::white_noise(48000, 0.0, 0.3, 2);
  signal[3000] = std::numeric_limits<float>::quiet_NaN();
  signal[4000] = std::numeric_limits<float>::infinity();
  signal[5000] = std::numeric_limits<float>::max();
  signal[6000] = std::numeric_limits<float>::denorm_min();
  for (const float sample : limited(signal, 48000, driven(12.0, -1.0))) ASSERT_LT(std::abs(sample), 0.9F);
}

TEST_P(LimiterOfBothQualities, ParametersThatAreNoNumbersAreHarmless) {
  LimiterParams params = driven(6.0, -1.0);
  params.drive_db = params.ceiling_dbtp = params.release_ms = std::numeric_limits<float>::quiet_NaN();
  for (const float sample : limited(test::white_noise(48000, 0.0, 0.1, 2), 48000, params))
    ASSERT_TRUE(std::isfinite(sample));
}

TEST(Limiter, LiveAnswersWithinTwelveMilliseconds) {
  Limiter limiter;
  limiter.prepare({48000, 2, 512});
  LimiterParams params;
  params.quality = LimiterQuality::kLive;
  limiter.set_params(params);
  EXPECT_LT(limiter.latency_frames(), 0.012 * 48000);
}

TEST_P(LimiterOfBothQualities, HoldsItsCeilingWithTheSoftClipToo) {
  for (const double rate : {44100.0, 96000.0})
    for (const float soft_clip_db : {1.0F, 3.0F}) {
      LimiterParams params = driven(9.0, -1.0);
      params.soft_clip_db = soft_clip_db;
      expect_under(limited(test::white_noise(rate, 0.0, 0.3, 2), rate, params), -1.0, "white noise");
      std::vector<float> square(static_cast<std::size_t>(rate * 0.3));
      for (std::size_t i = 0; i < square.size(); ++i) square[i] = (i / 97) % 2 == 0 ? 1.0F : -1.0F;
      expect_under(limited(square, rate, params), -1.0, "full-scale square wave");
    }
}

// Harmonics of 5 kHz above 22.05 kHz would fold to these. 20 kHz is a harmonic, and there to stay.
TEST_P(LimiterOfBothQualities, TheSoftClipFoldsNoHarmonic) {
  LimiterParams params = driven(6.0, -1.0);
  params.soft_clip_db = 1.5F;
  const auto out = limited(test::sine(44100, 5000, -6.5, 2.0), 44100, params);
  const double fundamental = amplitude(out, 44100, 5000, 1.0);
  EXPECT_GT(20.0 * std::log10(amplitude(out, 44100, 15000, 1.0) / fundamental), -60.0);  // it bends
  for (const double hz : {900.0, 4100.0, 5900.0, 9100.0, 14100.0, 19100.0, 20900.0})
    EXPECT_LT(20.0 * std::log10(amplitude(out, 44100, hz, 1.0) / fundamental), -90.0) << hz;
}

TEST(Limiter, TheSoftClipSparesTheGainPeaksThatFarAbove) {
  const auto tone = test::sine(48000, 200, 0.0, 1.0);
  const auto most_gain_taken = [&](float drive_db, float soft_clip_db) {
    Limiter limiter;
    limiter.prepare({48000, 1, 48000});
    limiter.set_params({drive_db, -1.0F, 10.0F, LimiterQuality::kBest, soft_clip_db});
    std::vector<float> gains;
    limiter.watch_gain(&gains);
    AudioBuffer audio(1, 48000);
    std::copy(tone.begin(), tone.end(), audio.channel(0).begin());
    limiter.process(audio.block());
    return drive_db - 20.0 * std::log10(*std::min_element(gains.begin(), gains.end()));
  };
  EXPECT_NEAR(most_gain_taken(1.0F, 0.0F), 2.01, 0.01);
  EXPECT_LT(most_gain_taken(1.0F, 2.0F), 0.05);          // 2 dB above: all of it is rounded off
  EXPECT_NEAR(most_gain_taken(4.0F, 2.0F), 3.01, 0.05);  // 5 dB above: the gain has 3 left
}

TEST(Limiter, TheSoftClipLeavesWhatIsLowerToTheLastBit) {
  const auto signal = test::white_noise(48000, -20.0, 0.3, 9);
  LimiterParams params{0.0F, -1.0F, 10.0F, LimiterQuality::kBest, 0.0F};
  const auto plain = limited(signal, 48000, params);
  params.soft_clip_db = 3.0F;
  EXPECT_EQ(limited(signal, 48000, params), plain);
}

// Hits 40 ms apart, as loud as each other: best turns down for the hits, live for as long again after each.
TEST(Limiter, BestTakesLessFromWhatLiesBetweenTheHits) {
  auto signal = test::sine(48000, 3000, -30.0, 1.0);
  for (std::size_t at = 4800; at + 2000 < signal.size(); at += 1920)
    for (std::size_t i = 0; i < 48; ++i) signal[at + i] *= 64.0F;
  const auto energy = [&](LimiterQuality quality) {
    const auto out = limited(signal, 48000, {0.0F, -1.0F, 10.0F, quality});
    double sum = 0.0;
    for (std::size_t at = 4800; at + 2000 < signal.size(); at += 1920)
      for (std::size_t i = 240; i < 1680; ++i) sum += std::pow(static_cast<double>(out[at + i]), 2.0);
    return 10.0 * std::log10(sum);
  };
  EXPECT_GT(energy(LimiterQuality::kBest), energy(LimiterQuality::kLive) + 0.5);
}

}  // namespace
}  // namespace lacquer
