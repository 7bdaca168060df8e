#pragma once

#include <optional>

#include "judge/tone_levels.h"
#include "measure/measurements.h"

namespace lacquer {

// One broad or narrow move of an equaliser, as the planner weighs it: the magnitude of the analogue prototype
// (dsp/analogue.h) at third-octaves.
struct ToneMove {
  enum class Shape { kBell, kLowShelf, kHighShelf };
  Shape shape = Shape::kBell;
  double frequency_hz = 1000.0;
  double gain_db = 0.0;
  double q = 0.7;
};

double response_db(const ToneMove& move, double hz);
BandLevels response_db(const ToneMove& move);

// How a bump (or slope) in a deviation is best described: the move whose shape, at its full height and on a
// level of its own, comes nearest to the deviation around it. `gain_db` is the full height, of the sign given
// in `sign`; nothing where no such bump is found.
struct FitRange {
  double centre_low_hz = 0.0;  // where the move's frequency may lie
  double centre_high_hz = 0.0;
  double q_min = 0.5;
  double q_max = 1.6;
};
std::optional<ToneMove> fit_move(const BandLevels& deviation_db, ToneMove::Shape shape, double sign,
                                 const FitRange& range);

// What the meters would read after a fixed equaliser with this response: the average spectrum and its course
// over time, everything else as it was.
Measurements with_response(const Measurements& audio, const BandLevels& response);

// How much louder (K-weighted, ITU-R BS.1770) the piece becomes through this response, from its average
// spectrum: within a few tenths of an LU.
double loudness_change_lu(const Measurements& audio, const BandLevels& response);

}  // namespace lacquer
