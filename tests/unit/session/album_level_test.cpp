#include "session/album_level.h"

#include <gtest/gtest.h>

#include <cmath>

#include "session/survey.h"
#include "unit/session/memory_source.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

Executor& executor() {
  static InOrder in_order;
  return in_order;
}

LoudnessRules rules() {
  LoudnessRules rules;
  rules.solved = {8.0, 3.0, 0.5};
  rules.refuse = {6.0, 6.0, 0.3};
  rules.limiter.release_ms = 10.0;
  return rules;
}

AlbumTrack track(const std::string& name, const AudioBuffer& audio) {
  MemorySource source(audio);
  AlbumTrack track{name, {}, {}};
  track.draft.envelope = test::survey(source).envelope;
  track.draft.budget = rules().solved;
  track.draft.plan.ceiling_dbtp = -1.0;
  for (std::size_t i = 0; i < kStages.size(); ++i) track.draft.plan.stages[i].stage = kStages[i];
  return track;
}

std::vector<AlbumTrack> loud_and_quiet() {
  std::vector<AlbumTrack> tracks;
  tracks.push_back(track("loud.wav", beat(8.0, -3.0)));
  tracks.push_back(track("quiet.wav", beat(8.0, -11.0)));
  return tracks;
}

double alone_lufs(const AlbumTrack& track, double drive_db) {
  return solver_of(track.draft, executor()).at(drive_db)->integrated_lufs;
}

TEST(AlbumLevel, EverySongGetsTheGainOfTheOneThatAffordsLeast) {
  auto tracks = loud_and_quiet();
  const double least = solver_of(tracks[0].draft, executor()).within(rules().solved)->drive_db;
  const double most = solver_of(tracks[1].draft, executor()).within(rules().solved)->drive_db;
  ASSERT_GT(most, least + 3.0) << "the quiet song could go much further";
  const auto album = level_album(tracks, {}, rules(), executor());
  ASSERT_TRUE(album) << album.why();
  EXPECT_NEAR(album->gain_db, least, 0.01);
  EXPECT_EQ(album->songs, 2);
  for (const AlbumTrack& track : tracks) {
    EXPECT_EQ(track.draft.plan.album, *album);
    EXPECT_NEAR(*track.draft.plan.loudness_lufs, alone_lufs(track, album->gain_db), 0.01);
    EXPECT_NE(track.draft.plan.why.find("loud.wav allows no more"), std::string::npos)
        << track.draft.plan.why;
  }
}

TEST(AlbumLevel, SongsThatAreNotLimitedStayAsFarApartAsTheyWereMixed) {
  std::vector<AlbumTrack> tracks;
  tracks.push_back(track("a.wav", beat(8.0, -20.0)));
  tracks.push_back(track("b.wav", beat(8.0, -24.5)));
  LoudnessRules no_limiting = rules();
  tracks[0].draft.budget.reduction_p95_db = tracks[1].draft.budget.reduction_p95_db = -1.0;
  ASSERT_TRUE(level_album(tracks, {}, no_limiting, executor()));
  EXPECT_NEAR(*tracks[0].draft.plan.loudness_lufs - *tracks[1].draft.plan.loudness_lufs, 4.5, 0.03);
}

TEST(AlbumLevel, ANumberIsTheLoudnessOfAllSongsTogether) {
  auto tracks = loud_and_quiet();
  const auto album = level_album(tracks, {LoudnessRequest::Kind::kNumber, -18.0, false}, rules(), executor());
  ASSERT_TRUE(album) << album.why();
  EXPECT_NEAR(album->loudness_lufs, -18.0, 0.03);
  // The quiet song lies below it and the loud one above; by the gate, more power of the loud one counts.
  EXPECT_GT(*tracks[0].draft.plan.loudness_lufs, -18.0);
  EXPECT_LT(*tracks[1].draft.plan.loudness_lufs, -18.0);
}

TEST(AlbumLevel, ANumberThatCostsOneSongTooMuchIsRefusedWithTheNearestThatHolds) {
  auto tracks = loud_and_quiet();
  const auto album = level_album(tracks, {LoudnessRequest::Kind::kNumber, -8.5, false}, rules(), executor());
  ASSERT_FALSE(album);
  EXPECT_NE(album.why().find("loud.wav: it takes"), std::string::npos) << album.why();
  const auto at = album.why().find("--loudness ");
  ASSERT_NE(at, std::string::npos) << album.why();
  const double nearest = std::stod(album.why().substr(at + 11));
  EXPECT_TRUE(level_album(tracks, {LoudnessRequest::Kind::kNumber, nearest, false}, rules(), executor()));
  EXPECT_TRUE(level_album(tracks, {LoudnessRequest::Kind::kNumber, -8.5, true}, rules(), executor()))
      << "forced";
  // What no drive reaches is refused with the same nearest.
  const auto never = level_album(tracks, {LoudnessRequest::Kind::kNumber, -1.0, false}, rules(), executor());
  ASSERT_FALSE(never);
  EXPECT_NE(never.why().find("--loudness " + album.why().substr(at + 11, 5)), std::string::npos)
      << never.why();
}

TEST(AlbumLevel, FinishedMastersKeepTheirLevelButForPeaksAboveTheCeiling) {
  auto tracks = loud_and_quiet();
  for (AlbumTrack& track : tracks) track.draft.mastered = "It is a finished master";
  const auto album = level_album(tracks, {}, rules(), executor());
  ASSERT_TRUE(album);
  const double free = *solver_of(tracks[0].draft, executor()).peak_drive_db();
  EXPECT_NEAR(album->gain_db, std::min(0.0, free), 0.01);
}

TEST(AlbumLevel, ASilentSongHasNoSayAndNoLoudness) {
  auto tracks = loud_and_quiet();
  tracks.push_back(track("pause.wav", AudioBuffer(2, 44100)));
  const auto album = level_album(tracks, {}, rules(), executor());
  ASSERT_TRUE(album);
  EXPECT_FALSE(tracks[2].draft.plan.loudness_lufs);
  EXPECT_TRUE(tracks[0].draft.plan.loudness_lufs);
  std::vector<AlbumTrack> nothing;
  nothing.push_back(track("pause.wav", AudioBuffer(2, 44100)));
  EXPECT_FALSE(level_album(nothing, {}, rules(), executor()));
}

}  // namespace
}  // namespace lacquer
