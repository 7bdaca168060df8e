#pragma once

#include <vector>

#include "dsp/ramp.h"

namespace lacquer {

// How much a peak `over_db` above the ceiling is rounded off: nothing up to 2 * amount_db below it,
// amount_db from amount_db above it, so that a peak so far above just meets the ceiling; between them a
// smoothstep, whose slope takes at most half of a rise in level.
double soft_clip_reduction_db(double over_db, double amount_db) noexcept;

// Rounds the highest peaks of the reconstructed waveform. Where it comes near the ceiling it is interpolated
// (8-fold up to 50 kHz, 4-fold up to 100 kHz, 2-fold above), bent, and what the bending changed is filtered
// back to the sample rate and added: no harmonic folds, and what stays lower passes to the last bit.
class SoftClip {
 public:
  static constexpr int kTaps = 64;
  static constexpr int kLatencyFrames = kTaps - 1;

  void prepare(double sample_rate_hz, int channels, int max_frames);  // setup thread; allocates; resets
  // The ceiling, linear, as the samples here meet it; 0 to 3 dB.
  void set(double ceiling, double amount_db) noexcept;
  void reset() noexcept;
  // In place, `frames` samples of each channel, delayed by kLatencyFrames. Real-time safe.
  void process(float* const* channels, int frames) noexcept;

 private:
  void bend(std::size_t channel, int first, double ceiling, double amount_db) noexcept;

  int ratio_ = 8;
  std::vector<float> interpolation_;                   // for each tap the phases side by side
  std::vector<std::vector<float>> decimation_;         // for each phase its taps
  std::vector<std::vector<float>> samples_, changes_;  // one row a channel: kLatencyFrames, then the block
  std::vector<float> points_;
  Ramp ceiling_, amount_db_;
};

}  // namespace lacquer
