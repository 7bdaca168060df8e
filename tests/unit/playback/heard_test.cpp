#include "playback/heard.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace lacquer {
namespace {

using Levels = std::array<double, kThirdOctaves>;

PlaybackSystem quiet_room() {
  PlaybackSystem system;
  system.curve.points = {{20.0, 0.0}, {20000.0, 0.0}};
  system.noise_db.points = {{20.0, 0.0}, {20000.0, -20.0}};
  return system;
}

Levels flat(double level_db) {
  Levels levels{};
  levels.fill(level_db);
  return levels;
}

double sum(const BarkValues& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

TEST(BarkBands, CoverTheSpectrumWithoutGapsOneBarkEach) {
  EXPECT_NEAR(bark_bands().front().low_hz, 17.8, 0.1);
  EXPECT_NEAR(bark_bands().back().high_hz, 14125.0, 1.0);
  for (std::size_t b = 0; b < kBarkBands; ++b) {
    EXPECT_GT(bark_bands()[b].width, 0.5) << b;
    EXPECT_LT(bark_bands()[b].width, 1.8) << b;
    if (b > 0) {
      EXPECT_EQ(bark_bands()[b].low_hz, bark_bands()[b - 1].high_hz);
    }
  }
}

// The exponent 0.23 of Zwicker's core loudness, in one band far above threshold.
TEST(HeardLoudness, GrowsSeventyPercentWithTenDecibels) {
  Levels levels = flat(-200.0);
  levels[17] = 0.0;
  const MusicOverTime tone = steady_music(levels, flat(-100.0));
  const double soft = heard_loudness(excitation(tone.mean.mid, 70.0), BarkValues{})[8];
  const double loud = heard_loudness(excitation(tone.mean.mid, 80.0), BarkValues{})[8];
  EXPECT_NEAR(loud / soft, std::pow(10.0, 0.23), 0.06);  // less what the threshold takes off the softer one
}

TEST(HeardLoudness, IsNothingBelowTheThresholdOfHearingAndUnderNoise) {
  Levels levels = flat(-200.0);
  levels[5] = 0.0;  // 63 Hz: heard from 37.5 dB on
  const MusicOverTime tone = steady_music(levels, flat(-100.0));
  const BarkValues nothing{};
  EXPECT_EQ(sum(heard_loudness(excitation(tone.mean.mid, 36.0), nothing)), 0.0);
  EXPECT_GT(heard_loudness(excitation(tone.mean.mid, 45.0), nothing)[0], 0.0);
  BarkValues noise = excitation(tone.mean.mid, 60.0);
  EXPECT_EQ(heard_loudness(excitation(tone.mean.mid, 55.0), noise)[0], 0.0);
  EXPECT_GT(heard_loudness(excitation(tone.mean.mid, 58.0), noise)[0], 0.0);
}

TEST(HeardLoudness, ALoudBandMasksTheOneAboveItMoreThanTheOneBelow) {
  Levels levels = flat(-200.0);
  levels[17] = 90.0;               // 1 kHz
  levels[16] = levels[18] = 50.0;  // 800 Hz and 1.25 kHz
  const MusicOverTime music = steady_music(levels, flat(-100.0));
  const BarkValues heard = heard_loudness(excitation(music.mean.mid, 0.0), BarkValues{});
  EXPECT_EQ(heard[9], 0.0);
  EXPECT_GT(heard[7], 0.0);
}

TEST(Hear, TheReferenceLosesNothing) {
  const PlaybackSystem monitors = quiet_room();
  const Heard heard = hear(steady_music(flat(-30.0), flat(-6.0)), monitors, monitors);
  EXPECT_NEAR(heard.loudness_change_lu, 0.0, 1e-9);
  for (std::size_t b = 0; b < kBarkBands; ++b)
    EXPECT_NEAR(heard.on_system[0][b], heard.on_reference[0][b], 1e-12);
}

TEST(Hear, InMonoOnlyTheMiddleIsLeft) {
  PlaybackSystem mono = quiet_room();
  mono.mono_below_hz = PlaybackSystem::kMonoEverywhereHz;
  mono.width_above = 0.0;
  Levels side = flat(-100.0);
  for (std::size_t t = 17; t < 24; ++t) side[t] = 40.0;  // 1 to 4 kHz as good as in the sides alone
  const Heard heard = hear(steady_music(flat(-30.0), side), mono, quiet_room());
  const std::size_t two_khz = 11;
  EXPECT_GT(heard.on_reference[0][two_khz], 0.0);
  // 40 dB less of it: 0.12 by the exponent, and a little more for the gain that makes the rest as loud.
  EXPECT_LT(heard.on_system[0][two_khz], 0.2 * heard.on_reference[0][two_khz]);
  // Without the side's share the result is quieter.
  EXPECT_LT(heard.loudness_change_lu, -1.0);
  Traits as_stereo;
  as_stereo.mono = false;
  EXPECT_NEAR(hear(steady_music(flat(-30.0), side), mono, quiet_room(), as_stereo).loudness_change_lu, 0.0,
              1e-9);
}

TEST(MusicOf, SilenceGivesNothing) { EXPECT_TRUE(music_of(Measurements{}).columns.empty()); }

}  // namespace
}  // namespace lacquer
