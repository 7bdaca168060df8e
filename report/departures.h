#pragma once

#include <vector>

#include "judge/target.h"
#include "judge/vocabulary.h"
#include "measure/measurements.h"

namespace lacquer {

// Where a spectrum leaves its target, for every report to show the same.

struct BandDeparture {
  double hz = 0.0;
  double target_db = 0.0;
  double deviation_db = 0.0;  // level - target
  double tolerance_db = 0.0;
  bool outside = false;  // past the tolerance; 30 Hz to 17 kHz; a missing sub (below 60 Hz) is no fault and
                         // never outside
};
// Of every band that has a level and a target, lowest first.
std::vector<BandDeparture> departures(const std::vector<ThirdOctave>& bands, const TargetCurve& target);

// Neighbouring bands outside on the same side.
struct DepartureRun {
  double low_hz = 0.0;  // centres
  double high_hz = 0.0;
  BandDeparture peak;  // the furthest from the target
};
std::vector<DepartureRun> departure_runs(const std::vector<BandDeparture>& bands);

// The words whose state is not normal and whose numbers can be drawn, in their order.
std::vector<Word> standing_out(const std::vector<Word>& words);

}  // namespace lacquer
