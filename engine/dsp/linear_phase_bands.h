#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "dsp/fft.h"
#include "dsp/linkwitz_riley.h"

namespace lacquer {

// Bands with the slopes of LinkwitzRileyBands and no turn of phase: each is the difference of two symmetrical
// low-pass filters of magnitude 1 / (1 + (f / crossover)^4), the last what they leave. Their sum is the
// signal itself, delayed, to the last bit. Fast convolution by overlap-save (Oppenheim and Schafer,
// "Discrete-Time Signal Processing", 8.7.3), both channels as one complex signal.
//
// A filter is 85 ms long: the response of a crossover at 40 Hz has fallen by 65 dB at its ends.
class LinearPhaseBands {
 public:
  void prepare(double sample_rate_hz, int cell_frames);
  // As LinkwitzRileyBands::set.
  void set(std::span<const double> crossovers_hz, const std::array<bool, kMostBands>& wanted) noexcept;
  void reset() noexcept;
  // A cell in; `sum` and the wanted bands out, latency_frames() later.
  void process(std::span<const StereoFrame> in, StereoFrame* sum,
               const std::array<StereoFrame*, kMostBands>& bands) noexcept;
  int latency_frames() const noexcept { return hop_frames_ + hop_frames_ / 2; }

 private:
  void design(double low_hz, double high_hz, std::vector<float>& response) noexcept;
  void convolve() noexcept;

  double sample_rate_hz_ = 48000.0;
  int hop_frames_ =
      4096;  // of new samples in a transform of twice as many; also the length of a filter less 1
  int filled_ = 0;
  std::array<bool, kMostBands> wanted_{};
  std::unique_ptr<InverseFft> forward_, inverse_;
  std::vector<StereoFrame> recent_;  // three hops: the sum is taken from the middle of what came before
  std::array<std::vector<float>, kMostBands> responses_;    // real: the filters are symmetrical
  std::array<std::vector<StereoFrame>, kMostBands> bands_;  // a hop of each
};

}  // namespace lacquer
