#include "playback/track_levels.h"

#include <algorithm>
#include <cmath>

namespace lacquer {
namespace {

// The series hold -infinity where a window was not full yet or silent, which no gate lets pass.
void append_powers(const std::vector<float>& series_lufs, std::vector<double>& powers) {
  for (const float lufs : series_lufs)
    if (std::isfinite(lufs)) powers.push_back(power_of_loudness(lufs));
}

}  // namespace

TrackLevels levels_of(const Measurements& track) {
  std::vector<double> short_term;
  append_powers(track.loudness.short_term_lufs, short_term);
  return {track.loudness.integrated_lufs, track.peak.true_dbtp, loudness_span(std::move(short_term))};
}

TrackLevels levels_of_album(const std::vector<const Measurements*>& tracks) {
  std::vector<double> blocks;
  std::vector<double> short_term;
  TrackLevels album;
  for (const Measurements* track : tracks) {
    append_powers(track->loudness.momentary_lufs, blocks);
    append_powers(track->loudness.short_term_lufs, short_term);
    const auto& peak = track->peak.true_dbtp;
    if (peak) album.true_dbtp = std::max(album.true_dbtp.value_or(*peak), *peak);
  }
  album.integrated_lufs = gate_blocks(blocks).integrated_lufs;
  album.span = loudness_span(std::move(short_term));
  return album;
}

}  // namespace lacquer
