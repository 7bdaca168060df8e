#pragma once

#include <complex>
#include <cstdint>
#include <span>

namespace lacquer {

// One frame of the shared FFT, handed to whoever needs it while it is there: a second transform of the whole
// signal would cost more than all the meters that want one. Powers are unscaled |X|^2; times `scale` they are
// mean squares, one-sided.
struct SpectrumFrame {
  std::int64_t centre_frame = 0;  // stream position of the middle of its window
  double bin_hz = 0.0;
  double scale = 0.0;
  double loudness_lufs = 0.0;    // K-weighted; below -80 nothing is called
  std::span<const float> left;   // power of each bin; mono: the one channel
  std::span<const float> right;  // empty for mono
  std::span<const float> cross;  // real part of L * conj(R); empty for mono
  // The transform itself, unscaled: only as long as the call lasts.
  std::span<const std::complex<float>> left_spectrum;
  std::span<const std::complex<float>> right_spectrum;  // empty for mono
};

class SpectrumListener {
 public:
  SpectrumListener() = default;
  SpectrumListener(const SpectrumListener&) = delete;
  SpectrumListener& operator=(const SpectrumListener&) = delete;
  virtual ~SpectrumListener() = default;
  virtual void on_frame(const SpectrumFrame& frame) = 0;
};

}  // namespace lacquer
