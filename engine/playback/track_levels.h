#pragma once

#include <optional>
#include <vector>

#include "measure/loudness_meter.h"
#include "measure/measurements.h"

namespace lacquer {

// What normalization looks at, and what a picture of it shows. Empty in silence.
struct TrackLevels {
  std::optional<double> integrated_lufs;
  std::optional<double> true_dbtp;
  std::optional<LoudnessSpan> span;  // of the loudness range

  std::optional<double> plr_db() const {
    if (!integrated_lufs || !true_dbtp) return std::nullopt;
    return *true_dbtp - *integrated_lufs;
  }
};

TrackLevels levels_of(const Measurements& track);

// A release measured as one: the gate of BS.1770-5 over the 400 ms blocks of all tracks (those that would
// stride from one track into the next are not formed), the range over all, the highest true peak.
TrackLevels levels_of_album(const std::vector<const Measurements*>& tracks);

}  // namespace lacquer
