#include "judge/translation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/decibels.h"
#include "judge_cases.h"

namespace lacquer {
namespace {

// A minute whose third octaves follow the target, with a side signal 10 dB under the middle.
Measurements like_target(const TargetCurve& target) {
  constexpr std::size_t kColumns = 60;
  Measurements audio;
  audio.duration_s = 60.0;
  audio.channels = 2;
  audio.spectrum.emplace();
  audio.stereo.emplace();
  BandsOverTime& levels = audio.spectrum->third_octaves_over_time;
  BandsOverTime& side = audio.stereo->side_share_over_time;
  levels.column_s = side.column_s = 1.0;
  levels.bands = side.bands = kThirdOctaves;
  for (std::size_t column = 0; column < kColumns; ++column)
    for (const double level : target.level_db) {
      levels.values.push_back(static_cast<float>(level - 30.0));
      side.values.push_back(0.09F);
    }
  return audio;
}

float& level(Measurements& audio, std::size_t column, std::size_t third) {
  return audio.spectrum->third_octaves_over_time.values[column * kThirdOctaves + third];
}
float& side(Measurements& audio, std::size_t column, std::size_t third) {
  return audio.stereo->side_share_over_time.values[column * kThirdOctaves + third];
}

const TranslationRules kRules = {0.6, 0.1, 0.35, 0.2, 0.015, 0.05, 10.0, 0.25, 0.25, -20.0, -12.0, -8.0};

PlaybackSystem level_system(const char* id) {
  PlaybackSystem system;
  system.id = system.name = id;
  system.curve.points = {{20.0, 0.0}, {20000.0, 0.0}};
  system.noise_db.points = {{20.0, 0.0}, {20000.0, -20.0}};
  return system;
}

std::vector<PlaybackSystem> three_systems() {
  PlaybackSystem small = level_system("small");
  small.curve.points = {{20, -60}, {100, -34}, {200, -13}, {315, -3}, {500, 0}, {20000, 0}};
  PlaybackSystem mono = level_system("mono");
  mono.mono_below_hz = PlaybackSystem::kMonoEverywhereHz;
  mono.width_above = 0.0;
  PlaybackSystem noisy = level_system("noisy");
  noisy.noise_name = "road noise";
  noisy.noise_dba = 68.0;
  noisy.noise_db.points = {{20, 77}, {50, 77}, {500, 61}, {2000, 51}, {8000, 41}, {20000, 34}};
  return {level_system("monitors"), small, mono, noisy};
}

const SystemTranslation& on(const std::vector<SystemTranslation>& all, const std::string& id) {
  for (const SystemTranslation& one : all)
    if (one.system.id == id) return one;
  throw std::runtime_error(id);
}

std::vector<SystemTranslation> translated(const Measurements& audio) {
  return translate(audio, test::judge_target(), three_systems(), kRules);
}

TEST(Translation, ARecordOfTheTargetsShapeLosesNothingWorthSaying) {
  const auto all = translated(like_target(test::judge_target()));
  ASSERT_EQ(all.size(), 3U);
  for (const SystemTranslation& one : all) EXPECT_TRUE(one.lost.empty()) << one.system.id << ": " << one.why;
}

TEST(Translation, ALowEndWithoutHarmonicsIsLostOnASmallLoudspeaker) {
  Measurements audio = like_target(test::judge_target());
  for (std::size_t column = 0; column < 60; ++column)
    for (std::size_t third = 7; third < 12; ++third) level(audio, column, third) -= 30.0F;  // 100 to 250 Hz
  const auto all = translated(audio);
  const SystemTranslation& small = on(all, "small");
  ASSERT_FALSE(small.lost.empty());
  EXPECT_STREQ(small.lost[0].part->id, "low-end");
  EXPECT_EQ(small.lost[0].cause, LossCause::kResponse);
  EXPECT_LT(small.lost[0].high_hz, 300.0);
  EXPECT_TRUE(on(all, "mono").lost.empty());
}

TEST(Translation, AVoiceInTheSidesAloneIsLostInMonoAndSaysSo) {
  Measurements audio = like_target(test::judge_target());
  for (std::size_t column = 0; column < 60; ++column)
    for (std::size_t third = 17; third < 24; ++third) side(audio, column, third) = 0.98F;
  const auto all = translated(audio);
  const SystemTranslation& mono = on(all, "mono");
  ASSERT_FALSE(mono.lost.empty());
  EXPECT_STREQ(mono.lost[0].part->id, "voice");
  EXPECT_EQ(mono.lost[0].cause, LossCause::kMono);
  EXPECT_NEAR(mono.lost[0].when[0].from_s, 0.0, 1e-9);
  EXPECT_NEAR(mono.lost[0].when[0].to_s, 60.0, 1e-9);
  EXPECT_TRUE(on(all, "small").lost.empty());
}

TEST(Translation, QuietPassagesUnderNoiseAreNamedWithTheirTimes) {
  Measurements audio = like_target(test::judge_target());
  for (std::size_t column = 20; column < 45; ++column)
    for (std::size_t third = 0; third < kThirdOctaves; ++third) level(audio, column, third) -= 18.0F;
  const SystemTranslation noisy = on(translated(audio), "noisy");
  ASSERT_FALSE(noisy.lost.empty()) << noisy.why;
  const PartLoss& loss = noisy.lost[0];
  EXPECT_TRUE(loss.local);
  EXPECT_EQ(loss.cause, LossCause::kNoise);
  ASSERT_EQ(loss.when.size(), 1U);
  EXPECT_NEAR(loss.when[0].from_s, 20.0, 1.0);
  EXPECT_NEAR(loss.when[0].to_s, 45.0, 1.0);
  EXPECT_NE(loss.why.find("road noise"), std::string::npos) << loss.why;
}

TEST(Translation, SilenceAndMissingSpectraGiveNothing) {
  EXPECT_TRUE(translated(Measurements{}).empty());
  Measurements silent = like_target(test::judge_target());
  for (float& value : silent.spectrum->third_octaves_over_time.values) value = NAN;
  EXPECT_TRUE(translated(silent).empty());
}

TEST(Translation, EverySystemTellsItsBandsAndPartsWithinZeroAndOne) {
  for (const SystemTranslation& one : translated(like_target(test::judge_target()))) {
    ASSERT_EQ(one.bands.size(), static_cast<std::size_t>(kBarkBands));
    ASSERT_EQ(one.parts.size(), kMusicParts.size());
    for (const BandHeard& band : one.bands) {
      ASSERT_TRUE(band.audible && band.target_audible) << band.low_hz;
      EXPECT_GE(*band.audible, 0.0);
      EXPECT_LE(*band.audible, 1.0);
    }
  }
}

}  // namespace
}  // namespace lacquer
