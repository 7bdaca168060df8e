#pragma once

#include <vector>

#include "core/audio_block.h"

namespace lacquer::test {

// The meters' definitions, written out plainly in double precision: every window summed anew, every filter
// run sample by sample, every point between samples computed. Slow, and shares no code with the engine.
// Mono or stereo at rates that hold whole frames in 10 ms; audio with some sound in it.
struct PlainReading {
  double integrated_lufs = 0.0;
  double range_lu = 0.0;
  double momentary_max_lufs = 0.0;
  double short_term_max_lufs = 0.0;
  double mono_loss_db = 0.0;  // stereo
  std::vector<double> channel_lufs;
  double sample_peak = 0.0;  // linear, as all below
  double true_peak = 0.0;
  // The highest |x(t)| of each 100 ms: a meter may take the coarse or the fine reading of any frame, so the
  // highest of the lower of the two, and of the higher.
  std::vector<double> tenths_least, tenths_most;
  double rms = 0.0;
  double largest_mean = 0.0;
};
PlainReading plain_reading(const AudioBuffer& audio, double sample_rate_hz);

}  // namespace lacquer::test
