#include "app/read_ahead.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "core/noise.h"

namespace lacquer {
namespace {

// Counts up, in reads of uneven length; fails at a frame if told to.
class Counting final : public AudioSource {
 public:
  explicit Counting(std::int64_t frames, std::int64_t fails_at = -1) : frames_(frames), fails_at_(fails_at) {}
  StreamFormat format() const override { return {48000.0, 2, 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return frames_; }
  int read(AudioBlock block) override {
    const auto wanted = static_cast<int>(noise_.bits() % static_cast<std::uint32_t>(block.frames())) + 1;
    const auto frames = static_cast<int>(std::min<std::int64_t>(wanted, frames_ - at_));
    if (fails_at_ >= 0 && at_ + frames > fails_at_) throw Error("it broke; mend it");
    for (int i = 0; i < frames; ++i)
      for (int c = 0; c < 2; ++c)
        block.channel(c)[static_cast<std::size_t>(i)] = static_cast<float>((at_ + i) * (c == 0 ? 1 : -1));
    at_ += frames;
    return frames;
  }
  void rewind() override { at_ = 0; }

 private:
  std::int64_t frames_, fails_at_;
  std::int64_t at_ = 0;
  NoiseGenerator noise_{3};
};

// How many frames came in order until the end, an error, or `most`.
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

TEST(ReadAhead, GivesTheSameSamplesInTheSameOrder) {
  Counting source(400'000);
  ReadAhead ahead(source);
  EXPECT_EQ(read_in_order(ahead, 1'000'000), 400'000);
  AudioBuffer buffer(2, 10);
  EXPECT_EQ(ahead.read(buffer.block()), 0) << "the end stays the end";
}

TEST(ReadAhead, BeginsAgainAfterRewindFromAnywhere) {
  Counting source(400'000);
  ReadAhead ahead(source);
  ahead.rewind();
  for (const std::int64_t stop_at : {1LL, 30'000LL, 400'000LL}) {
    EXPECT_GE(read_in_order(ahead, stop_at), stop_at);
    ahead.rewind();
  }
  EXPECT_EQ(read_in_order(ahead, 1'000'000), 400'000);
}

TEST(ReadAhead, HandsOverTheErrorAfterWhatCameBeforeIt) {
  Counting source(400'000, 250'000);
  ReadAhead ahead(source);
  AudioBuffer buffer(2, 4096);
  std::int64_t got = 0;
  const auto read_all = [&] {
    while (const int frames = ahead.read(buffer.block())) got += frames;
  };
  EXPECT_THROW(read_all(), Error);
  EXPECT_GT(got, 250'000 - 8192);
  EXPECT_LE(got, 250'000);
  EXPECT_THROW(read_all(), Error) << "it stays broken";
}

TEST(ReadAhead, CanBeLeftAtAnyMoment) {
  for (const int frames : {0, 1, 50'000}) {
    Counting source(4'000'000);
    ReadAhead ahead(source);
    read_in_order(ahead, frames);
  }
}

TEST(ReadAhead, AnEmptySourceEndsAtOnce) {
  Counting source(0);
  ReadAhead ahead(source);
  AudioBuffer buffer(2, 10);
  EXPECT_EQ(ahead.read(buffer.block()), 0);
}

}  // namespace
}  // namespace lacquer
