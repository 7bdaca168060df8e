#include "judge/kind_of_sound.h"

#include <gtest/gtest.h>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

// A mix whose tone has peaks, as all music has.
Measurements music() {
  Measurements audio = healthy_mix();
  audio.dynamics->onsets_per_second = 3.0;
  audio.dynamics->plr_db = 14.0;
  audio.loudness.range_lu = 5.0;
  audio.spectrum->resonance_map = {{220.0, 1.0, 0.1}, {440.0, 7.0, 0.4}};
  return audio;
}

std::optional<NotMusic> heard(const Measurements& audio) {
  return heard_instead_of_music(audio, judge_tonal_rules());
}

TEST(KindOfSound, music_is_music_and_what_is_not_known_is_not_held_against_it) {
  EXPECT_FALSE(heard(music()));
  Measurements unknown = healthy_mix();
  unknown.spectrum->resonance_map.clear();
  unknown.dynamics.reset();
  unknown.source.reset();
  unknown.loudness.range_lu.reset();
  EXPECT_FALSE(heard(unknown));
  unknown.spectrum.reset();
  EXPECT_FALSE(heard(unknown));
}

TEST(KindOfSound, nothing_with_a_pitch_is_noise) {
  Measurements audio = music();
  audio.spectrum->resonance_map = {{220.0, 3.9, 0.9}, {440.0, 2.0, 0.9}};
  EXPECT_EQ(heard(audio), NotMusic::kNoise);
  audio.spectrum->resonance_map[0].excess_db = 4.0;
  EXPECT_FALSE(heard(audio));
}

TEST(KindOfSound, strokes_that_never_grow_and_stand_alone_are_a_click_track) {
  Measurements audio = music();
  audio.loudness.range_lu = 0.4;
  audio.dynamics->plr_db = 20.1;
  EXPECT_EQ(heard(audio), NotMusic::kStrokes);
  audio.dynamics->plr_db = 19.9;  // a loop without a gap
  EXPECT_FALSE(heard(audio));
  audio.dynamics->plr_db = 25.0;
  audio.loudness.range_lu = 0.5;
  EXPECT_FALSE(heard(audio));
}

TEST(KindOfSound, esses_in_one_channel_without_bass_are_a_voice) {
  Measurements audio = music();
  audio.spectrum->bursts.per_minute = 41.0;
  audio.source->dual_mono_share = 1.0;
  EXPECT_FALSE(heard(audio));  // it has a bass
  raise_levels(audio, 20, 63, -20.0);
  EXPECT_EQ(heard(audio), NotMusic::kVoice);
  audio.source->dual_mono_share = 0.9;  // in stereo
  EXPECT_FALSE(heard(audio));
  audio.source->dual_mono_share = 1.0;
  audio.spectrum->bursts.per_minute = 40.0;
  EXPECT_FALSE(heard(audio));
}

// What every judgement must keep to, music or not.
TEST(KindOfSound, what_only_music_has_to_be_like_is_no_fix_of_noise) {
  const auto judged = [](double pitch_db) {
    Measurements audio = music();
    audio.spectrum->resonance_map = {{440.0, pitch_db, 0.4}};
    raise_levels(audio, 4000, 8000, 12.0);
    audio.stereo->mono_loss_db = 3.5;
    audio.stereo->bands[0].side_to_mid_db = 0.0;
    audio.source->dropouts = 3;
    return judge_mix(audio);
  };
  const Diagnosis music_like = judged(7.0);
  const Diagnosis noise = judged(1.0);
  expect_well_formed(noise);
  for (const char* id : {"harsh", "mono-cancellation", "low-end-wide", "dropout"}) {
    const Fault* of_music = find_fault(music_like, id);
    const Fault* of_noise = find_fault(noise, id);
    ASSERT_TRUE(of_music && of_noise) << id;
    EXPECT_EQ(of_music->severity, Severity::kFix) << id;
    EXPECT_EQ(of_noise->severity, Severity::kLook) << id;
    EXPECT_NEAR(of_noise->confidence, of_music->confidence / 2.0, 1e-9) << id;
    EXPECT_NE(of_noise->why.find("sounds like noise"), std::string::npos) << id;
  }
  for (const int number : {3, 6}) {
    EXPECT_EQ(item(music_like, number).verdict, Verdict::kFix) << number;
    EXPECT_EQ(item(noise, number).verdict, Verdict::kLook) << number;
    EXPECT_LT(item(noise, number).confidence, 0.5) << number;
  }
}

TEST(KindOfSound, what_is_wrong_with_any_signal_stays_to_be_fixed) {
  Measurements audio = music();
  audio.spectrum->resonance_map = {{440.0, 1.0, 0.4}};
  audio.peak.clipped_runs = 9;
  audio.stereo->correlation = -0.95;
  audio.stereo->correlation_series.clear();
  const Diagnosis noise = judge_mix(audio);
  for (const char* id : {"clipping", "polarity-inverted"}) {
    ASSERT_TRUE(find_fault(noise, id)) << id;
    EXPECT_EQ(find_fault(noise, id)->severity, Severity::kFix) << id;
  }
  EXPECT_EQ(item(noise, 3).verdict, Verdict::kFix);
}

}  // namespace
}  // namespace lacquer
