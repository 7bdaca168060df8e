#pragma once

#include <cstdint>
#include <vector>

#include "core/audio_stream.h"
#include "core/progress.h"
#include "judge/plan.h"
#include "measure/measurements.h"

namespace lacquer {

// A passage of what reaches the limiter, by band and on the limiter's cells (dsp/cells.h): enough to say what
// a gain curve does to each band without rendering it. The limiter multiplies the whole spectrum by one slow
// curve, so a band under the curve is the band times the curve.
struct BandEnvelope {
  struct Band {
    double low_hz = 0.0, high_hz = 0.0;
    std::vector<float> peak;    // highest |x| of any channel in the cell
    std::vector<float> energy;  // x^2 summed over the cell's frames and the channels
  };
  std::int64_t first_cell = 0;  // in the limiter's envelope of the whole piece
  double cells_per_second = 0.0;
  double samples_per_cell = 0.0;  // frames times channels
  std::vector<Band> bands;  // below 120, 120-500, 500-4000, above 4000 Hz, as far as the rate goes; rising
};

// Reads the source up to the passage's end; its stages 1 to 6 are run from a second before it.
BandEnvelope band_envelope(AudioSource& source, const Plan& plan, const TimeRange& when,
                           const ProgressCallback& progress);

}  // namespace lacquer
