#pragma once

#include <array>
#include <complex>
#include <memory>
#include <span>
#include <vector>

#include "dsp/fft.h"
#include "dsp/ramp.h"

namespace lacquer {

// A filter that delays every frequency alike, drawn from a magnitude: its impulse response is symmetric, so
// what a minimum-phase filter does after a hit, this one does half before and half after it. A bell of
// frequency f and quality Q rings for about Q / f on either side: 8 ms at 125 Hz and Q 1.
//
// The response is the inverse transform of the magnitude, cut to reach_frames() on either side (93 ms at
// 44.1 kHz, 85 at 48) and faded out over the outer half. It is convolved by overlap-save (Oppenheim &
// Schafer, "Discrete-Time Signal Processing", 8.7.3) in single precision: 130 dB below the signal. Because
// the response is symmetric about 0 its spectrum is real, and two channels go back through one complex
// transform.
class LinearPhaseFilter {
 public:
  void prepare(double sample_rate_hz, int channels);  // allocates
  int latency_frames() const noexcept { return 3 * reach_; }
  int reach_frames() const noexcept { return reach_; }

  // The magnitude wanted at bins() frequencies, bin_hz() apart from 0 on: for what two channels share and for
  // what they differ in. With any other number of channels `mid` is that of every channel. A change fades in
  // over a Ramp's time from the next whole block on, a few milliseconds of work; allocates nothing.
  int bins() const noexcept { return 2 * reach_ + 1; }
  double bin_hz() const noexcept { return bin_hz_; }
  void set(std::span<const double> mid, std::span<const double> side) noexcept;
  // Nothing but the delay, to the bit.
  void set_flat() noexcept;

  // In place.
  void process(float* const* rows, int frames) noexcept;
  void reset() noexcept;

 private:
  struct Kernel {
    bool flat = true;
    bool crosses = false;
    std::vector<float> same;   // from a channel to itself: (mid + side) / 2, real, with the transform's scale
    std::vector<float> cross;  // from a channel to the other: (mid - side) / 2
  };
  void cut(std::span<const double> mid, std::span<const double> side, double sign,
           std::vector<float>& spectrum) noexcept;
  void take(Kernel& kernel) noexcept;
  void filter_block() noexcept;
  void filter_pair(std::size_t first, const Kernel& kernel, float* const* to) noexcept;

  int reach_ = 0;  // the response spans -reach_ to reach_
  double bin_hz_ = 1.0;
  std::unique_ptr<RealFft> forward_;
  std::unique_ptr<InverseFft> inverse_;
  Kernel now_, next_;
  bool waiting_ = false;  // next_ is to be faded in
  bool started_ = false;
  Ramp fade_;
  int filled_ = 0;                            // of the block being collected
  std::vector<std::vector<float>> input_;     // a row a channel: the last two blocks
  std::vector<std::vector<float>> output_;    // the block being played
  std::array<std::vector<float>, 2> coming_;  // of two channels, what fades in
  std::array<std::vector<std::complex<float>>, 2> spectra_;
};

}  // namespace lacquer
