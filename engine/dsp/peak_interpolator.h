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

  // The same for a stretch of which only what rises above `level` matters. Frames are taken in groups of
  // kGroupFrames, counted from `samples`; group_peaks[g] is the highest of group g, and its peaks are
  // written. A group that provably stays at or below `level` may be passed over instead: its group_peaks[g]
  // is 0 and its peaks are left as they were. Reads kLookAheadFrames around samples[0 .. count). Real-time
  // safe.
  //
  // The proof: an interpolated value is a point on the line between its two neighbours plus a weighted sum of
  // second differences x[k-1] - 2 x[k] + x[k+1] of the samples that the filter reaches. In music those are
  // small except where it is bright, so most groups are decided by two maxima.
  static constexpr int kGroupFrames = 16;
  void scan_above(const float* samples, int count, float level, float* peaks,
                  float* group_peaks) const noexcept;

  int ratio() const noexcept { return ratio_; }

 private:
  void set_bound(const std::vector<std::vector<double>>& phases);

  int ratio_;
  // |x(t)| <= line_gain_ * highest sample on either side + bend_gain_ * highest second difference in reach.
  float line_gain_ = 0.0F, bend_gain_ = 0.0F;
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
  std::vector<float> taps_;  // for each tap the phases side by side; phase 0 is the sample itself
};

}  // namespace lacquer
