#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "core/error.h"
#include "core/noise.h"
#include "session/exercises/band_map.h"
#include "session/exercises/changes.h"
#include "session/exercises/difference.h"
#include "session/exercises/rhythm.h"
#include "session/exercises/statistics.h"
#include "session/exercises/tones.h"
#include "support/music_noise.h"
#include "support/tone.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

Sound pink(double seconds, double level_dbfs = -14.0) {
  return {test::stereo(test::pink_noise(level_dbfs, seconds, 1), test::pink_noise(level_dbfs, seconds, 2)),
          kRate};
}

// A decaying sine on every beat.
Sound hits(double hz, double bpm, double seconds, double decay_s, double late_ms = 0.0) {
  std::vector<float> signal = test::silence(kRate, seconds);
  for (double at = late_ms / 1000.0; at < seconds; at += 60.0 / bpm)
    for (std::size_t i = 0; i < static_cast<std::size_t>(0.4 * kRate); ++i) {
      const auto place = static_cast<std::size_t>(at * kRate) + i;
      if (place >= signal.size()) break;
      const double t = static_cast<double>(i) / kRate;
      signal[place] +=
          static_cast<float>(0.5 * std::exp(-t / decay_s) * std::sin(2.0 * std::numbers::pi * hz * t));
    }
  return {test::on_channels(signal, 2), kRate};
}

double range_db(const Sound& sound, double low_hz, double high_hz) {
  return *power_to_db(BandMap(sound, {{low_hz, high_hz}}, 1.0).mean_power(0));
}

// The published examples: 9/256 for 7 of 8, 2517/65536 for 12 of 16.
TEST(Statistics, ChanceOfSoManyIsTheBinomialTail) {
  EXPECT_NEAR(chance_of_so_many(8, 7, 0.5), 9.0 / 256.0, 1e-12);
  EXPECT_NEAR(chance_of_so_many(16, 12, 0.5), 2517.0 / 65536.0, 1e-12);
  EXPECT_EQ(chance_of_so_many(8, 0, 0.5), 1.0);
  EXPECT_NEAR(chance_of_so_many(15, 3, 0.2), 0.602, 0.001);
}

TEST(Statistics, TheFewestRightAnswersAreThoseThatLuckSeldomGives) {
  EXPECT_EQ(right_for_proof(8, 0.5), 7);
  EXPECT_EQ(right_for_proof(10, 0.5), 9);
  EXPECT_EQ(right_for_proof(4, 0.5), 5);  // even four of four are luck in 6 of 100 cases
  const int trials = trials_for_proof(0.75, 0.5);
  EXPECT_GE(chance_of_so_many(trials, right_for_proof(trials, 0.5), 0.75), 0.8);
  EXPECT_LT(trials_for_proof(0.95, 0.5), trials);
}

TEST(Matching, SoundsComeOutEquallyLoudAndUnderTheCeiling) {
  Sound a = pink(4.0), b = with_range_raised(a, 100.0, 300.0, 9.0), c = a;
  scale(c, -11.0);
  const double lufs = match_loudness({&a, &b, &c}, -18.0);
  for (const Sound* one : {&a, &b, &c}) {
    // Gains are exact in float; what is left is the meter's own rounding.
    EXPECT_NEAR(*level_of(*one).lufs, lufs, 0.01);
    EXPECT_LE(*level_of(*one).dbtp, -0.99);
  }
}

TEST(Matching, TheLoudestPassageIsWhereTheSoundIsLoudest) {
  Sound song = pink(20.0, -34.0);
  for (int c = 0; c < 2; ++c)
    for (std::size_t i = static_cast<std::size_t>(11.0 * kRate); i < static_cast<std::size_t>(14.0 * kRate);
         ++i)
      song.audio.channel(c)[i] *= 10.0F;
  const TimeRange when = loudest_stretch(measure_sound(song), 4.0);
  EXPECT_LE(when.from_s, 11.1);
  EXPECT_GE(when.to_s, 13.9);
  EXPECT_NEAR(when.to_s - when.from_s, 4.0, 1e-9);
  EXPECT_THROW(loudest_stretch(measure_sound({AudioBuffer(2, 44100), kRate}), 1.0), Error);
}

TEST(Changes, ARaisedRangeIsRaisedByThatAndItsFarNeighboursAreNot) {
  const Sound sound = pink(6.0);
  const Sound raised = with_range_raised(sound, 300.0, 800.0, 9.0);
  // At the middle of the bell all of it; over the range the mean of a bell with half gain at its ends.
  EXPECT_NEAR(range_db(raised, 450.0, 530.0) - range_db(sound, 450.0, 530.0), 9.0, 0.5);
  EXPECT_NEAR(range_db(raised, 30.0, 60.0) - range_db(sound, 30.0, 60.0), 0.0, 0.3);
  EXPECT_NEAR(range_db(raised, 8000.0, 12000.0) - range_db(sound, 8000.0, 12000.0), 0.0, 0.3);
  const Sound air = with_range_raised(sound, 10000.0, 20000.0, 6.0);
  EXPECT_NEAR(range_db(air, 18000.0, 20000.0) - range_db(sound, 18000.0, 20000.0), 6.0, 0.8);
  EXPECT_NEAR(range_db(air, 1000.0, 2000.0) - range_db(sound, 1000.0, 2000.0), 0.0, 0.3);
}

TEST(Changes, ACompressorTakesWhatWasAskedAndAFastOneTakesTheEdge) {
  const Sound drums = hits(180.0, 120.0, 6.0, 0.08);
  CompressorSetting setting;
  setting.attack_ms = 1.0;
  const Compressed fast = with_compressor(drums, setting);
  setting.attack_ms = 80.0;
  const Compressed slow = with_compressor(drums, setting);
  EXPECT_NEAR(fast.reduction_db, 3.0, 0.2);
  EXPECT_LE(slow.reduction_db, 3.2);
  // The crest of a hit: the slow one lets the edge stand above what follows.
  const auto crest = [](const Sound& sound) { return *measure_sound(sound).dynamics->crest_db; };
  EXPECT_GT(crest(slow.sound), crest(fast.sound) + 0.5);
}

TEST(Changes, ABandCompressorLeavesTheOtherBandsAlone) {
  const Sound sound = pink(4.0);
  const Compressed done = with_band_compressor(sound, 300.0, 600.0, {2.0, 10.0, 100.0, 3.0});
  EXPECT_NEAR(done.reduction_db, 3.0, 0.3);
  EXPECT_NEAR(range_db(done.sound, 4000.0, 8000.0), range_db(sound, 4000.0, 8000.0), 0.05);
  EXPECT_LT(range_db(done.sound, 380.0, 480.0), range_db(sound, 380.0, 480.0) - 0.5);
}

TEST(Changes, ALimiterHoldsItsCeiling) {
  // Peaks that stand alone: in steady noise every peak is as high as the next, and limiting brings nothing.
  Sound bed = pink(4.0);
  scale(bed, -20.0);
  const Sound drums = hits(180.0, 60.0, 4.0, 0.02), sound = sum_of({&bed, &drums});
  for (const double reduction : {0.0, 6.0})
    EXPECT_NEAR(*level_of(with_limiter(sound, reduction, -1.0)).dbtp, -1.0, 0.05);
  EXPECT_GT(*level_of(with_limiter(sound, 6.0, -1.0)).lufs,
            *level_of(with_limiter(sound, 0.0, -1.0)).lufs + 2.0);
}

TEST(Changes, SideGainsWorkInTheirRangeAndLeaveTheMiddle) {
  const Sound sound = pink(6.0);
  const Sound wide = with_side(sound, 250.0, 4000.0, {-2.0, 0.0, 2.0});
  const Sound before = side_alone(sound), after = side_alone(wide);
  EXPECT_NEAR(range_db(after, 30.0, 100.0) - range_db(before, 30.0, 100.0), -2.0, 0.3);
  EXPECT_NEAR(range_db(after, 800.0, 1300.0) - range_db(before, 800.0, 1300.0), 0.0, 0.3);
  EXPECT_NEAR(range_db(after, 10000.0, 16000.0) - range_db(before, 10000.0, 16000.0), 2.0, 0.3);
  EXPECT_LT(difference_of(middle_alone(wide), middle_alone(sound)).level_dbfs.value_or(-200.0), -120.0);
}

TEST(Changes, AShiftMovesBySamplesAndNothingElse) {
  const Sound sound = pink(1.0);
  const Sound later = shifted(sound, 10.0);
  EXPECT_EQ(later.audio.channel(0)[441], sound.audio.channel(0)[0]);
  EXPECT_EQ(later.audio.channel(0)[440], 0.0F);
  EXPECT_EQ(shifted(sound, -10.0).audio.channel(1)[0], sound.audio.channel(1)[441]);
}

// TPDF dither and rounding leave a variance of 1/4 of a squared step, rounding alone 1/12.
TEST(NullTest, TheRestOfSixteenBitsIsTheDithersLevel) {
  const Sound sound = pink(6.0);
  const double lsb_db = -20.0 * std::log10(32768.0);
  EXPECT_NEAR(*difference_of(sound, with_16_bits(sound, true)).level_dbfs, lsb_db + 10.0 * std::log10(0.25),
              0.1);
  EXPECT_NEAR(*difference_of(sound, with_16_bits(sound, false)).level_dbfs,
              lsb_db + 10.0 * std::log10(1.0 / 12.0), 0.1);
}

TEST(NullTest, EqualFilesCancelAndAPlantedDifferenceIsFoundWhereItIs) {
  const Sound sound = pink(5.0);
  EXPECT_FALSE(difference_of(sound, sound).level_dbfs);
  Sound louder = sound;
  scale(louder, 0.1);
  // A gain of 0.1 dB leaves 10^(0.1/20) - 1 of the music: 38.7 dB under it.
  EXPECT_NEAR(*difference_of(sound, louder).level_dbfs - *power_to_db(mean_square(sound)), -38.7, 0.1);
  Sound clicked = sound;
  clicked.audio.channel(0)[static_cast<std::size_t>(3.25 * kRate)] += 0.5F;
  EXPECT_NEAR(difference_of(sound, clicked).loudest_at_s, 3.2, 0.01);
  EXPECT_THROW(difference_of(sound, {AudioBuffer(1, 10), kRate}), Error);
}

TEST(BandMap, ReadsALevelInItsRangeAndItsMonoSum) {
  const std::vector<float> tone = test::sine(kRate, 500.0, -6.0, 4.0);
  std::vector<float> upside_down = tone;
  for (float& sample : upside_down) sample = -sample;
  const BandMap same({test::stereo(tone, tone), kRate}, octave_parts(63.0, 8000.0, 1), 1.0);
  const BandMap opposed({test::stereo(tone, upside_down), kRate}, octave_parts(63.0, 8000.0, 1), 1.0);
  ASSERT_EQ(same.ranges(), 8);
  EXPECT_NEAR(*power_to_db(same.power(1, 3)), -9.01, 0.1);  // a sine's RMS is 3.01 dB under its peak
  EXPECT_NEAR(*power_to_db(same.middle(1, 3)), -9.01, 0.1);
  EXPECT_LT(power_to_db(opposed.middle(1, 3)).value_or(-200.0), -100.0);
  EXPECT_LT(power_to_db(same.power(1, 5)).value_or(-200.0), -60.0);
}

TEST(Tapping, NamesTempoAndSpreadThroughAMissedTap) {
  NoiseGenerator noise(7);
  std::vector<double> taps;
  double square = 0.0;
  for (int i = 0; i < 60; ++i) {
    if (i == 20) continue;
    const double off = 0.012 * noise.white();
    square += off * off;
    taps.push_back(2.0 + 60.0 / 92.0 * i + off);
  }
  const auto tapping = read_taps(taps);
  ASSERT_TRUE(tapping);
  EXPECT_NEAR(tapping->bpm, 92.0, 0.1);
  EXPECT_NEAR(tapping->spread_ms, 1000.0 * std::sqrt(square / 57.0), 0.5);
  EXPECT_FALSE(read_taps({0.0, 0.5, 1.0}));
  EXPECT_FALSE(read_taps({0.0, 0.0, 0.0, 0.0}));
}

TEST(Attacks, AreFoundWithinTwoMillisecondsAndAShiftIsMeasured) {
  const auto attacks = attacks_of(hits(2000.0, 120.0, 4.0, 0.03));
  ASSERT_EQ(attacks.size(), 8U);
  for (std::size_t i = 0; i < attacks.size(); ++i)
    EXPECT_NEAR(attacks[i], 0.5 * static_cast<double>(i), 0.002);
  const double zero = grid_offset(attacks, 120.0)->median_ms;
  const double late = grid_offset(attacks_of(hits(2000.0, 120.0, 4.0, 0.03, 10.0)), 120.0)->median_ms;
  EXPECT_NEAR(late - zero, 10.0, 1.0);
  EXPECT_TRUE(attacks_of({AudioBuffer(2, 44100), kRate}).empty());
}

TEST(Bars, EqualOnesAreFoundAndAChangedOneIsNot) {
  Sound bar = hits(300.0, 120.0, 2.0, 0.05);
  Sound song{AudioBuffer(2, 4 * bar.audio.frames()), kRate};
  for (int k = 0; k < 4; ++k)
    for (int c = 0; c < 2; ++c)
      std::copy(bar.audio.channel(c).begin(), bar.audio.channel(c).end(),
                song.audio.channel(c).begin() + k * bar.audio.frames());
  EXPECT_EQ(equal_bars(song, 120.0, 4, -90.0), (std::vector<int>{0, 0, 0, 0}));
  song.audio.channel(0)[static_cast<std::size_t>(2 * bar.audio.frames() + 100)] += 0.25F;
  const auto bars = equal_bars(song, 120.0, 4, -90.0);
  EXPECT_EQ(bars, (std::vector<int>{0, 0, 2, 0}));
  EXPECT_EQ(longest_run(bars), 2);
}

// Half a Hz is a sixth of a semitone at 52 Hz: less than a tuning would be chosen by.
TEST(Drum, ItsPitchIsReadWhereItHasSettled) {
  for (const double hz : {51.9, 98.0, 160.0}) {
    const Drum drum = read_drum(hits(hz, 60.0, 3.0, 0.12));
    ASSERT_TRUE(drum.hz);
    EXPECT_NEAR(*drum.hz, hz, 0.5);
    EXPECT_NEAR(drum.decay_s, 0.12 * std::log(10.0), 0.04);
  }
  EXPECT_FALSE(read_drum(hits(50.0, 60.0, 3.0, 0.01)).hz);
  EXPECT_EQ(nearest_note(51.9).name, "G#1");
  EXPECT_NEAR(nearest_note(55.0).cents, 0.0, 0.01);
}

TEST(Tones, StepsAndNoiseHaveTheirLevels) {
  const auto steps = sine_steps(30.0, 200.0, 6);
  ASSERT_EQ(steps.size(), 17U);
  EXPECT_NEAR(steps.back(), 190.5, 0.1);
  const Sound sound = steps_sound({100.0}, 4.0, -20.0);
  EXPECT_NEAR(*power_to_db(mean_square(sound)), -20.0, 0.1);  // the fades take a little
  const Sound noise = pink_noise(20.0, -20.0, 3);
  EXPECT_NEAR(*power_to_db(mean_square(noise)), -20.0, 0.05);
  EXPECT_NEAR(range_db(noise, 100.0, 200.0), range_db(noise, 3200.0, 6400.0), 0.5);  // pink: equal by octave
  const auto beats = attacks_of(clicks(100.0, 6.0));
  ASSERT_EQ(beats.size(), 10U);
  EXPECT_NEAR(beats[5], 3.0, 0.002);
}

}  // namespace
}  // namespace lacquer
