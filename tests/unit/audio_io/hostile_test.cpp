#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "core/error.h"
#include "files.h"

namespace lacquer {
namespace {

using namespace test;

WriteSettings wav16() {
  WriteSettings settings;
  settings.bits = 16;
  settings.sample_rate_hz = 44100;
  return settings;
}

// A plain WAV header is 44 bytes: the RIFF size at 4, the data size at 40.
std::string wav_bytes(const TemporaryFolder& folder, int frames = 5000) {
  WriteSettings settings = wav16();
  settings.overwrite = true;
  return bytes_of(write_audio(folder / "made.wav", noise(2, frames, 16), settings));
}

std::string with_data_size(std::string bytes, std::uint32_t size) {
  std::memcpy(bytes.data() + 40, &size, 4);
  return bytes;
}

TEST(Hostile, WhatIsNotAFileIsRefusedInItsOwnWords) {
  const TemporaryFolder folder;
  put_bytes(folder / "empty.wav", "");
  ASSERT_EQ(::mkfifo((folder / "pipe.wav").c_str(), 0600), 0);
  EXPECT_NE(error_of_opening(folder / "missing.wav").find("no such file"), std::string::npos);
  EXPECT_NE(error_of_opening(folder.path()).find("folder"), std::string::npos);
  EXPECT_NE(error_of_opening(folder / "empty.wav").find("empty"), std::string::npos);
  EXPECT_NE(error_of_opening(folder / "pipe.wav").find("pipe"), std::string::npos);
  EXPECT_NE(error_of_opening("/dev/zero").find("device"), std::string::npos);
}

TEST(Hostile, TextNamedWavIsRefused) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "It was a dark and stormy night; the rain fell in torrents. ";
  for (const char* name : {"a.wav", "a.mp3", "a.flac", "a.aac"}) {
    put_bytes(folder / name, text);
    EXPECT_NE(error_of_opening(folder / name), "") << name;
    put_bytes(folder / name, "hello\n");
    EXPECT_NE(error_of_opening(folder / name), "") << name;
  }
}

TEST(Hostile, APlaylistOpensNothingElse) {
  const TemporaryFolder folder;
  const auto real = write_audio(folder / "real.wav", noise(2, 5000, 16), wav16());
  const std::string where = real.string();
  const std::string lists[] = {
      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + where + "\n#EXT-X-ENDLIST\n",
      "ffconcat version 1.0\nfile '" + where + "'\n",
      "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><AdaptationSet>"
      "<Representation><BaseURL>" +
          where + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
      "[playlist]\nFile1=" + where + "\n",
      "<asx version=\"3.0\"><entry><ref href=\"" + where + "\"/></entry></asx>",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n"};
  for (const std::string& list : lists)
    for (const char* name : {"list.wav", "list.mp3", "list.m3u8"}) {
      put_bytes(folder / name, list);
      EXPECT_NE(error_of_opening(folder / name), "") << list;
    }
}

TEST(Hostile, AnyNameIsJustALocalFile) {
  const TemporaryFolder folder;
  const std::string bytes = wav_bytes(folder);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  std::filesystem::create_directories("http:/x");
  for (const char* name : {"http://x/y.wav", "-i", "concat:a|b", "file:a.wav", "pipe:0", "a b 'c' \"d\".wav",
                           "line\nbreak.wav", "bad\xff\xfe.wav", "%d.wav", "a*?.wav"}) {
    put_bytes(name, bytes);
    EXPECT_EQ(error_of_opening(name), "") << name;
    EXPECT_EQ(error_of_opening(name, Reader::libav), "") << name;
  }
  EXPECT_NE(error_of_opening("http://example.org/a.wav"), "");
  std::filesystem::current_path(before);
}

TEST(Hostile, AStreamedHeaderIsReadToTheEndOfTheFile) {
  const TemporaryFolder folder;
  const std::string bytes = wav_bytes(folder);
  for (const std::uint32_t size : {0U, 0xFFFFFFFFU})
    for (const Reader reader : {Reader::automatic, Reader::libav}) {
      put_bytes(folder / "a.wav", with_data_size(bytes, size));
      const auto source = open_audio(folder / "a.wav", reader);
      EXPECT_EQ(read_all(*source).frames(), 5000) << size;
      EXPECT_FALSE(source->info().truncated) << size;
    }
}

TEST(Hostile, AHeaderThatAnnouncesMoreThanThereIsMeansTruncated) {
  const TemporaryFolder folder;
  put_bytes(folder / "a.wav", with_data_size(wav_bytes(folder), 1000000));
  for (const Reader reader : {Reader::automatic, Reader::libav}) {
    const auto source = open_audio(folder / "a.wav", reader);
    EXPECT_EQ(read_all(*source).frames(), 5000);
    EXPECT_TRUE(source->info().truncated);
  }
}

TEST(Hostile, AHeaderThatAnnouncesLessIsBelieved) {
  const TemporaryFolder folder;
  put_bytes(folder / "a.wav", with_data_size(wav_bytes(folder), 4000));
  const auto source = open_audio(folder / "a.wav");
  EXPECT_EQ(read_all(*source).frames(), 1000);
  EXPECT_FALSE(source->info().truncated);
}

TEST(Hostile, AFileOfNoFramesHoldsNoAudio) {
  const TemporaryFolder folder;
  for (const FileFormat format : {FileFormat::wav, FileFormat::aiff}) {
    WriteSettings settings = wav16();
    settings.format = format;
    settings.overwrite = true;
    write_audio(folder / "a", AudioBuffer(2, 0), settings);
    EXPECT_NE(error_of_opening(folder / "a").find("holds no audio"), std::string::npos)
        << static_cast<int>(format);
  }
  // STREAMINFO alone: 44.1 kHz, 2 channels, 16 bits, no samples (RFC 9639, section 8.2).
  const std::string streaminfo("\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x42\xf0\0\0\0\0", 18);
  put_bytes(folder / "c.flac", std::string("fLaC\x80\0\0\x22", 8) + streaminfo + std::string(16, '\0'));
  EXPECT_NE(error_of_opening(folder / "c.flac").find("holds no audio"), std::string::npos);
  put_bytes(folder / "b.wav", wav_bytes(folder, 0) + std::string("LIST\4\0\0\0INFO", 12));
  EXPECT_NE(error_of_opening(folder / "b.wav").find("holds no audio"), std::string::npos);
}

TEST(Hostile, ARateOutOfRangeIsRefused) {
  const TemporaryFolder folder;
  for (const std::uint32_t rate : {0U, 7999U, 384001U, 2000000000U}) {
    std::string bytes = wav_bytes(folder);
    std::memcpy(bytes.data() + 24, &rate, 4);
    put_bytes(folder / "a.wav", bytes);
    EXPECT_NE(error_of_opening(folder / "a.wav"), "") << rate;
    EXPECT_NE(error_of_opening(folder / "a.wav", Reader::libav), "") << rate;
  }
}

// Half a file is half the music, and said to be.
class Truncated : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Truncated, IsDecodedAsFarAsItGoesAndSaysSo) {
  const TemporaryFolder folder;
  const auto [muxer, encoder] = GetParam();
  const auto whole = encode(folder / "whole", muxer, encoder, tone(2, 200000, 44100, 440), 44100);
  const std::string bytes = bytes_of(whole);
  put_bytes(folder / "cut", bytes.substr(0, bytes.size() / 2));
  const auto source = open_audio(folder / "cut");
  const AudioBuffer first = read_all(*source);
  EXPECT_GT(first.frames(), 40000);  // an Ogg page, lost when cut, holds up to a second
  EXPECT_LT(first.frames(), 140000);
  EXPECT_TRUE(source->info().truncated);
  EXPECT_EQ(source->info().frames, first.frames());
  source->rewind();
  EXPECT_TRUE(same_samples(first, read_all(*source, 512)));
}

INSTANTIATE_TEST_SUITE_P(Formats, Truncated,
                         testing::Values(std::pair{"wav", "pcm_s16le"}, std::pair{"aiff", "pcm_s16be"},
                                         std::pair{"flac", "flac"}, std::pair{"mp3", "libmp3lame"},
                                         std::pair{"caf", "pcm_s16le"}, std::pair{"ogg", "libvorbis"},
                                         std::pair{"w64", "pcm_s16le"}),
                         [](const auto& made) { return std::string(made.param.first); });

TEST(Hostile, DamageInTheMiddleIsStatedAndTheRestDecoded) {
  const TemporaryFolder folder;
  for (const auto& [muxer, encoder] : {std::pair{"flac", "flac"}, std::pair{"ogg", "libvorbis"}}) {
    std::string bytes = bytes_of(encode(folder / muxer, muxer, encoder, noise(2, 200000, 24), 44100));
    for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 3000; ++i) bytes[i] = '\x55';
    put_bytes(folder / "damaged", bytes);
    for (const Reader reader : {Reader::automatic, Reader::libav}) {
      const auto source = open_audio(folder / "damaged", reader);
      EXPECT_GT(read_all(*source).frames(), 150000) << muxer << static_cast<int>(reader);
      EXPECT_TRUE(source->info().truncated) << muxer << static_cast<int>(reader);
    }
  }
}

TEST(Hostile, TheSameFileIsKnownByAnyName) {
  const TemporaryFolder folder;
  put_bytes(folder / "a", "x");
  put_bytes(folder / "b", "x");
  std::filesystem::create_symlink("a", folder / "link");
  std::filesystem::create_hard_link(folder / "a", folder / "hard");
  EXPECT_TRUE(same_file(folder / "a", folder / "link"));
  EXPECT_TRUE(same_file(folder / "a", folder / "hard"));
  EXPECT_TRUE(same_file(folder / "a", folder.path() / "." / "a"));
  EXPECT_FALSE(same_file(folder / "a", folder / "b"));
  EXPECT_FALSE(same_file(folder / "a", folder / "missing"));
}

}  // namespace
}  // namespace lacquer
