#include "app/kept_audio.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "core/noise.h"

namespace lacquer {
namespace {

// Counts up, in reads of uneven length, and how often it was begun.
class Counting final : public AudioSource {
 public:
  explicit Counting(std::int64_t frames) : frames_(frames) {}
  StreamFormat format() const override { return {48000.0, 2, 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return frames_; }
  int read(AudioBlock block) override {
    const auto wanted = static_cast<int>(noise_.bits() % static_cast<std::uint32_t>(block.frames())) + 1;
    const auto frames = static_cast<int>(std::min<std::int64_t>(wanted, frames_ - at_));
    for (int i = 0; i < frames; ++i)
      for (int c = 0; c < 2; ++c)
        block.channel(c)[static_cast<std::size_t>(i)] = static_cast<float>((at_ + i) * (c == 0 ? 1 : -1));
    at_ += frames;
    read_ += frames;
    return frames;
  }
  void rewind() override { at_ = 0; }
  std::int64_t read_frames() const { return read_; }

 private:
  std::int64_t frames_;
  std::int64_t at_ = 0, read_ = 0;
  NoiseGenerator noise_{3};
};

// How many frames came in order until the end or `most`; -1 where one is not what it should be.
std::int64_t read_in_order(AudioSource& source, std::int64_t most) {
  AudioBuffer buffer(2, 1000);
  std::int64_t at = 0;
  while (at < most) {
    const int got = source.read(buffer.block());
    if (got == 0) break;
    for (int i = 0; i < got; ++i) {
      const auto place = static_cast<std::size_t>(i);
      if (buffer.channel(0)[place] != static_cast<float>(at + i)) return -1;
      if (buffer.channel(1)[place] != -static_cast<float>(at + i)) return -1;
    }
    at += got;
  }
  return at;
}

constexpr std::int64_t kFrames = 400'000;
constexpr std::size_t kNothing = 0, kAChunkOrTwo = 1U << 20U, kAll = 1U << 30U;

TEST(KeptAudio, GivesTheSameAgainWithoutReadingTheSourceAgain) {
  for (const std::size_t in_memory : {kNothing, kAChunkOrTwo, kAll}) {
    Counting source(kFrames);
    KeptAudio kept(source, in_memory);
    for (int pass = 0; pass < 3; ++pass) {
      EXPECT_EQ(read_in_order(kept, 1'000'000), kFrames) << in_memory << " " << pass;
      kept.rewind();
    }
    EXPECT_EQ(source.read_frames(), kFrames);
  }
}

TEST(KeptAudio, MayBeLeftAndBegunAgainAnywhere) {
  Counting source(kFrames);
  KeptAudio kept(source, kAChunkOrTwo);
  for (const std::int64_t stop_at : {1LL, 300'000LL, 70'000LL, 399'999LL, 10LL}) {
    EXPECT_GE(read_in_order(kept, stop_at), stop_at);
    kept.rewind();
  }
  EXPECT_EQ(read_in_order(kept, 1'000'000), kFrames);
  EXPECT_EQ(source.read_frames(), kFrames);
}

TEST(KeptAudio, WithoutRoomForATemporaryFileTheSourceIsReadAgain) {
  const char* const before = std::getenv("TMPDIR");
  const std::string old = before != nullptr ? before : "";
  ::setenv("TMPDIR", "/proc", 1);  // a folder in which nothing can be made
  Counting source(kFrames);
  KeptAudio kept(source, kAChunkOrTwo);
  for (int pass = 0; pass < 2; ++pass) {
    EXPECT_EQ(read_in_order(kept, 1'000'000), kFrames);
    kept.rewind();
  }
  EXPECT_EQ(source.read_frames(), 2 * kFrames);
  if (before != nullptr)
    ::setenv("TMPDIR", old.c_str(), 1);
  else
    ::unsetenv("TMPDIR");
}

TEST(KeptAudio, AnEmptySourceEndsAtOnce) {
  Counting source(0);
  KeptAudio kept(source);
  EXPECT_EQ(read_in_order(kept, 10), 0);
}

}  // namespace
}  // namespace lacquer
