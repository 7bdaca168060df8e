#include "playback/release.h"

#include <algorithm>

namespace lacquer {
namespace {

std::optional<double> loudest_lufs(const std::vector<TrackLevels>& tracks) {
  std::optional<double> loudest;
  for (const TrackLevels& track : tracks)
    if (track.integrated_lufs)
      loudest = std::max(loudest.value_or(*track.integrated_lufs), *track.integrated_lufs);
  return loudest;
}

std::optional<PlaybackOutcome> outcome_of(const PlatformRule& rule, const TrackLevels& levels) {
  if (!levels.integrated_lufs || !levels.true_dbtp) return std::nullopt;
  return play_on(rule, *levels.integrated_lufs, *levels.true_dbtp);
}

std::optional<PlaybackOutcome> outcome_of_album(const PlatformRule& rule, const Release& release) {
  const auto loudest = loudest_lufs(release.tracks);
  if (!rule.by_loudest_track || !loudest) return outcome_of(rule, release.whole);
  TrackLevels deciding = release.whole;
  deciding.integrated_lufs = loudest;
  auto outcome = outcome_of(rule, deciding);
  if (outcome && release.whole.integrated_lufs)
    outcome->playback_lufs = *release.whole.integrated_lufs + outcome->gain_db;
  return outcome;
}

}  // namespace

std::vector<PlatformPlay> play_release(const std::vector<PlatformRule>& rules, const Release& release) {
  std::vector<PlatformPlay> plays;
  const bool is_album = release.tracks.size() > 1;
  for (const PlatformRule& rule : rules) {
    const bool one_by_one = is_album && rule.gain != GainRule::kNone && !rule.album_scope;
    if (!one_by_one) {
      plays.push_back(
          {rule, std::nullopt, is_album ? outcome_of_album(rule, release) : outcome_of(rule, release.whole)});
      continue;
    }
    for (std::size_t t = 0; t < release.tracks.size(); ++t)
      plays.push_back({rule, t, outcome_of(rule, release.tracks[t])});
  }
  return plays;
}

std::optional<double> plr_db(const PlatformPlay& play) {
  if (!play.outcome) return std::nullopt;
  return play.outcome->playback_dbtp - play.outcome->playback_lufs;
}

}  // namespace lacquer
