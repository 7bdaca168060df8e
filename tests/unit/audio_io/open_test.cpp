#include "audio_io/open.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "files.h"

namespace lacquer {
namespace {

using namespace test;

WriteSettings wav(double sample_rate_hz, int bits = 24) {
  WriteSettings settings;
  settings.bits = bits;
  settings.is_float = bits == 32;
  settings.sample_rate_hz = sample_rate_hz;
  return settings;
}

TEST(Open, AWavSaysWhatItIs) {
  const TemporaryFolder folder;
  const auto source = open_audio(write_audio(folder / "a.wav", noise(2, 4800, 24), wav(48000)));
  const SourceInfo& info = source->info();
  EXPECT_EQ(info.container, "wav");
  EXPECT_EQ(info.codec, "pcm_s24le");
  EXPECT_EQ(info.bits, 24);
  EXPECT_EQ(info.sample_rate_hz, 48000.0);
  EXPECT_EQ(info.channels, 2);
  EXPECT_EQ(info.channel_layout, "stereo");
  EXPECT_EQ(info.frames, 4800);
  EXPECT_DOUBLE_EQ(info.duration_s, 0.1);
  EXPECT_FALSE(info.is_float || info.lossy || info.extensible_header || info.truncated);
  EXPECT_EQ(source->announced_frames(), 4800);
}

TEST(Open, ASampleOfFullScaleIsMinusOne) {
  const TemporaryFolder folder;
  AudioBuffer audio(1, 2);
  audio.channel(0)[0] = -1.0F;
  audio.channel(0)[1] = 0x1p-23F;
  const AudioBuffer read = read_all(*open_audio(write_audio(folder / "a.wav", audio, wav(44100))));
  EXPECT_EQ(read.channel(0)[0], -1.0F);
  EXPECT_EQ(read.channel(0)[1], 0x1p-23F);
}

// The two libraries must be interchangeable: not one bit may differ.
struct Case {
  const char* name;
  const char* muxer;
  const char* encoder;
  int bits;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class BothReaders : public testing::TestWithParam<Case> {};

TEST_P(BothReaders, GiveTheSameFloatsAndTheSameDescription) {
  const TemporaryFolder folder;
  const AudioBuffer audio = noise(2, 10001, GetParam().bits);
  const auto path = encode(folder / GetParam().name, GetParam().muxer, GetParam().encoder, audio, 44100);
  const auto one = open_audio(path, Reader::sndfile);
  const auto two = open_audio(path, Reader::libav);
  EXPECT_EQ(one->info().codec, two->info().codec);
  EXPECT_EQ(one->info().container, two->info().container);
  EXPECT_EQ(one->info().bits, two->info().bits);
  EXPECT_EQ(one->info().is_float, two->info().is_float);
  EXPECT_EQ(one->info().lossy, two->info().lossy);
  EXPECT_EQ(one->info().channel_layout, two->info().channel_layout);
  EXPECT_EQ(one->announced_frames(), two->announced_frames());
  const AudioBuffer first = read_all(*one);
  EXPECT_TRUE(same_samples(first, read_all(*two, 777)));
  EXPECT_TRUE(same_samples(first, audio));
  EXPECT_FALSE(one->info().truncated);
  EXPECT_FALSE(two->info().truncated);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, BothReaders,
    testing::Values(Case{"s16.wav", "wav", "pcm_s16le", 16}, Case{"s24.wav", "wav", "pcm_s24le", 24},
                    Case{"s32.wav", "wav", "pcm_s32le", 24}, Case{"f32.wav", "wav", "pcm_f32le", 0},
                    Case{"s16.aiff", "aiff", "pcm_s16be", 16}, Case{"s24.aiff", "aiff", "pcm_s24be", 24},
                    Case{"le.aiff", "aiff", "pcm_s16le", 16}, Case{"f32.aiff", "aiff", "pcm_f32be", 0},
                    Case{"s16.caf", "caf", "pcm_s16le", 16}, Case{"s24.caf", "caf", "pcm_s24be", 24},
                    Case{"s24.w64", "w64", "pcm_s24le", 24}, Case{"a.flac", "flac", "flac", 24}),
    [](const auto& made) {
      std::string name = made.param.name;
      for (char& c : name)
        if (c == '.') c = '_';
      return name;
    });

struct Compressed {
  const char* name;
  const char* muxer;
  const char* encoder;
  const char* container;
  const char* codec;
  bool lossy;
};

void PrintTo(const Compressed& c, std::ostream* out) { *out << c.name; }

double error_at_shift(const AudioBuffer& decoded, const AudioBuffer& original, int shift) {
  double error = 0.0;
  for (int i = 5000; i < 35000; ++i)
    error += std::pow(decoded.channel(0)[static_cast<std::size_t>(i + shift)] -
                          original.channel(0)[static_cast<std::size_t>(i)],
                      2);
  return error;
}

class Codec : public testing::TestWithParam<Compressed> {};

TEST_P(Codec, IsDecodedWithoutItsDelayAndTheSameAfterRewinding) {
  const TemporaryFolder folder;
  const AudioBuffer audio = tone(2, 48000, 48000, 440);
  const auto source =
      open_audio(encode(folder / GetParam().name, GetParam().muxer, GetParam().encoder, audio, 48000));
  EXPECT_EQ(source->info().container, GetParam().container);
  EXPECT_EQ(source->info().codec, GetParam().codec);
  EXPECT_EQ(source->info().lossy, GetParam().lossy);
  EXPECT_EQ(source->info().bits.has_value(), !GetParam().lossy);
  const AudioBuffer first = read_all(*source);
  EXPECT_FALSE(source->info().truncated);
  EXPECT_EQ(source->info().frames, first.frames());
  source->rewind();
  EXPECT_TRUE(same_samples(first, read_all(*source, 333)));
  // With the delay taken out the decoded tone lies on the encoded one, not a sample earlier or later.
  ASSERT_GE(first.frames(), 40000);
  const double aligned = error_at_shift(first, audio, 0);
  EXPECT_LT(aligned, error_at_shift(first, audio, -1));
  EXPECT_LT(aligned, error_at_shift(first, audio, 1));
}

INSTANTIATE_TEST_SUITE_P(Codecs, Codec,
                         testing::Values(Compressed{"a.mp3", "mp3", "libmp3lame", "mp3", "mp3", true},
                                         Compressed{"a.m4a", "ipod", "aac", "mp4", "aac", true},
                                         Compressed{"a.ogg", "ogg", "libvorbis", "ogg", "vorbis", true},
                                         Compressed{"a.opus", "ogg", "libopus", "ogg", "opus", true},
                                         Compressed{"alac.m4a", "ipod", "alac", "mp4", "alac", false},
                                         Compressed{"alac.caf", "caf", "alac", "caf", "alac", false},
                                         Compressed{"a.mkv", "matroska", "flac", "matroska", "flac", false},
                                         Compressed{"flac.ogg", "ogg", "flac", "ogg", "flac", false}),
                         [](const auto& made) {
                           std::string name = made.param.name;
                           for (char& c : name)
                             if (c == '.') c = '_';
                           return name;
                         });

TEST(Open, TwentyFourBitsInAThirtyTwoBitWordAreTwentyFour) {
  const TemporaryFolder folder;
  const AudioBuffer audio = noise(2, 9000, 24);
  for (const char* muxer : {"ipod", "caf"}) {
    const auto source = open_audio(encode(folder / muxer, muxer, "alac", audio, 96000));
    EXPECT_EQ(source->info().bits, 24);
    EXPECT_TRUE(same_samples(read_all(*source), audio));
  }
}

TEST(Open, EveryRateAndChannelCountRoundTripsExactly) {
  const TemporaryFolder folder;
  for (const double rate :
       {8000.0, 11025.0, 44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0, 352800.0, 384000.0})
    for (const int channels : {1, 2, 6})
      for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff})
        for (const int bits : {16, 24, 32}) {
          if (format == FileFormat::flac && bits == 32) continue;
          SCOPED_TRACE(testing::Message() << rate << " Hz, " << channels << " ch, " << bits
                                          << " bits, format " << static_cast<int>(format));
          WriteSettings settings = wav(rate, bits);
          settings.format = format;
          settings.overwrite = true;
          const AudioBuffer audio = noise(channels, 4321, bits == 32 ? 0 : bits);
          const auto source = open_audio(write_audio(folder / "a", audio, settings));
          EXPECT_EQ(source->format().sample_rate_hz, rate);
          EXPECT_EQ(source->info().bits, bits);
          EXPECT_TRUE(same_samples(read_all(*source), audio));
          EXPECT_FALSE(source->info().truncated);
        }
}

TEST(Open, FloatAboveFullScaleArrivesIntact) {
  const TemporaryFolder folder;
  AudioBuffer audio = noise(2, 5000, 0);
  for (int c = 0; c < 2; ++c)
    for (float& sample : audio.channel(c)) sample *= 7.5F;
  const auto path = write_audio(folder / "a.wav", audio, wav(48000, 32));
  EXPECT_TRUE(same_samples(read_all(*open_audio(path, Reader::sndfile)), audio));
  EXPECT_TRUE(same_samples(read_all(*open_audio(path, Reader::libav)), audio));
}

TEST(Open, WhatIsNoAudioBecomesSilenceAndIsCounted) {
  const TemporaryFolder folder;
  AudioBuffer audio = noise(2, 5000, 0);
  audio.channel(0)[10] = NAN;
  audio.channel(1)[4000] = INFINITY;
  audio.channel(1)[4001] = -INFINITY;
  audio.channel(1)[4100] = 1e30F;  // a number, but no audio
  audio.channel(1)[4101] = -900'000.0F;
  const auto path = write_audio(folder / "a.wav", audio, wav(48000, 32));
  for (const Reader reader : {Reader::sndfile, Reader::libav}) {
    const auto source = open_audio(path, reader);
    const AudioBuffer read = read_all(*source);
    EXPECT_EQ(source->info().non_finite_samples, 4);
    EXPECT_EQ(read.channel(1)[4100], 0.0F);
    EXPECT_EQ(read.channel(1)[4101], -900'000.0F);
    EXPECT_EQ(read.channel(0)[10], 0.0F);
    EXPECT_EQ(read.channel(1)[4001], 0.0F);
    EXPECT_EQ(read.channel(1)[4002], audio.channel(1)[4002]);
    source->rewind();
    read_all(*source);
    EXPECT_EQ(source->info().non_finite_samples, 4);
  }
}

TEST(Open, SixChannelsOfAWavAreWeightedAsInFivePointOne) {
  const TemporaryFolder folder;
  const auto path = write_audio(folder / "a.wav", noise(6, 100, 24), wav(48000));
  for (const Reader reader : {Reader::sndfile, Reader::libav}) {
    const auto source = open_audio(path, reader);
    EXPECT_EQ(source->info().channel_layout, "5.1");
    using enum ChannelRole;
    EXPECT_EQ(source->channel_roles(), (std::vector<ChannelRole>{main, main, main, lfe, surround, surround}));
  }
}

TEST(Open, MonoStaysMono) {
  const TemporaryFolder folder;
  const auto source = open_audio(write_audio(folder / "a.wav", noise(1, 100, 24), wav(48000)));
  EXPECT_EQ(source->format().channels, 1);
  EXPECT_EQ(source->info().channel_layout, "mono");
}

TEST(Open, AnExtensibleHeaderIsNoticed) {
  const TemporaryFolder folder;
  const auto plain = write_audio(folder / "plain.wav", noise(2, 100, 24), wav(48000));
  const auto extensible = encode(folder / "x.wav", "wav", "pcm_s24le", noise(6, 100, 24), 48000);
  EXPECT_FALSE(open_audio(plain)->info().extensible_header);
  EXPECT_TRUE(open_audio(extensible)->info().extensible_header);
}

TEST(Open, OneSampleIsEnough) {
  const TemporaryFolder folder;
  const auto source = open_audio(write_audio(folder / "a.wav", noise(2, 1, 16), wav(44100, 16)));
  EXPECT_EQ(read_all(*source).frames(), 1);
}

TEST(Open, ReadingAfterTheEndGivesNothing) {
  const TemporaryFolder folder;
  const auto source = open_audio(write_audio(folder / "a.wav", noise(2, 100, 16), wav(44100, 16)));
  read_all(*source);
  AudioBuffer buffer(2, 10);
  EXPECT_EQ(source->read(buffer.block()), 0);
}

}  // namespace
}  // namespace lacquer
