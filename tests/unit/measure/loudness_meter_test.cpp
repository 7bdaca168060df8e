#include "measure/loudness_meter.h"

#include <ebur128.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <complex>
#include <cstdio>
#include <filesystem>
#include <numbers>

#include "core/noise.h"
#include "support/meter_signal.h"
#include "support/signals.h"

namespace lacquer {
namespace {

double response_db(double rate, double hz) {
  const std::complex<double> z = std::polar(1.0, -2.0 * std::numbers::pi * hz / rate);
  std::complex<double> h = 1.0;
  for (const auto& c : k_weighting(rate)) h *= (c.b0 + z * (c.b1 + z * c.b2)) / (1.0 + z * (c.a1 + z * c.a2));
  return 20.0 * std::log10(std::abs(h));
}

// BS.1770-5 Tables 1 and 2.
TEST(KWeighting, IsTheStandardsTableAt48kHz) {
  const auto [shelf, high_pass] = k_weighting(48000);
  EXPECT_NEAR(shelf.b0, 1.53512485958697, 1e-13);
  EXPECT_NEAR(shelf.b1, -2.69169618940638, 1e-13);
  EXPECT_NEAR(shelf.b2, 1.19839281085285, 1e-13);
  EXPECT_NEAR(shelf.a1, -1.69065929318241, 1e-13);
  EXPECT_NEAR(shelf.a2, 0.73248077421585, 1e-13);
  EXPECT_NEAR(high_pass.b0, 1.0, 1e-13);
  EXPECT_NEAR(high_pass.a1, -1.99004745483398, 1e-13);
  EXPECT_NEAR(high_pass.a2, 0.99007225036621, 1e-13);
}

TEST(KWeighting, IsTheSameCurveAtEveryRate) {
  for (const double rate : {44100.0, 88200.0, 96000.0, 176400.0, 192000.0, 384000.0})
    for (double hz = 20.0; hz < 20000.0; hz *= 1.1)
      EXPECT_NEAR(response_db(rate, hz), response_db(48000, hz), 0.009) << rate << " " << hz;
}

// The same tone at any rate reads the same; below 32 kHz the filter runs at a raised rate.
TEST(LoudnessMeter, ReadsTheSameAtEveryRateFrom8To384kHz) {
  for (const double rate :
       {8000.0, 11025.0, 16000.0, 22050.0, 24000.0, 32000.0, 44100.0, 48000.0, 88200.0, 192000.0, 384000.0})
    for (const double hz : {100.0, 1000.0, 3000.0}) {
      const auto m = test::measure(test::on_channels(test::sine(rate, hz, -20.0, 5.0), 1), rate, {},
                                   MeasureGroups::kLoudness);
      ASSERT_TRUE(m.loudness.integrated_lufs);
      EXPECT_NEAR(*m.loudness.integrated_lufs, -20.0 - 3.0103 - 0.691 + response_db(48000, hz), 0.02)
          << rate << " " << hz;
    }
}

struct Oracle {
  double integrated = 0.0;
  double momentary_max = -HUGE_VAL;
};
Oracle libebur128(const AudioBuffer& audio, double rate) {
  ebur128_state* state = ebur128_init(static_cast<unsigned>(audio.channels()),
                                      static_cast<unsigned long>(rate), EBUR128_MODE_I | EBUR128_MODE_M);
  std::vector<float> interleaved;
  for (int i = 0; i < audio.frames(); ++i)
    for (int c = 0; c < audio.channels(); ++c)
      interleaved.push_back(audio.channel(c)[static_cast<std::size_t>(i)]);
  const auto step = static_cast<std::size_t>(rate / 100);
  Oracle oracle;
  for (std::size_t at = 0; at < static_cast<std::size_t>(audio.frames()); at += step) {
    const auto count = std::min(step, static_cast<std::size_t>(audio.frames()) - at);
    ebur128_add_frames_float(state, interleaved.data() + at * static_cast<std::size_t>(audio.channels()),
                             count);
    double now = 0.0;
    ebur128_loudness_momentary(state, &now);
    oracle.momentary_max = std::max(oracle.momentary_max, now);
  }
  ebur128_loudness_global(state, &oracle.integrated);
  ebur128_destroy(&state);
  return oracle;
}

// Bursts of noise of many levels: what gating and windows must get right.
AudioBuffer bursts(double rate, int channels, std::uint64_t seed) {
  NoiseGenerator noise(seed);
  AudioBuffer audio(channels, static_cast<int>(rate * 12));
  double level = 0.1;
  for (int i = 0; i < audio.frames(); ++i) {
    if (noise.uniform() < 3.0 / rate) level = std::pow(10.0, -3.5 * noise.uniform());
    for (int c = 0; c < channels; ++c)
      audio.channel(c)[static_cast<std::size_t>(i)] =
          static_cast<float>(level * noise.white() * (c + 1.0) / channels);
  }
  return audio;
}

TEST(LoudnessMeter, AgreesWithLibebur128OnRandomBursts) {
  const auto seed = test::test_seed(31);
  for (const double rate : {44100.0, 48000.0})
    for (const int channels : {1, 2}) {
      const AudioBuffer audio = bursts(rate, channels, seed + static_cast<std::uint64_t>(channels));
      const Oracle oracle = libebur128(audio, rate);
      const auto blocks = test::random_blocks(audio.frames(), 5000, seed);
      const auto m = test::measure(audio, rate, blocks, MeasureGroups::kLoudness);
      EXPECT_NEAR(*m.loudness.integrated_lufs, oracle.integrated, 0.01) << "seed " << seed;
      EXPECT_NEAR(*m.loudness.momentary_max_lufs, oracle.momentary_max, 0.05) << "seed " << seed;
    }
}

// A song that Debian ships in two stems (package fretsonfire-songs-sectoid), decoded by FFmpeg.
AudioBuffer real_music(const std::string& song, double rate) {
  const std::string command = "ffmpeg -nostdin -v error -t 60 -i '" + song + "' -f f32le -ac 2 -ar " +
                              std::to_string(static_cast<int>(rate)) + " - 2>/dev/null";
  std::vector<float> interleaved;
  if (FILE* pipe = ::popen(command.c_str(), "r")) {
    std::array<float, 8192> part{};
    while (const auto got = std::fread(part.data(), sizeof(float), part.size(), pipe))
      interleaved.insert(interleaved.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(got));
    ::pclose(pipe);
  }
  AudioBuffer audio(2, static_cast<int>(interleaved.size() / 2));
  for (std::size_t i = 0; i + 1 < interleaved.size(); i += 2)
    for (int c = 0; c < 2; ++c) audio.channel(c)[i / 2] = interleaved[i + static_cast<std::size_t>(c)];
  return audio;
}

TEST(LoudnessMeter, AgreesWithLibebur128OnRealMusic) {
  const std::string folder = "/usr/share/games/fretsonfire/data/songs/sectoid/Metal madness/";
  if (!std::filesystem::exists(folder + "song.ogg"))
    GTEST_SKIP() << "install fretsonfire-songs-sectoid to compare on real music";
  const auto seed = test::test_seed(61);
  for (const char* stem : {"song.ogg", "guitar.ogg"})
    for (const double rate : {44100.0, 48000.0}) {
      const AudioBuffer audio = real_music(folder + stem, rate);
      if (audio.frames() == 0) GTEST_SKIP() << "FFmpeg is not there, or cannot decode Vorbis";
      const Oracle oracle = libebur128(audio, rate);
      const auto blocks = test::random_blocks(audio.frames(), 5000, seed);
      const auto m = test::measure(audio, rate, blocks, MeasureGroups::kLoudness);
      EXPECT_NEAR(*m.loudness.integrated_lufs, oracle.integrated, 0.01) << stem << " seed " << seed;
      EXPECT_NEAR(*m.loudness.momentary_max_lufs, oracle.momentary_max, 0.05) << stem << " seed " << seed;
    }
}

TEST(LoudnessMeter, SaysNothingWhereThereIsNothingToSay) {
  for (const double seconds : {0.0, 0.005, 0.3}) {
    const auto m = test::measure(test::on_channels(test::sine(48000, 1000, -20, seconds), 2), 48000);
    EXPECT_FALSE(m.loudness.integrated_lufs) << seconds;
    EXPECT_FALSE(m.loudness.range_lu) << seconds;
    EXPECT_FALSE(m.loudness.short_term_max_lufs) << seconds;
  }
  const auto silent = test::measure(test::on_channels(test::silence(48000, 5.0), 2), 48000);
  EXPECT_FALSE(silent.loudness.integrated_lufs);
  EXPECT_FALSE(silent.peak.true_dbtp);
  EXPECT_FALSE(silent.stereo->correlation);
  EXPECT_FALSE(silent.dynamics->plr_db);
  for (const auto& band : silent.spectrum->third_octaves) EXPECT_FALSE(band.level_db);
}

TEST(LoudnessMeter, MonoLossOfUnrelatedChannelsIsThreeDecibels) {
  const auto left = test::white_noise(48000, -12, 10.0, 1);
  const auto right = test::white_noise(48000, -12, 10.0, 2);
  EXPECT_NEAR(*test::measure(test::stereo(left, right), 48000).stereo->mono_loss_db, 3.01, 0.05);
  EXPECT_NEAR(*test::measure(test::stereo(left, left), 48000).stereo->mono_loss_db, 0.0, 1e-4);
}

}  // namespace
}  // namespace lacquer
