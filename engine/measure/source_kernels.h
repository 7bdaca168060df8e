#pragma once

#include <cstdint>

namespace lacquer {

// The vector loops of the source detectors, one call for each cell of one channel. Real-time safe.

// Reads from x[-2]. For each `span` frames (a multiple of 16; `frames` a multiple of it): the sum of
// squares, the highest |second difference| (that ends at
// each frame) and the sum of its squares; and for each 16 frames whether all are
// within `quiet` of zero.
struct CellSurvey {
  float* energy;
  float* jerk_peak;
  float* jerk_energy;
  std::uint8_t* quiet;
};
void survey_cell(const float* x, int frames, int span, float quiet, const CellSurvey& out) noexcept;

// out[i] = sum of taps[k] * x[i * factor + k]; `tap_count` a multiple of 16.
void decimate(const float* x, int outputs, int factor, const float* taps, int tap_count, float* out) noexcept;

struct SampleBits {
  std::uint32_t used = 0;  // OR of every |sample| on the 24-bit grid
  bool on_grid = true;     // no sample lies between the steps of 24 bits
};
SampleBits sample_bits(const float* x, int frames) noexcept;

// Places at which a hash of the bits of both samples falls into a sixteenth of its range; never where both
// are zero. `places` has room for `frames`. Returns how many.
int find_landmarks(const float* left, const float* right, int frames, std::uint16_t* places) noexcept;
// Of the `frames` samples up to and with left[0] and right[0].
std::uint32_t landmark_hash(const float* left, const float* right, int frames) noexcept;

struct PairSums {
  double left = 0.0, right = 0.0, cross = 0.0;
  double difference = 0.0;  // of right - gain * left, squared
};
PairSums pair_sums(const float* left, const float* right, int frames, float gain) noexcept;

}  // namespace lacquer
