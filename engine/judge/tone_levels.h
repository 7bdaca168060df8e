#pragma once

#include <array>
#include <vector>

#include "judge/target.h"
#include "measure/measurements.h"

namespace lacquer {

// Levels by third-octave from 20 Hz to 20 kHz; NaN where nothing is known.
using BandLevels = std::array<double, kTargetBands>;

// The average spectrum of the piece, its mean from 200 Hz to 2 kHz taken to 0 dB. All NaN where none of that
// middle is known.
BandLevels average_levels(const Measurements& audio);

// The same of the middle of the image alone, (L+R)/2, as far as side to mid is known by octaves: what only
// the side has is a matter of width. The average levels where there is no stereo image.
BandLevels centre_levels(const Measurements& audio);

// One stretch of the piece.
struct ToneStretch {
  TimeRange when;            // its middle half: neighbouring stretches follow each other without gap
  BandLevels relative_db{};  // its own mean from 200 Hz to 2 kHz is 0 dB
  BandLevels level_dbfs{};
};

// Stretches of `length_s`, overlapping, of which at least half is within 10 dB of the piece's mean level;
// none where the piece is shorter.
std::vector<ToneStretch> tone_stretches(const Measurements& audio, double length_s);

// What is usual over the stretches, band by band: the median.
BandLevels usual_levels(const std::vector<ToneStretch>& stretches, BandLevels ToneStretch::*which);

}  // namespace lacquer
