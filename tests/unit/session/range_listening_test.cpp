#include "session/range_listening.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/error.h"
#include "session/exercises/sound.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;
constexpr RangeListening kHow = {12.0, 9.0, 12.0};

// Amplitude of one frequency, over the middle of the audio, away from fades.
double amplitude(const AudioBuffer& audio, double hz) {
  const auto samples = audio.channel(0);
  const std::size_t from = samples.size() / 4, to = 3 * samples.size() / 4;
  double real = 0.0, imaginary = 0.0;
  for (std::size_t i = from; i < to; ++i) {
    const double turn = 2.0 * std::numbers::pi * hz * static_cast<double>(i) / kRate;
    real += static_cast<double>(samples[i]) * std::cos(turn);
    imaginary += static_cast<double>(samples[i]) * std::sin(turn);
  }
  return 2.0 * std::hypot(real, imaginary) / static_cast<double>(to - from);
}

double ratio_db(const Clip& clip) {
  return 20.0 * std::log10(amplitude(clip.audio, 500.0) / amplitude(clip.audio, 4000.0));
}

// 500 Hz and 4 kHz, equally strong, with what lies around the passage.
class RangeListeningTest : public ::testing::Test {
 protected:
  std::array<Clip, 4> hear(double low_hz, double high_hz, double rate_hz = kRate) const {
    return hear_range({audio_, rate_hz, 22050, audio_.frames() - 44100}, {0.5, 9.5}, low_hz, high_hz, kHow);
  }
  static AudioBuffer two_tones() {
    std::vector<float> low = test::sine(kRate, 500.0, -20.0, 10.0);
    const std::vector<float> high = test::sine(kRate, 4000.0, -20.0, 10.0);
    for (std::size_t i = 0; i < low.size(); ++i) low[i] += high[i];
    return test::stereo(low, low);
  }
  AudioBuffer audio_ = two_tones();
};

TEST_F(RangeListeningTest, the_range_is_alone_raised_and_lowered) {
  const auto clips = hear(300.0, 800.0);
  for (const Clip& clip : clips) EXPECT_EQ(clip.audio.frames(), audio_.frames() - 44100);
  EXPECT_NEAR(ratio_db(clips[0]), 0.0, 0.01);
  EXPECT_GT(ratio_db(clips[1]), 100.0);  // 48 dB an octave, 2.3 octaves away
  // 500 Hz is a tenth of a bell's width off its centre, and the skirt reaches 4 kHz.
  EXPECT_NEAR(ratio_db(clips[2]), 9.0, 0.6);
  EXPECT_NEAR(ratio_db(clips[3]), -12.0, 0.8);
}

TEST_F(RangeListeningTest, all_are_equally_loud_and_none_passes_the_ceiling) {
  const auto clips = hear(300.0, 800.0);
  for (const Clip& clip : clips) {
    const SoundLevel level = level_of({clip.audio, kRate});
    EXPECT_NEAR(*level.lufs + clip.gain_db, kClipLufs, 0.01);
    EXPECT_LE(*level.dbtp + clip.gain_db, kClipCeilingDbtp);
    EXPECT_EQ(clip.short_of_lu, 0.0);
  }
}

TEST_F(RangeListeningTest, what_holds_next_to_nothing_stays_quieter_and_silence_has_no_audio) {
  const auto quiet = hear(900.0, 1000.0);  // 41 dB down the slope from either tone
  EXPECT_GT(quiet[1].short_of_lu, 10.0);
  EXPECT_NEAR(*level_of({quiet[1].audio, kRate}).lufs + quiet[1].gain_db + quiet[1].short_of_lu,
              *level_of({quiet[0].audio, kRate}).lufs + quiet[0].gain_db, 0.01);
  EXPECT_EQ(hear(20.0, 60.0)[1].audio.frames(), 0);
  EXPECT_GT(hear(20.0, 60.0)[0].audio.frames(), 0);
}

TEST_F(RangeListeningTest, a_range_above_what_the_rate_holds_is_refused) {
  EXPECT_THROW(hear(4000.0, 8000.0, 8000.0), Error);
  EXPECT_GT(hear(3000.0, 8000.0, 8000.0)[2].audio.frames(), 0);
}

TEST(PassageOfRange, is_where_most_of_the_range_sounds) {
  std::vector<float> row = test::white_noise(kRate, -30.0, 20.0, 1);
  test::append(row, test::sine(kRate, 500.0, -20.0, 8.0));
  test::append(row, test::sine(kRate, 60.0, -6.0, 22.0));
  const Measurements measured = measure_sound({test::stereo(row, row), kRate});
  const TimeRange found = passage_of_range(measured, 300.0, 800.0, 8.0);
  EXPECT_NEAR(found.from_s, 20.0, 1.0);  // columns of the measurement are 0.4 s
  EXPECT_NEAR(found.to_s - found.from_s, 8.0, 1e-9);
  EXPECT_GE(passage_of_range(measured, 40.0, 80.0, 8.0).from_s, 27.0);
  EXPECT_EQ(passage_of_range(measured, 300.0, 800.0, 90.0), (TimeRange{0.0, measured.duration_s}));
}

}  // namespace
}  // namespace lacquer
