#include "audio_io/codec_round_trip.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/error.h"
#include "support/signals.h"

namespace lacquer {
namespace {

class Memory final : public AudioSource {
 public:
  Memory(AudioBuffer audio, double rate_hz) : audio_(std::move(audio)), rate_hz_(rate_hz) {}
  StreamFormat format() const override { return {rate_hz_, audio_.channels(), 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return audio_.frames(); }
  int read(AudioBlock block) override {
    const int part = std::min(block.frames(), audio_.frames() - at_);
    for (int c = 0; c < block.channels(); ++c)
      std::copy_n(audio_.channel(c).begin() + at_, part, block.channel(c).begin());
    at_ += part;
    return part;
  }
  void rewind() override { at_ = 0; }

 private:
  AudioBuffer audio_;
  double rate_hz_;
  int at_ = 0;
};

struct Decoded {
  std::vector<float> original, decoded;  // first channel
};

Decoded through(const AudioBuffer& audio, double rate_hz, const CodecSettings& settings, int block = 4096) {
  Memory source(audio, rate_hz);
  const auto pair = round_trip(source, settings);
  AudioBuffer original(audio.channels(), block);
  AudioBuffer decoded(audio.channels(), block);
  Decoded all;
  while (const int got = pair->read(original.block(), decoded.block())) {
    const auto first = [&](AudioBuffer& from) {
      return from.channel(0).first(static_cast<std::size_t>(got));
    };
    all.original.insert(all.original.end(), first(original).begin(), first(original).end());
    all.decoded.insert(all.decoded.end(), first(decoded).begin(), first(decoded).end());
  }
  return all;
}

// Noise that falls off above about 1 kHz, with a burst every quarter of a second: codecs keep it.
std::vector<float> busy(double rate_hz, double seconds) {
  std::vector<float> signal = test::white_noise(rate_hz, -6.0, seconds, 5);
  const double pole = std::exp(-2.0 * M_PI * 1000.0 / rate_hz);
  double state = 0.0;
  for (std::size_t i = 0; i < signal.size(); ++i) {
    state = pole * state + (1.0 - pole) * signal[i];
    const double beat = std::fmod(static_cast<double>(i) / rate_hz, 0.25);
    signal[i] = static_cast<float>(state * (0.3 + 2.0 * std::exp(-beat / 0.03)));
  }
  return signal;
}

// The shift, in frames, at which the decoded audio correlates best with the original.
int delay_of(const Decoded& pair) {
  constexpr int kMostFrames = 3000;
  double best = -std::numeric_limits<double>::infinity();
  int delay = kMostFrames;
  const auto size = static_cast<int>(pair.original.size());
  for (int shift = -kMostFrames; shift <= kMostFrames; ++shift) {
    double sum = 0.0;
    for (int i = kMostFrames; i < size - kMostFrames; i += 3)
      sum += static_cast<double>(pair.original[static_cast<std::size_t>(i)]) *
             static_cast<double>(pair.decoded[static_cast<std::size_t>(i + shift)]);
    if (sum > best) best = sum, delay = shift;
  }
  return delay;
}

// Level of the difference against the original, in dB.
double error_db(const Decoded& pair) {
  double before = 0.0;
  double difference = 0.0;
  for (std::size_t i = 0; i < pair.original.size(); ++i) {
    before += pair.original[i] * pair.original[i];
    const double d = pair.decoded[i] - pair.original[i];
    difference += d * d;
  }
  return 10.0 * std::log10(difference / before);
}

struct Setup {
  CodecSettings settings;
  double rate_hz;
};

class RoundTripOf : public testing::TestWithParam<Setup> {};

TEST_P(RoundTripOf, comes_back_aligned_to_the_sample_and_equally_long) {
  const auto& [settings, rate_hz] = GetParam();
  if (!codec_is_available(settings.codec)) GTEST_SKIP() << "this FFmpeg lacks it";
  const std::vector<float> signal = busy(rate_hz, 1.3);
  const Decoded pair = through(test::on_channels(signal, 2), rate_hz, settings);
  const double rate = codec_rate_hz(settings.codec, rate_hz);
  const auto frames = std::llround(static_cast<double>(signal.size()) * rate / rate_hz);
  EXPECT_EQ(static_cast<std::int64_t>(pair.original.size()), frames);
  EXPECT_EQ(pair.decoded.size(), pair.original.size());
  EXPECT_EQ(delay_of(pair), 0);
  // Noise is the hardest to encode: 10 to 20 dB is what they reach; an unrelated signal would leave +3 dB.
  EXPECT_LT(error_db(pair), -9.0);
}

INSTANTIATE_TEST_SUITE_P(Codecs, RoundTripOf,
                         testing::Values(Setup{{"vorbis", 96}, 44100}, Setup{{"vorbis", 160}, 48000},
                                         Setup{{"vorbis", 320}, 192000}, Setup{{"aac", 128}, 44100},
                                         Setup{{"aac", 256}, 48000}, Setup{{"aac", 128}, 192000},
                                         Setup{{"opus", 70}, 44100}, Setup{{"opus", 160}, 48000},
                                         Setup{{"opus", 160}, 192000}, Setup{{"mp3", 128}, 44100},
                                         Setup{{"mp3", 320}, 48000}, Setup{{"mp3", 128}, 176400},
                                         Setup{{"mp3", 128}, 8000}),
                         [](const auto& setup) {
                           return setup.param.settings.codec +
                                  std::to_string(setup.param.settings.bitrate_kbps) + "_at_" +
                                  std::to_string(static_cast<int>(setup.param.rate_hz));
                         });

class RoundTrip : public testing::TestWithParam<CodecSettings> {
 protected:
  void SetUp() override {
    if (!codec_is_available(GetParam().codec)) GTEST_SKIP() << "this FFmpeg lacks it";
  }
};

TEST_P(RoundTrip, takes_mono_and_gives_mono) {
  const Decoded pair = through(test::on_channels(busy(44100, 1.3), 1), 44100, GetParam());
  EXPECT_EQ(delay_of(pair), 0);
}

TEST_P(RoundTrip, keeps_silence_silent) {
  const Decoded pair = through(test::on_channels(test::silence(44100, 0.5), 2), 44100, GetParam());
  for (const float sample : pair.decoded) ASSERT_LT(std::abs(sample), 1e-4F);
}

TEST_P(RoundTrip, keeps_the_length_of_the_shortest_files) {
  for (const int frames : {1, 63, 1000, 5000, 30000}) {
    const AudioBuffer audio(2, frames);
    const Decoded pair = through(audio, 48000, GetParam());
    EXPECT_EQ(static_cast<int>(pair.decoded.size()), frames);
  }
}

TEST_P(RoundTrip, gives_the_same_however_it_is_read) {
  const AudioBuffer audio = test::on_channels(busy(44100, 0.7), 2);
  EXPECT_EQ(through(audio, 44100, GetParam()).decoded, through(audio, 44100, GetParam(), 37).decoded);
}

TEST_P(RoundTrip, lets_pass_what_lies_above_full_scale) {
  std::vector<float> loud = busy(44100, 1.0);
  for (float& sample : loud) sample *= 4.0F;
  const Decoded pair = through(test::on_channels(loud, 2), 44100, GetParam());
  float highest = 0.0F;
  float before = 0.0F;
  for (const float sample : pair.decoded) highest = std::max(highest, std::abs(sample));
  for (const float sample : pair.original) before = std::max(before, std::abs(sample));
  ASSERT_GT(before, 1.2F);
  EXPECT_GT(highest, 0.8F * before);
}

INSTANTIATE_TEST_SUITE_P(Codecs, RoundTrip,
                         testing::Values(CodecSettings{"vorbis", 96}, CodecSettings{"aac", 256},
                                         CodecSettings{"opus", 70}, CodecSettings{"mp3", 320}),
                         [](const auto& setup) { return setup.param.codec; });

TEST(CodecRoundTrip, refuses_what_it_cannot_do) {
  EXPECT_FALSE(codec_is_available("he-aac"));
  EXPECT_FALSE(codec_is_available(""));
  Memory surround(AudioBuffer(6, 100), 48000);
  EXPECT_THROW(round_trip(surround, {"aac", 128}), Error);
  Memory stereo(AudioBuffer(2, 100), 48000);
  EXPECT_THROW(round_trip(stereo, {"he-aac", 64}), Error);
}

}  // namespace
}  // namespace lacquer
