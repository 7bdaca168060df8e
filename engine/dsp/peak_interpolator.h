#pragma once

#include <array>
#include <vector>

#include "core/audio_block.h"

namespace lacquer {

// The reconstructed waveform between samples, for one channel: how high |x(t)| rises around each sample. Both
// the true-peak meter and the limiter read it, so that they agree on what a peak is.
//
// ITU-R BS.1770-5 Annex 2 asks for an output rate of at least 192 kHz. Here the rate is 8-fold up to 50 kHz,
// 4-fold up to 100 kHz, 2-fold above: the grid then under-reads a tone at 0.45 of the sample rate by 0.14 dB
// at most (20 lg cos(pi f / n)), one at 0.2 by 0.03. `refine` gives the 32-fold reading where that matters.
class PeakInterpolator {
 public:
  static constexpr int kTaps = 32;
  static constexpr int kLookAheadFrames =
      kTaps / 2;  // samples needed after a sample before its peak is known
  static constexpr int kLookBackFrames = kTaps / 2 - 1;

  explicit PeakInterpolator(double sample_rate_hz);

  // peaks[i] = highest |x(t)| on the grid for t in [i, i + 1). Reads samples[i - kLookBackFrames] to
  // samples[i + kLookAheadFrames]: the caller keeps that margin. Real-time safe.
  void scan(const float* samples, int count, float* peaks) const noexcept;

  int ratio() const noexcept { return ratio_; }

 private:
  int ratio_;
  // For each tap pair: half sum and half difference of each phase and its mirror, then the middle phase.
  // y(p) = P + Q and y(ratio - p) = P - Q where P weighs x[j] + x[mirror], Q weighs x[j] - x[mirror].
  std::vector<float> weights_;
};

// 32-fold reading of |x(t)| over [i, i + count): flat within 0.001 dB to 0.47 of the sample rate.
// Reads kRefineTaps / 2 samples on either side. Slow and exact: for the few places where it matters.
class PeakRefiner {
 public:
  static constexpr int kTaps = 128;
  static constexpr int kRatio = 32;
  static constexpr int kLookAheadFrames = kTaps / 2;
  static constexpr int kLookBackFrames = kTaps / 2 - 1;

  PeakRefiner();
  float highest(const float* samples, int count) const noexcept;

 private:
  std::vector<float> taps_;  // kRatio - 1 phases, each kTaps long
};

}  // namespace lacquer
