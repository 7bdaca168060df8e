#include "audio_io/write.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <functional>

#include "audio_io/atomic_file.h"
#include "audio_io/hash.h"
#include "audio_io/open.h"
#include "core/error.h"
#include "files.h"

namespace lacquer {
namespace {

using namespace test;

WriteSettings settings(FileFormat format, int bits) {
  WriteSettings made;
  made.format = format;
  made.bits = bits;
  made.is_float = bits == 32;
  made.sample_rate_hz = 44100;
  return made;
}

std::string error_of(const std::function<void()>& work) {
  try {
    work();
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

std::uint32_t number(const std::string& bytes, std::size_t at, int width) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, static_cast<std::size_t>(width));
  return value;
}

// RIFF, WAVE, fmt with 16 bytes and format code 1, data: the plainest header there is, and nothing after the
// audio.
TEST(Write, AWavHasAPlainPcmHeaderAndNothingElse) {
  const TemporaryFolder folder;
  for (const int bits : {16, 24}) {
    const auto path = folder / std::to_string(bits);
    const std::string bytes =
        bytes_of(write_audio(path, noise(2, 1000, bits), settings(FileFormat::wav, bits)));
    const auto data = static_cast<std::uint32_t>(1000 * 2 * bits / 8);
    ASSERT_EQ(bytes.size(), 44 + data);
    EXPECT_EQ(bytes.substr(0, 4) + bytes.substr(8, 8) + bytes.substr(36, 4), "RIFFWAVEfmt data");
    EXPECT_EQ(number(bytes, 4, 4), 36 + data);
    EXPECT_EQ(number(bytes, 16, 4), 16U);
    EXPECT_EQ(number(bytes, 20, 2), 1U);
    EXPECT_EQ(number(bytes, 22, 2), 2U);
    EXPECT_EQ(number(bytes, 24, 4), 44100U);
    EXPECT_EQ(number(bytes, 34, 2), static_cast<std::uint32_t>(bits));
    EXPECT_EQ(number(bytes, 40, 4), data);
  }
}

TEST(Write, AFloatFileHasFormatCodeThreeAndNoPeakChunk) {
  const TemporaryFolder folder;
  const std::string wav =
      bytes_of(write_audio(folder / "a", noise(2, 1000, 0), settings(FileFormat::wav, 32)));
  EXPECT_EQ(number(wav, 20, 2), 3U);
  EXPECT_EQ(wav.find("PEAK"), std::string::npos);
  const std::string aiff =
      bytes_of(write_audio(folder / "b", noise(2, 1000, 0), settings(FileFormat::aiff, 32)));
  EXPECT_EQ(aiff.find("PEAK"), std::string::npos);
}

TEST(Write, TheSameAudioGivesTheSameBytes) {
  const TemporaryFolder folder;
  for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff})
    for (const int bits : {16, 24, 32}) {
      if (format == FileFormat::flac && bits == 32) continue;
      WriteSettings wanted = settings(format, bits);
      wanted.overwrite = true;
      wanted.tags.fields["TITLE"] = {"A title"};
      write_audio(folder / "a", noise(2, 9999, 0), wanted);
      write_audio(folder / "b", noise(2, 9999, 0), wanted);
      EXPECT_EQ(sha256_of_file(folder / "a"), sha256_of_file(folder / "b"))
          << static_cast<int>(format) << bits;
    }
}

TEST(Write, BeyondFullScaleIsHeldAndNeverWraps) {
  const TemporaryFolder folder;
  AudioBuffer audio(1, 4);
  audio.channel(0)[0] = 1.0F;
  audio.channel(0)[1] = 3.0F;
  audio.channel(0)[2] = -3.0F;
  audio.channel(0)[3] = NAN;
  for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff})
    for (const int bits : {16, 24}) {
      WriteSettings wanted = settings(format, bits);
      wanted.overwrite = true;
      const AudioBuffer read = read_all(*open_audio(write_audio(folder / "a", audio, wanted)));
      const auto top = static_cast<float>(1.0 - std::ldexp(1.0, 1 - bits));
      EXPECT_EQ(read.channel(0)[0], top);
      EXPECT_EQ(read.channel(0)[1], top);
      EXPECT_EQ(read.channel(0)[2], -1.0F);
      EXPECT_EQ(read.channel(0)[3], 0.0F);
    }
}

TEST(Write, Rf64IsChosenByTheLengthThatWillBe) {
  EXPECT_FALSE(needs_rf64(44100LL * 3600, 2, 24));
  EXPECT_TRUE(needs_rf64(715'827'883LL, 2, 24));  // 2^32 bytes / 6
  EXPECT_FALSE(needs_rf64(715'600'000LL, 2, 24));
  const TemporaryFolder folder;
  WriteSettings wanted = settings(FileFormat::wav, 24);
  wanted.frames = std::int64_t{1} << 30;
  FileSink sink(folder / "a.wav", wanted);
  EXPECT_STREQ(sink.container(), "rf64");
  sink.write(noise(2, 1000, 24).block());
  sink.commit();
  const auto source = open_audio(folder / "a.wav");
  EXPECT_EQ(source->info().container, "rf64");
  EXPECT_TRUE(same_samples(read_all(*source), noise(2, 1000, 24)));
  EXPECT_FALSE(source->info().truncated);
  wanted.format = FileFormat::aiff;
  EXPECT_NE(error_of([&] { FileSink(folder / "b.aiff", wanted); }).find("4 GiB"), std::string::npos);
}

TEST(Write, FlacRefusesFloat) {
  const TemporaryFolder folder;
  EXPECT_NE(error_of([&] { FileSink(folder / "a.flac", settings(FileFormat::flac, 32)); }).find("FLAC"),
            std::string::npos);
  EXPECT_EQ(folder.entries(), 0U);
}

TEST(Write, NothingIsThereBeforeCommitAndNothingIsLeftWithoutIt) {
  const TemporaryFolder folder;
  {
    FileSink sink(folder / "a.wav", settings(FileFormat::wav, 24));
    sink.write(noise(2, 1000, 24).block());
    EXPECT_FALSE(std::filesystem::exists(folder / "a.wav"));
  }
  EXPECT_EQ(folder.entries(), 0U);
}

TEST(Write, AFlacFileOfNothingIsRefusedRatherThanLeftEmpty) {
  const TemporaryFolder folder;
  EXPECT_NE(error_of([&] { write_audio(folder / "a", AudioBuffer(2, 0), settings(FileFormat::flac, 24)); }),
            "");
  EXPECT_EQ(folder.entries(), 0U);
}

TEST(Write, RestartForgetsWhatWasWritten) {
  const TemporaryFolder folder;
  for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff}) {
    WriteSettings wanted = settings(format, 24);
    wanted.overwrite = true;
    FileSink sink(folder / "a", wanted);
    sink.write(noise(2, 50000, 24).block());
    sink.restart();
    sink.write(noise(2, 1000, 24).block());
    sink.commit();
    EXPECT_TRUE(same_samples(read_all(*open_audio(folder / "a")), noise(2, 1000, 24)));
    const std::string once = bytes_of(folder / "a");
    write_audio(folder / "b", noise(2, 1000, 24), wanted);
    EXPECT_EQ(once, bytes_of(folder / "b"));
  }
}

TEST(Write, AnExistingFileIsKeptUnlessItMayBeOverwritten) {
  const TemporaryFolder folder;
  put_bytes(folder / "a.wav", "precious");
  EXPECT_NE(error_of([&] { FileSink(folder / "a.wav", settings(FileFormat::wav, 24)); }).find("kept"),
            std::string::npos);
  EXPECT_EQ(bytes_of(folder / "a.wav"), "precious");
  EXPECT_EQ(folder.entries(), 1U);
  write_file_atomically(folder / "a.wav", "new", true);
  EXPECT_EQ(bytes_of(folder / "a.wav"), "new");
}

TEST(Write, AFileThatTookTheNameMeanwhileIsKept) {
  const TemporaryFolder folder;
  AtomicFile file(folder / "a", false);
  file.write("mine");
  put_bytes(folder / "a", "theirs");
  EXPECT_NE(error_of([&] { file.commit(); }), "");
  EXPECT_EQ(bytes_of(folder / "a"), "theirs");
  EXPECT_EQ(folder.entries(), 1U);
}

TEST(Write, APlaceThatCannotBeWrittenSaysSo) {
  const TemporaryFolder folder;
  EXPECT_NE(error_of([&] { write_file_atomically(folder / "no/where", "x", false); }).find("folder"),
            std::string::npos);
  EXPECT_NE(error_of([&] { write_file_atomically(folder.path(), "x", true); }).find("folder"),
            std::string::npos);
  EXPECT_NE(error_of([&] { write_file_atomically("/proc/lacquer-test", "x", false); }), "");
  put_bytes(folder / "file", "x");
  EXPECT_NE(error_of([&] { write_file_atomically(folder / "file/a", "x", false); }), "");
  EXPECT_NE(error_of([&] { write_file_atomically(folder / std::string(300, 'x'), "x", false); }), "");
}

TEST(Write, AFileHasTheUsersUsualPermissions) {
  const TemporaryFolder folder;
  const mode_t before = ::umask(0027);
  write_file_atomically(folder / "a", "x", false);
  ::umask(before);
  struct stat status = {};
  ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST(Write, OverwritingThroughALinkReplacesWhatItLeadsTo) {
  const TemporaryFolder folder;
  put_bytes(folder / "real", "old");
  std::filesystem::create_symlink("real", folder / "link");
  write_file_atomically(folder / "link", "new", true);
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(bytes_of(folder / "real"), "new");
}

// A disk that takes only `bytes`: a limit on the size of files, in a process of its own. 0 when `work` threw
// an Error that speaks of the size and left the folder as empty as it was.
int status_with_little_room(const TemporaryFolder& folder, rlim_t bytes, const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const std::string error = error_of(work);
    const bool understood =
        error.find("larger") != std::string::npos || error.find("full") != std::string::npos;
    ::_exit(understood && folder.entries() == 0 ? 0 : error.empty() ? 1 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
}

TEST(Write, AFullDiskIsAnErrorAndLeavesNothing) {
  const TemporaryFolder folder;
  for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff})
    EXPECT_EQ(
        status_with_little_room(
            folder, 100000, [&] { write_audio(folder / "a", noise(2, 100000, 24), settings(format, 24)); }),
        0)
        << static_cast<int>(format);
  // The audio fits, the picture does not.
  for (const FileFormat format : {FileFormat::flac, FileFormat::aiff}) {
    WriteSettings tagged = settings(format, 24);
    tagged.tags.fields["TITLE"] = {"A title"};
    tagged.tags.cover = Picture{"image/png", "", 3, std::string(300000, 'p')};
    EXPECT_EQ(status_with_little_room(folder, 250000,
                                      [&] { write_audio(folder / "a", noise(2, 30000, 24), tagged); }),
              0)
        << static_cast<int>(format);
  }
  EXPECT_EQ(status_with_little_room(folder, 10,
                                    [&] { write_file_atomically(folder / "a", "more than ten", false); }),
            0);
}

TEST(Hash, IsTheStandardsSha256) {
  const TemporaryFolder folder;
  put_bytes(folder / "a", "abc");  // FIPS 180-4's example
  EXPECT_EQ(sha256_of_file(folder / "a"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  put_bytes(folder / "b", std::string(1000000, 'a'));
  EXPECT_EQ(sha256_of_file(folder / "b"), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace lacquer
