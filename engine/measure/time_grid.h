#pragma once

#include <cmath>
#include <cstdint>

namespace lacquer {

// Where the k-th step of a regular time grid falls in a stream, to the nearest frame: exact at every sample
// rate, also where a step is not a whole number of frames (10 ms at 22,050 Hz is 220.5).
class TimeGrid {
 public:
  TimeGrid() = default;
  TimeGrid(double step_s, double sample_rate_hz) : step_frames_(step_s * sample_rate_hz) {}
  std::int64_t frame(std::int64_t step) const noexcept {
    return static_cast<std::int64_t>(std::rint(static_cast<double>(step) * step_frames_));
  }

 private:
  double step_frames_ = 1.0;
};

}  // namespace lacquer
