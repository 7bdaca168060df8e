#include "session/clips.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "measure/meters.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

class BufferSource final : public AudioSource {
 public:
  explicit BufferSource(AudioBuffer audio) : audio_(std::move(audio)) {}
  StreamFormat format() const override { return {kRate, audio_.channels(), 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return audio_.frames(); }
  int read(AudioBlock block) override {
    const int frames = std::min({block.frames(), audio_.frames() - at_, 777});
    for (int c = 0; c < audio_.channels(); ++c)
      std::copy_n(audio_.channel(c).begin() + at_, frames, block.channel(c).begin());
    at_ += frames;
    return frames;
  }
  void rewind() override { at_ = 0; }

 private:
  AudioBuffer audio_;
  int at_ = 0;
};

// 20 s quiet, 20 s loud, 20 s of nothing.
AudioBuffer song() {
  std::vector<float> left = test::white_noise(kRate, -40.0, 20.0, 1);
  test::append(left, test::white_noise(kRate, -6.0, 20.0, 2));
  test::append(left, test::silence(kRate, 20.0));
  std::vector<float> right = test::white_noise(kRate, -40.0, 20.0, 3);
  test::append(right, test::white_noise(kRate, -6.0, 20.0, 4));
  test::append(right, test::silence(kRate, 20.0));
  return test::stereo(left, right);
}

Measurements measured(const AudioBuffer& audio) {
  Meters meters({kRate, audio.channels(), audio.frames()}, MeasureGroups::kLoudness, false);
  meters.add(audio.block());
  meters.finish();
  return meters.result();
}

TEST(Clips, APassageIsEightToFifteenSecondsInsideTheFile) {
  EXPECT_EQ(clip_passage({50, 62}, 180), (TimeRange{50, 62}));
  EXPECT_EQ(clip_passage({50, 51}, 180), (TimeRange{46.5, 54.5}));
  EXPECT_EQ(clip_passage({0, 180}, 180), (TimeRange{82.5, 97.5}));
  EXPECT_EQ(clip_passage({179, 180}, 180), (TimeRange{172, 180}));
  EXPECT_EQ(clip_passage({1, 2}, 5), (TimeRange{0, 5}));
}

TEST(Clips, AllAreEquallyLoud) {
  BufferSource source(song());
  const auto clips = cut_clips(source, {{2, 14}, {22, 34}}, {});
  ASSERT_EQ(clips.size(), 2U);
  for (const Clip& clip : clips) {
    EXPECT_EQ(clip.audio.frames(), 12 * 44100);
    // Dither and rounding lie far below a hundredth of a LU.
    EXPECT_NEAR(*measured(finished(clip.audio, clip.gain_db, kRate)).loudness.integrated_lufs, kClipLufs,
                0.01);
  }
  EXPECT_NEAR(clips[0].gain_db - clips[1].gain_db, 34.0, 0.1);  // as far apart as they were made
}

TEST(Clips, PeaksKeepAllDownTogetherAndNeverClip) {
  AudioBuffer audio = song();
  audio.channel(0)[static_cast<std::size_t>(8 * kRate)] = 0.5F;  // a click in the quiet part
  BufferSource source(audio);
  const auto clips = cut_clips(source, {{2, 14}, {22, 34}}, {});
  const Measurements quiet = measured(finished(clips[0].audio, clips[0].gain_db, kRate));
  const Measurements loud = measured(finished(clips[1].audio, clips[1].gain_db, kRate));
  EXPECT_LE(*quiet.peak.true_dbtp, kClipCeilingDbtp + 0.01);
  // Its peak stands about 34 dB over its loudness: the loud one comes down to -30 LUFS, not all the way.
  EXPECT_NEAR(*loud.loudness.integrated_lufs, kLeastClipLufs, 0.01);
  EXPECT_GT(clips[0].short_of_lu, 0.5);
  EXPECT_NEAR(*quiet.loudness.integrated_lufs + clips[0].short_of_lu, kLeastClipLufs, 0.01);
}

TEST(Clips, TheEndsAreFaded) {
  BufferSource source(song());
  const auto clips = cut_clips(source, {{22, 34}}, {});
  const auto left = clips[0].audio.channel(0);
  EXPECT_LT(std::abs(left.front()), 1e-4F);
  EXPECT_LT(std::abs(left.back()), 1e-4F);
  const AudioBuffer whole = song();
  const auto middle = static_cast<std::size_t>(6 * kRate);
  EXPECT_EQ(left[middle], whole.channel(0)[static_cast<std::size_t>(28 * kRate)]);
}

TEST(Clips, SilenceAndWhatLiesBeyondTheEndHaveNoClip) {
  BufferSource source(song());
  const auto clips = cut_clips(source, {{45, 55}, {70, 80}, {22, 34}}, {});
  EXPECT_EQ(clips[0].audio.frames(), 0);
  EXPECT_EQ(clips[1].audio.frames(), 0);
  EXPECT_GT(clips[2].audio.frames(), 0);
}

TEST(Clips, MonoIsWhatOneLoudspeakerPlays) {
  AudioBuffer audio = test::stereo(test::sine(kRate, 100, -6, 1), test::sine(kRate, 100, -6, 1, 180));
  const AudioBuffer mono = in_mono(audio);
  for (const float sample : mono.channel(1)) EXPECT_NEAR(sample, 0.0F, 1e-6F);
}

TEST(Clips, TheUserCanStopIt) {
  BufferSource source(song());
  EXPECT_THROW(cut_clips(source, {{2, 14}}, [](std::string_view, double) { return false; }), Cancelled);
}

}  // namespace
}  // namespace lacquer
