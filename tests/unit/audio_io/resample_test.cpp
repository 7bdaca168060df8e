#include "audio_io/resample.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "files.h"

namespace lacquer {
namespace {

using namespace test;

// Audio in memory as a source that hands it out in uneven pieces.
class MemorySource : public AudioSource {
 public:
  MemorySource(AudioBuffer audio, double sample_rate_hz, int piece)
      : audio_(std::move(audio)), sample_rate_hz_(sample_rate_hz), piece_(piece) {}
  StreamFormat format() const override { return {sample_rate_hz_, audio_.channels(), 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return audio_.frames(); }
  int read(AudioBlock block) override {
    const int count = std::min({block.frames(), audio_.frames() - position_, piece_});
    for (int c = 0; c < audio_.channels(); ++c)
      std::copy_n(audio_.channel(c).begin() + position_, count, block.channel(c).begin());
    position_ += count;
    return count;
  }
  void rewind() override { position_ = 0; }

 private:
  AudioBuffer audio_;
  double sample_rate_hz_;
  int piece_;
  int position_ = 0;
};

AudioBuffer converted(const AudioBuffer& audio, double from_hz, double to_hz, int piece = 4096,
                      int block = 1000) {
  MemorySource source(audio, from_hz, piece);
  return read_all(*resample(source, to_hz), block);
}

TEST(Resample, TheLengthIsExact) {
  for (const auto& [from, to] : {std::pair{44100.0, 48000.0},
                                 {48000.0, 44100.0},
                                 {96000.0, 44100.0},
                                 {8000.0, 384000.0},
                                 {384000.0, 8000.0},
                                 {48000.0, 48000.0}})
    for (const int frames : {1, 2, 100, 4095, 4096, 4097, 50001}) {
      const auto expected = std::llround(frames * to / from);
      EXPECT_EQ(converted(noise(1, frames, 0), from, to).frames(), expected)
          << from << " " << to << " " << frames;
    }
}

TEST(Resample, NothingStaysNothing) { EXPECT_EQ(converted(AudioBuffer(2, 0), 44100, 48000).frames(), 0); }

TEST(Resample, ASineKeepsItsPlaceAndItsShape) {
  const AudioBuffer in = tone(2, 88200, 44100, 1000);
  const AudioBuffer expected = tone(2, 96000, 48000, 1000);
  const AudioBuffer out = converted(in, 44100, 48000);
  double error = 0.0;
  double power = 0.0;
  for (std::size_t i = 10000; i < 86000; ++i) {
    error += std::pow(static_cast<double>(out.channel(1)[i]) - expected.channel(1)[i], 2);
    power += std::pow(expected.channel(1)[i], 2);
  }
  EXPECT_LT(10.0 * std::log10(error / power), -120.0);
}

TEST(Resample, TheResultDoesNotDependOnHowItIsRead) {
  const AudioBuffer in = noise(2, 30000, 0);
  const AudioBuffer once = converted(in, 44100, 48000);
  EXPECT_TRUE(same_samples(once, converted(in, 44100, 48000, 17, 4096)));
  EXPECT_TRUE(same_samples(once, converted(in, 44100, 48000, 4096, 1)));
}

TEST(Resample, RewindingGivesTheSameAgain) {
  MemorySource source(noise(2, 30000, 0), 96000, 4096);
  const auto resampler = resample(source, 44100);
  const AudioBuffer first = read_all(*resampler);
  resampler->rewind();
  EXPECT_TRUE(same_samples(first, read_all(*resampler)));
}

TEST(Resample, ARateOutOfRangeIsRefused) {
  MemorySource source(noise(1, 10, 0), 48000, 10);
  EXPECT_THROW(resample(source, 7999), Error);
  EXPECT_THROW(resample(source, 400000), Error);
  EXPECT_THROW(resample(source, NAN), Error);
}

}  // namespace
}  // namespace lacquer
