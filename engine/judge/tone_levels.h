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

// Side power over mid power of the whole piece in dB, by third-octave; NaN where the band is silent, all NaN
// where there are not two channels. Within +-60 dB.
BandLevels side_to_mid_levels(const Measurements& audio);

// The octave whose level moved most between two versions of a piece, relative to 200 Hz to 2 kHz: three
// third-octaves each, from 40 Hz to 16 kHz.
struct OctaveShift {
  double hz = 0.0;  // its middle
  double db = 0.0;
};
OctaveShift largest_octave_shift(const Measurements& before, const Measurements& after);

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
