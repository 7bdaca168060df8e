#include "playback/system_player.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "measure/spectrum_bands.h"
#include "support/signals.h"

namespace lacquer {
namespace {

using test::sine;

PlaybackSystem level_system() {
  PlaybackSystem system;
  system.id = "test";
  system.curve.points = {{20.0, 0.0}, {20000.0, 0.0}};
  system.noise_db.points = {{20.0, 20.0}, {20000.0, 20.0}};
  return system;
}

// Every trait of the phone model in content/systems.toml that is hard on a filter: 60 dB down at 20 Hz,
// kinks.
PlaybackSystem phone() {
  PlaybackSystem system = level_system();
  system.curve.points = {{20, -60}, {63, -48},  {100, -34},  {160, -20},  {200, -13},  {250, -7},   {315, -3},
                         {400, -1}, {500, 0},   {800, 1},    {1000, 0},   {2000, 0},   {3150, 2},   {4000, 2},
                         {6300, 0}, {8000, -2}, {10000, -1}, {12500, -4}, {16000, -9}, {20000, -16}};
  system.mono_below_hz = 800;
  system.width_above = 0.5;
  return system;
}

double gain_db(const std::vector<float>& taps, double hz, double rate_hz) {
  std::complex<double> sum = 0.0;
  for (std::size_t n = 0; n < taps.size(); ++n)
    sum += static_cast<double>(taps[n]) *
           std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(n) / rate_hz);
  return 20.0 * std::log10(std::abs(sum));
}

AudioBuffer play(const AudioBuffer& in, double rate_hz, const PlaybackSystem& system, int block,
                 std::optional<double> threshold = std::nullopt) {
  SystemPlayer player({rate_hz, in.channels(), block}, system, threshold);
  AudioBuffer out(in.channels(), in.frames());
  int written = 0;
  const auto drain = [&] {
    while (written < in.frames()) {
      const int got = player.pull(out.block().slice(written, std::min(block, in.frames() - written)));
      if (got == 0) break;
      written += got;
    }
  };
  for (int at = 0; at < in.frames(); at += block) {
    player.push(in.block().slice(at, std::min(block, in.frames() - at)));
    drain();
  }
  player.finish();
  drain();
  EXPECT_EQ(written, in.frames());
  return out;
}

double rms_db(std::span<const float> samples) {
  double sum = 0.0;
  for (const float sample : samples) sum += static_cast<double>(sample) * static_cast<double>(sample);
  return 10.0 * std::log10(sum / static_cast<double>(samples.size()) + 1e-30);
}

// Half a decibel is what the ear might just notice of a broad change.
TEST(SystemResponse, FollowsItsDataWithinHalfADecibelBetweenThePoints) {
  for (const double rate_hz : {44100.0, 48000.0, 192000.0}) {
    const PlaybackSystem system = phone();
    const SystemResponse response = design_response(system, rate_hz);
    double worst = 0.0;
    for (double hz = 20.0; hz <= 20000.0; hz *= 1.07)
      worst = std::max(worst, std::abs(gain_db(response.mid, hz, rate_hz) - system.curve.at_db(hz)));
    EXPECT_LT(worst, 0.5) << rate_hz;
  }
}

TEST(SystemResponse, TheSideIsGoneBelowTheMonoFrequencyAndHasItsWidthAbove) {
  const PlaybackSystem system = phone();
  const SystemResponse response = design_response(system, 48000.0);
  EXPECT_LT(gain_db(response.side, 300.0, 48000.0), gain_db(response.mid, 300.0, 48000.0) - 60.0);
  EXPECT_NEAR(gain_db(response.side, 3000.0, 48000.0), gain_db(response.mid, 3000.0, 48000.0) - 6.02, 0.1);
}

TEST(SystemPlayer, OfALevelSystemReturnsWhatWentInHoweverItIsCut) {
  const AudioBuffer in =
      test::stereo(test::white_noise(44100, -6, 1.0, 1), test::white_noise(44100, -6, 1.0, 2));
  const AudioBuffer out = play(in, 44100, level_system(), 777), again = play(in, 44100, level_system(), 4096);
  for (int c = 0; c < 2; ++c)
    for (std::size_t i = 0; i < static_cast<std::size_t>(in.frames()); ++i) {
      ASSERT_NEAR(out.channel(c)[i], in.channel(c)[i], 1e-5) << i;
      ASSERT_EQ(out.channel(c)[i], again.channel(c)[i]) << i;
    }
}

TEST(SystemPlayer, AMonoSystemLosesWhatIsOnlyInTheSides) {
  PlaybackSystem system = level_system();
  system.mono_below_hz = PlaybackSystem::kMonoEverywhereHz;
  system.width_above = 0.0;
  std::vector<float> left = sine(44100, 1000, -6, 1.0), right = left;
  for (float& sample : right) sample = -sample;
  const AudioBuffer out = play(test::stereo(left, right), 44100, system, 1024);
  EXPECT_LT(rms_db(out.channel(0)), -100.0);
  EXPECT_LT(rms_db(out.channel(1)), -100.0);
}

TEST(SystemPlayer, ShortFilesMonoAndHighRatesComeOutAsLongAsTheyWentIn) {
  PlaybackSystem system = phone();
  system.near_side_db = 3.0;
  system.near_side_delay_ms = 1.0;
  for (const double rate_hz : {44100.0, 192000.0})
    for (const int channels : {1, 2})
      for (const int frames : {1, 100, 5000}) {
        AudioBuffer in(channels, frames);
        in.channel(0)[0] = 1.0F;
        play(in, rate_hz, system, 512);
      }
}

TEST(SystemPlayer, TheFartherChannelIsLaterAndQuieter) {
  PlaybackSystem system = level_system();
  system.near_side_db = 3.0;
  system.near_side_delay_ms = 1.0;
  AudioBuffer in(2, 2000);
  in.channel(0)[100] = in.channel(1)[100] = 1.0F;
  const AudioBuffer out = play(in, 48000, system, 512);
  EXPECT_NEAR(out.channel(0)[100], 1.0F, 1e-4);
  EXPECT_NEAR(out.channel(1)[148], std::pow(10.0, -3.0 / 20.0), 1e-4);
}

TEST(SystemLimiter, HoldsASteadyToneAtItsThresholdAndLeavesWhatIsUnderItAlone) {
  const AudioBuffer loud = test::on_channels(sine(48000, 1000, 0, 1.0), 1);
  AudioBuffer limited = loud;
  SystemLimiter limiter(48000, 0.5);
  limiter.process(limited.block());
  const auto late = std::span<const float>(limited.channel(0)).subspan(24000);
  // Half a cycle is much shorter than the release, so the crests stay within a few per cent.
  EXPECT_NEAR(*std::max_element(late.begin(), late.end()), 0.5, 0.03);
  AudioBuffer quiet = test::on_channels(sine(48000, 1000, -7, 0.2), 1);
  const AudioBuffer before = quiet;
  SystemLimiter(48000, 0.5).process(quiet.block());
  EXPECT_TRUE(std::equal(quiet.channel(0).begin(), quiet.channel(0).end(), before.channel(0).begin()));
}

// Third-octave levels of noise over 20 s stray by a few tenths of a dB from 200 Hz up.
TEST(NoiseSource, HasTheThirdOctaveLevelsItWasGiven) {
  const ResponseCurve wanted{{{20.0, -30.0}, {20000.0, -60.0}}};
  NoiseSource noise(48000, wanted);
  AudioBuffer audio(2, 20 * 48000);
  noise.add_to(audio.block());
  RealFft fft(16384);
  const BandSums bands(48000.0 / 16384, fft.bins());
  std::array<double, kBands> sums{};
  int frames = 0;
  for (int at = 0; at + 16384 <= audio.frames(); at += 16384, ++frames) {
    const auto input = fft.input();
    for (std::size_t i = 0; i < 16384; ++i) input[i] = audio.channel(0)[static_cast<std::size_t>(at) + i];
    const auto bins = fft.transform();
    std::vector<float> power;
    for (const auto& bin : bins) power.push_back(std::norm(bin));
    std::array<double, kBands> one{};
    bands.sum(power, 0, kBands, 2.0 / (16384.0 * 16384.0), one);
    for (std::size_t b = 0; b < one.size(); ++b) sums[b] += one[b];
  }
  for (std::size_t t = 10; t < kThirdOctaves; ++t) {
    double power = 0.0;
    for (std::size_t b = 0; b < kBandsPerThirdOctave; ++b)
      power += sums[t * kBandsPerThirdOctave + b] / frames;
    EXPECT_NEAR(10.0 * std::log10(power), wanted.at_db(kThirdOctaveHz[t]), 0.7) << kThirdOctaveHz[t];
  }
}

}  // namespace
}  // namespace lacquer
