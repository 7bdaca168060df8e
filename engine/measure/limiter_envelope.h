#pragma once

#include <cstdint>
#include <vector>

namespace lacquer {

// What the limiter would see of a piece, small enough to keep for hours of audio: one pair of numbers for
// each cell of the limiter's gain curve (about a third of a millisecond). On it the drive for a loudness is
// solved without rendering, by the same gain curve that the render will use.
struct LimiterEnvelope {
  double sample_rate_hz = 0.0;
  int channels = 0;
  int cell_frames = 0;
  std::int64_t frames = 0;
  std::vector<float> peak;    // highest reconstructed |sample| in the cell over all channels, linear
  std::vector<float> energy;  // K-weighted power, channel-weighted and summed over the cell's frames
};

}  // namespace lacquer
