#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "session/plan_master.h"

namespace lacquer {

// A song of an album, drafted; its plan gets its level here.
struct AlbumTrack {
  std::string name;  // as a sentence says it
  DraftedPlan draft;
  std::optional<DriveOutcome> outcome{};  // filled here: none in silence
};

// Levels an album as a whole: one gain into the limiter for all songs, so that they stay as loud against each
// other as they were mixed (where the limiter takes more from one than from another, a little less far
// apart). It is the highest gain that each of them can afford on its own budget; where all are finished
// masters already, none, or as little less as their peaks ask for; where a number was asked for, the gain
// that takes all of them together, one after the other (BS.1770-5 over the blocks of every song), to that
// loudness, refused with the nearest in reach where it costs any of them more than the rules allow.
//
// Fills loudness_lufs (in hundredths), album and why of each plan. Fails as plan_master() does.
Result<AlbumLevel> level_album(std::vector<AlbumTrack>& tracks, const LoudnessRequest& request,
                               const LoudnessRules& rules, Executor& executor);

}  // namespace lacquer
