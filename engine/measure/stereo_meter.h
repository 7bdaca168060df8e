#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/time_grid.h"

namespace lacquer {

// Correlation and the balance of side to mid of a stereo stream, over the whole and over time.
// correlation = sum LR / sqrt(sum L^2 sum R^2), no lag. Mid = (L+R)/2, side = (L-R)/2.
class StereoMeter {
 public:
  explicit StereoMeter(const StreamFormat& format);
  void add(ConstAudioBlock block);

  struct Result {
    std::optional<double> correlation;
    std::optional<double> side_to_mid_db;
    std::optional<double> negative_share;  // of the active 3 s windows, those below 0
    std::vector<float>
        correlation_series;  // each second, of the 3 s that end there; NaN where too quiet to say
  };
  Result result() const;

 private:
  struct Sums {
    double left = 0.0, right = 0.0, cross = 0.0;
    std::int64_t frames = 0;
    Sums& operator+=(const Sums& other);
  };
  void end_second();

  StreamFormat format_;
  TimeGrid grid_;
  std::int64_t frame_ = 0;
  std::int64_t second_ = 0;
  Sums total_, current_;
  std::array<Sums, 3> ring_{};
  std::vector<float> series_;
};

}  // namespace lacquer
