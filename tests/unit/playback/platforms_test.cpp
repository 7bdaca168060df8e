#include "playback/platforms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

PlatformRule rule(GainRule gain, double reference_lufs) {
  PlatformRule platform;
  platform.gain = gain;
  platform.reference_lufs = reference_lufs;
  if (gain == GainRule::kPeakLimited) platform.up_ceiling_dbtp = -1.0;
  if (gain == GainRule::kLimiter) platform.limiter_threshold_dbfs = -1.0;
  return platform;
}

struct Vector {
  const char* name;
  PlatformRule platform;
  double lufs, dbtp, gain_db, playback_lufs, playback_dbtp;
  LimitedBy limited_by;
};

// Sums and differences of decimal fractions: exact to a few units in the last place.
constexpr double kRounding = 1e-9;

class PlayOn : public testing::TestWithParam<Vector> {};

TEST_P(PlayOn, gives_the_worked_example) {
  const Vector& v = GetParam();
  const PlaybackOutcome outcome = play_on(v.platform, v.lufs, v.dbtp);
  EXPECT_NEAR(outcome.gain_db, v.gain_db, kRounding);
  EXPECT_NEAR(outcome.playback_lufs, v.playback_lufs, kRounding);
  EXPECT_NEAR(outcome.playback_dbtp, v.playback_dbtp, kRounding);
  EXPECT_EQ(outcome.limited_by, v.limited_by);
}

const PlatformRule kSpotifyNormal = rule(GainRule::kPeakLimited, -14.0);
const PlatformRule kSpotifyLoud = rule(GainRule::kLimiter, -11.0);
const PlatformRule kSpotifyQuiet = rule(GainRule::kPeakLimited, -19.0);
const PlatformRule kDown14 = rule(GainRule::kDownOnly, -14.0);

INSTANTIATE_TEST_SUITE_P(
    Platforms, PlayOn,
    testing::Values(
        // Spotify's own published example: lifted only until the peak reaches -1 dBTP.
        Vector{"normal_lifts_to_the_ceiling", kSpotifyNormal, -20, -5, 4, -16, -1, LimitedBy::kPeak},
        Vector{"loud_lifts_into_its_limiter", kSpotifyLoud, -20, -5, 9, -11, -1, LimitedBy::kLimiter},
        Vector{"no_headroom_no_lift", kSpotifyNormal, -20, -0.5, 0, -20, -0.5, LimitedBy::kPeak},
        Vector{"normal_turns_down", kSpotifyNormal, -8, 0.3, -6, -14, -5.7, LimitedBy::kNone},
        Vector{"quiet_turns_down", kSpotifyQuiet, -8, 0.3, -11, -19, -10.7, LimitedBy::kNone},
        Vector{"apple_turns_down", rule(GainRule::kPeakLimited, -16), -8, -1, -8, -16, -9, LimitedBy::kNone},
        Vector{"youtube_music_never_lifts", rule(GainRule::kDownOnly, -7), -8, -1, 0, -8, -1,
               LimitedBy::kRule},
        Vector{"down_only_never_lifts", kDown14, -20, -6, 0, -20, -6, LimitedBy::kRule},
        Vector{"tidal_on_tv_turns_down", rule(GainRule::kDownOnly, -18), -9, -0.2, -9, -18, -9.2,
               LimitedBy::kNone},
        Vector{"lift_with_room_is_not_limited", kSpotifyNormal, -16, -9, 2, -14, -7, LimitedBy::kNone},
        Vector{"at_the_reference_nothing_happens", kDown14, -14, -1, 0, -14, -1, LimitedBy::kNone},
        Vector{"loud_turning_down_leaves_the_limiter_idle", kSpotifyLoud, -8, 0.3, -3, -11, -2.7,
               LimitedBy::kNone},
        Vector{"delivery_matches_without_guard", rule(GainRule::kMatch, -16), -24, -3, 8, -16, 5,
               LimitedBy::kNone},
        Vector{"no_normalization_changes_nothing", PlatformRule{}, -8, -0.3, 0, -8, -0.3, LimitedBy::kNone}),
    [](const auto& vector) { return std::string(vector.param.name); });

TEST(Platforms, the_loud_mode_says_how_much_its_limiter_may_take_off) {
  EXPECT_NEAR(play_on(kSpotifyLoud, -20, -5).limiter_reduction_db, 5.0, kRounding);
  EXPECT_EQ(play_on(kSpotifyLoud, -8, 0.3).limiter_reduction_db, 0.0);
}

TEST(Platforms, a_peak_limited_lift_never_passes_its_ceiling_nor_turns_down_for_a_peak) {
  NoiseGenerator noise(test::test_seed(11));
  for (int i = 0; i < 2000; ++i) {
    const double lufs = -40.0 + 40.0 * noise.uniform();
    const double dbtp = -20.0 + 23.0 * noise.uniform();
    const PlaybackOutcome outcome = play_on(kSpotifyNormal, lufs, dbtp);
    ASSERT_GE(outcome.gain_db, std::min(0.0, -14.0 - lufs)) << lufs << " LUFS, " << dbtp << " dBTP";
    if (outcome.gain_db > 0.0) {
      ASSERT_LE(outcome.playback_dbtp, -1.0 + kRounding);
      ASSERT_LE(outcome.playback_lufs, -14.0 + kRounding);
    }
  }
}

}  // namespace
}  // namespace lacquer
