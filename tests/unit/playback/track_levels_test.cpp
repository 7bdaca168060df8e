#include "playback/track_levels.h"

#include <gtest/gtest.h>

#include "measure/meters.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 48000.0;

Measurements measured(const std::vector<float>& signal) {
  const AudioBuffer audio = test::on_channels(signal, 2);
  Meters meters({kRate, 2, audio.frames()}, MeasureGroups::kLoudness, false);
  meters.add(audio.block());
  meters.finish();
  return meters.result();
}

TEST(TrackLevels, an_album_is_measured_as_one_piece) {
  std::vector<float> loud = test::white_noise(kRate, -6.0, 20.0, 1);
  const std::vector<float> soft = test::white_noise(kRate, -11.0, 30.0, 2);
  const Measurements first = measured(loud);
  const Measurements second = measured(soft);
  const TrackLevels album = levels_of_album({&first, &second});
  test::append(loud, soft);
  const Measurements whole = measured(loud);
  // Three blocks of 400 ms that stride over the join are missing, of some five hundred.
  EXPECT_NEAR(*album.integrated_lufs, *whole.loudness.integrated_lufs, 0.01);
  EXPECT_NEAR(album.span->high_lufs - album.span->low_lufs, *whole.loudness.range_lu, 0.05);
  EXPECT_EQ(*album.true_dbtp, *first.peak.true_dbtp);
}

TEST(TrackLevels, an_album_of_one_is_that_track) {
  const Measurements track = measured(test::white_noise(kRate, -6.0, 10.0, 7));
  const TrackLevels album = levels_of_album({&track});
  EXPECT_NEAR(*album.integrated_lufs, *levels_of(track).integrated_lufs, 1e-4);  // the series is float
  EXPECT_EQ(album.true_dbtp, levels_of(track).true_dbtp);
}

TEST(TrackLevels, a_silent_track_adds_nothing_to_an_album) {
  const Measurements track = measured(test::white_noise(kRate, -6.0, 10.0, 7));
  const Measurements silent = measured(test::silence(kRate, 10.0));
  EXPECT_NEAR(*levels_of_album({&track, &silent}).integrated_lufs, *track.loudness.integrated_lufs, 1e-4);
  EXPECT_FALSE(levels_of_album({&silent}).integrated_lufs);
  EXPECT_FALSE(levels_of(silent).span);
}

TEST(TrackLevels, the_span_is_as_wide_as_the_range) {
  std::vector<float> signal = test::white_noise(kRate, -6.0, 20.0, 1);
  test::append(signal, test::white_noise(kRate, -16.0, 20.0, 2));
  const Measurements track = measured(signal);
  const TrackLevels levels = levels_of(track);
  EXPECT_NEAR(levels.span->high_lufs - levels.span->low_lufs, *track.loudness.range_lu, 1e-3);
  EXPECT_NEAR(*track.loudness.range_lu, 10.0, 0.2);
}

}  // namespace
}  // namespace lacquer
