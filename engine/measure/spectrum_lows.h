#pragma once

#include <array>
#include <complex>
#include <span>
#include <vector>

#include "core/audio_block.h"
#include "dsp/fft.h"
#include "measure/spectrum_bands.h"

namespace lacquer {

// The lowest octaves, where the shared FFT's bins of 5.4 Hz are wider than the bands: each channel low-passed
// and decimated (by 32 at 44.1 kHz), 1,024 points with a Hann window, bins of 1.35 Hz. One transform for
// every four frames of the shared FFT, centred on the same instant.
//
// The low-pass is a boxcar of the decimation's length taken four times: its zeros lie on the frequencies that
// fold onto 0 Hz, so that what folds into 20-112 Hz is down by 85 dB or more; its droop (0.4 dB at 112
// Hz, 2.8 at 300) is undone in the bins. Four multiplications a sample, and a transform 32 times rarer than
// its length: about half a nanosecond a sample and channel.
class SpectrumLows {
 public:
  static constexpr int kPoints = 1024;
  static constexpr int kEndBand = 32;  // bands below 10^2.05 = 112.2 Hz, the upper edge of 100 Hz
  static constexpr double kHighestHz = 300.0;

  // `frame_size` is that of the shared FFT, 1,024 or more.
  SpectrumLows(double sample_rate_hz, int channels, int frame_size);
  // Half a shared frame of one channel, from hop[-look_back_frames()] on; channel after channel.
  void add(std::size_t channel, const float* hop);
  int look_back_frames() const noexcept { return look_back_frames_; }

  // Whether the next transform's samples are there; take() runs it and moves on by four frames' hops.
  bool ready() const noexcept { return rows_[0].size() >= kPoints; }
  void take();
  std::span<const BandPower> bands() const noexcept { return {bands_.data(), kEndBand}; }
  std::span<const float> bins() const noexcept { return both_; }  // up to kHighestHz
  double bin_hz() const noexcept { return bin_hz_; }

 private:
  std::span<const std::complex<float>> transform(std::size_t channel, RealFft& fft);

  int factor_;
  double bin_hz_;
  double scale_ = 1.0;  // of a bin's |X|^2 to mean square
  RealFft fft_, right_fft_;
  BandSums sums_;
  std::vector<float> taps_;
  std::vector<float> window_;
  std::vector<float> undroop_;  // of the bins up to kHighestHz, power
  int look_back_frames_;
  std::vector<std::vector<float>> rows_;  // one a channel: decimated
  std::vector<float> left_power_, right_power_, cross_power_, both_;
  std::array<BandPower, kEndBand> bands_{};
};

}  // namespace lacquer
