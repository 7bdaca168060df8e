#pragma once

#include <algorithm>
#include <cmath>

namespace lacquer {

// The limiter's gain curve and everything that predicts it work on cells of a fixed number of frames, about a
// third of a millisecond at 44.1 and 48 kHz: 16 frames there, 32 at 88.2 and 96, 64 at 176.4 and 192, 8 and 4
// below. Powers of two, so that vector code meets whole cells.
inline int cell_frames_for(double sample_rate_hz) noexcept {
  const double wanted = sample_rate_hz / 3000.0;
  int frames = 4;
  while (frames < 128 && frames * 1.42 < wanted) frames *= 2;
  return frames;
}

}  // namespace lacquer
