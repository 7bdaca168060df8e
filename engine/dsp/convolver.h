#pragma once

#include <complex>
#include <span>
#include <vector>

#include "dsp/fft.h"

namespace lacquer {

// Two streams side by side, each convolved with an impulse response of its own: overlap-save, one block of
// block_frames() at a time. What comes out belongs to the frames that went in: no latency but that of the
// responses.
class PairConvolver {
 public:
  // Responses of the same length, at least 1 tap; allocates.
  PairConvolver(std::span<const float> first, std::span<const float> second);
  int block_frames() const noexcept { return block_; }
  // All spans block_frames() long; `second` may be the same as `first`.
  void process(std::span<const float> first, std::span<const float> second, std::span<float> first_out,
               std::span<float> second_out) noexcept;
  void reset() noexcept;

 private:
  void take(std::span<const float> in, std::vector<float>& history) noexcept;

  int block_;
  RealFft fft_;
  InverseFft inverse_;
  std::vector<std::complex<float>> first_response_, second_response_, first_bins_;
  std::vector<float> first_history_, second_history_;  // one transform long
};

}  // namespace lacquer
