#include "playback/release.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

constexpr double kRounding = 1e-9;

PlatformRule down_to(double lufs, bool album, bool track) {
  PlatformRule rule;
  rule.gain = GainRule::kDownOnly;
  rule.reference_lufs = lufs;
  rule.album_scope = album;
  rule.track_scope = track;
  return rule;
}

Release album() {
  Release release;
  release.tracks = {{-8.0, -0.5, {}}, {-16.0, -3.0, {}}};
  release.whole = {-10.0, -0.5, {}};
  return release;
}

TEST(Release, one_gain_covers_an_album_where_the_platform_knows_albums) {
  const auto plays = play_release({down_to(-14.0, true, true)}, album());
  ASSERT_EQ(plays.size(), 1U);
  EXPECT_FALSE(plays[0].track);
  EXPECT_NEAR(plays[0].outcome->gain_db, -4.0, kRounding);
}

TEST(Release, else_every_track_gets_its_own) {
  const auto plays = play_release({down_to(-14.0, false, true)}, album());
  ASSERT_EQ(plays.size(), 2U);
  EXPECT_EQ(plays[1].track, 1U);
  EXPECT_NEAR(plays[0].outcome->gain_db, -6.0, kRounding);
  EXPECT_NEAR(plays[1].outcome->gain_db, 0.0, kRounding);
}

TEST(Release, the_loudest_track_may_decide_for_the_album) {
  PlatformRule rule = down_to(-14.0, true, false);
  rule.by_loudest_track = true;
  const auto plays = play_release({rule}, album());
  EXPECT_NEAR(plays[0].outcome->gain_db, -6.0, kRounding);
  EXPECT_NEAR(plays[0].outcome->playback_lufs, -16.0, kRounding);
}

TEST(Release, a_single_track_has_one_entry_for_every_rule) {
  Release single{{{-8.0, -0.5, {}}}, {-8.0, -0.5, {}}};
  const auto plays = play_release({down_to(-14.0, false, true), down_to(-14.0, true, true)}, single);
  ASSERT_EQ(plays.size(), 2U);
  EXPECT_FALSE(plays[0].track);
  EXPECT_NEAR(*plr_db(plays[0]), 7.5, kRounding);
}

TEST(Release, silence_has_no_outcome) {
  const auto plays = play_release({down_to(-14.0, true, true)}, {{TrackLevels{}}, {}});
  EXPECT_FALSE(plays[0].outcome);
  EXPECT_FALSE(plr_db(plays[0]));
}

}  // namespace
}  // namespace lacquer
