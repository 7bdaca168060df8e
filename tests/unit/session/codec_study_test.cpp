#include "session/codec_study.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/decibels.h"
#include "measure/meters.h"
#include "session/limited_source.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

// Stands in for a codec: everything comes back louder by one gain.
class LouderPair final : public AudioPairSource {
 public:
  LouderPair(AudioSource& source, double gain_db)
      : source_(source), gain_(static_cast<float>(db_to_gain(gain_db))) {}
  StreamFormat format() const override { return source_.format(); }
  std::optional<std::int64_t> announced_frames() const override { return source_.announced_frames(); }
  int read(AudioBlock original, AudioBlock decoded) override {
    const int got = source_.read(original);
    for (int c = 0; c < original.channels(); ++c)
      for (int i = 0; i < got; ++i)
        decoded.channel(c)[static_cast<std::size_t>(i)] =
            gain_ * original.channel(c)[static_cast<std::size_t>(i)];
    return got;
  }

 private:
  AudioSource& source_;
  float gain_;
};

RoundTrip louder(double gain_db) {
  return [gain_db](AudioSource& source) { return std::make_unique<LouderPair>(source, gain_db); };
}

double true_peak(const AudioBuffer& audio) {
  BufferSource source(audio, kRate);
  return *decoded_peak(source, louder(0.0), {});
}

CodecStudy studied(const AudioBuffer& audio, const TimeRange& excerpt_range, double gain_db) {
  BufferSource cut_from(audio, kRate);
  const Excerpt excerpt = cut_excerpt(cut_from, excerpt_range);
  BufferSource whole(audio, kRate);
  return study_codec(whole, excerpt, true_peak(audio), louder(gain_db), {});
}

TEST(CodecStudy, the_ceiling_makes_room_for_what_the_codec_adds) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, -0.5, 4.0, 3), 2);
  const CodecStudy study = studied(noise, {0.0, 4.0}, 1.5);
  EXPECT_NEAR(*study.as_it_is.true_dbtp, true_peak(noise) + 1.5, 0.001);
  // The search ends in the last 0.15 dB below full scale.
  EXPECT_LE(*study.ceiling_needed_dbtp, -1.5 + 0.02);
  EXPECT_GE(*study.ceiling_needed_dbtp, -1.5 - 0.2);
}

TEST(CodecStudy, the_true_peak_itself_will_do_where_nothing_passes_full_scale) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, -9.0, 2.0, 3), 2);
  EXPECT_EQ(*studied(noise, {0.0, 2.0}, 1.5).ceiling_needed_dbtp, true_peak(noise));
}

TEST(CodecStudy, what_lies_higher_outside_the_excerpt_is_kept_as_a_margin) {
  std::vector<float> signal = test::white_noise(kRate, -3.0, 2.0, 3);
  test::append(signal, test::white_noise(kRate, -1.0, 0.5, 4));
  const AudioBuffer audio = test::on_channels(signal, 2);
  const CodecStudy all = studied(audio, {0.0, 2.5}, 3.0);
  const CodecStudy first = studied(audio, {0.0, 2.0}, 3.0);
  EXPECT_LT(*first.ceiling_needed_dbtp, *all.ceiling_needed_dbtp + 0.2);
}

TEST(CodecStudy, silence_has_no_ceiling) {
  const AudioBuffer silence(2, 44100);
  BufferSource cut_from(silence, kRate);
  const Excerpt excerpt = cut_excerpt(cut_from, {0.0, 1.0});
  BufferSource whole(silence, kRate);
  const CodecStudy study = study_codec(whole, excerpt, std::nullopt, louder(1.0), {});
  EXPECT_FALSE(study.ceiling_needed_dbtp);
  EXPECT_FALSE(study.as_it_is.true_dbtp);
}

TEST(CodecStudy, can_be_interrupted) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, -0.5, 1.0, 3), 2);
  BufferSource whole(noise, kRate);
  EXPECT_THROW(measure_codec(whole, louder(1.0), [](std::string_view, double) { return false; }), Cancelled);
}

TEST(LoudestStretch, is_thirty_seconds_about_the_loudest_part) {
  std::vector<float> lufs(2000, -20.0F);
  std::fill(lufs.begin() + 900, lufs.begin() + 1150, -10.0F);
  const TimeRange found = loudest_stretch(lufs, 200.0);
  EXPECT_NEAR(found.to_s - found.from_s, kExcerptS, 1e-9);
  EXPECT_LE(found.from_s, 90.0);
  EXPECT_GE(found.to_s, 115.0);
}

TEST(LoudestStretch, is_the_whole_of_a_short_or_silent_piece) {
  EXPECT_EQ(loudest_stretch(std::vector<float>(100, -20.0F), 10.0), (TimeRange{0.0, 10.0}));
  const TimeRange silent = loudest_stretch(std::vector<float>(1000, -INFINITY), 100.0);
  EXPECT_NEAR(silent.to_s - silent.from_s, kExcerptS, 1e-9);
}

AudioBuffer ramp_of_a_second() {
  AudioBuffer ramp(1, 44100);
  for (int i = 0; i < 44100; ++i) ramp.channel(0)[static_cast<std::size_t>(i)] = static_cast<float>(i);
  return ramp;
}

TEST(CutExcerpt, takes_exactly_what_was_asked_for_after_its_fade) {
  const AudioBuffer ramp = ramp_of_a_second();
  BufferSource source(ramp, kRate);
  const Excerpt excerpt = cut_excerpt(source, {0.5, 0.7});
  EXPECT_EQ(excerpt.audio.frames(), 8820);
  EXPECT_EQ(excerpt.audio.channel(0)[0], 0.0F);
  EXPECT_NEAR(excerpt.audio.channel(0)[2205], 0.5F * (22050.0F + 2205.0F), 0.01F);
  EXPECT_EQ(excerpt.audio.channel(0)[4410], 26460.0F);
  EXPECT_EQ(excerpt.audio.channel(0)[8819], 30869.0F);
}

TEST(CutExcerpt, the_beginning_of_a_piece_is_kept_as_it_is) {
  const AudioBuffer ramp = ramp_of_a_second();
  BufferSource source(ramp, kRate);
  EXPECT_EQ(cut_excerpt(source, {0.0, 0.1}).audio.channel(0)[10], 10.0F);
}

TEST(LimitedSource, is_in_step_with_its_source_and_as_long) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, -12.0, 0.7, 3), 2);
  BufferSource source(noise, kRate);
  LimitedSource limited(source, -1.0);  // which has nothing to do
  AudioBuffer out(2, noise.frames() + 100);
  int frames = 0;
  while (const int got = limited.read(out.block().slice(frames, std::min(333, out.frames() - frames))))
    frames += got;
  ASSERT_EQ(frames, noise.frames());
  for (int i = 0; i < frames; ++i)
    ASSERT_NEAR(out.channel(0)[static_cast<std::size_t>(i)], noise.channel(0)[static_cast<std::size_t>(i)],
                1e-6);
}

TEST(LimitedSource, keeps_the_ceiling_and_can_be_read_again) {
  const AudioBuffer noise = test::on_channels(test::white_noise(kRate, 0.0, 0.7, 3), 2);
  BufferSource source(noise, kRate);
  LimitedSource limited(source, -3.0);
  const auto first = decoded_peak(limited, louder(0.0), {});
  EXPECT_LE(*first, -3.0 + 0.02);  // the limiter's promise
  limited.rewind();
  EXPECT_EQ(decoded_peak(limited, louder(0.0), {}), first);
}

}  // namespace
}  // namespace lacquer
