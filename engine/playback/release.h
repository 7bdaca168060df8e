#pragma once

#include <optional>
#include <vector>

#include "playback/platforms.h"
#include "playback/track_levels.h"

namespace lacquer {

// One track, or several that make an album.
struct Release {
  std::vector<TrackLevels> tracks;
  TrackLevels whole;  // of the one track, or of all measured as one
};

// What one mode of one platform does to a release.
struct PlatformPlay {
  PlatformRule rule;
  std::optional<std::size_t> track{};        // where every track of an album gets a gain of its own; else all
  std::optional<PlaybackOutcome> outcome{};  // levels of that track, or of the whole; none in silence
};

// Every rule on the release, in the order of the rules: one entry where one gain covers all of it, else one
// for each track. Album gain is taken where a platform knows it.
std::vector<PlatformPlay> play_release(const std::vector<PlatformRule>& rules, const Release& release);

// Peak to loudness after playback; empty without an outcome.
std::optional<double> plr_db(const PlatformPlay& play);

}  // namespace lacquer
