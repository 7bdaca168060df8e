#pragma once

#include "session/exercises/sound.h"

namespace lacquer {

// The null test: two files subtracted sample by sample.
struct Difference {
  Sound rest;                        // the first less the second, as long as the shorter
  std::optional<double> level_dbfs;  // RMS; a full-scale sine reads -3.01. Empty: digital silence
  std::optional<double> peak_dbfs;
  double loudest_at_s = 0.0;  // the tenth of a second where it is strongest
  int frames_apart = 0;       // how much longer one of them is
};
// Both of one rate and as many channels; throws Error where they are not.
Difference difference_of(const Sound& first, const Sound& second);

}  // namespace lacquer
