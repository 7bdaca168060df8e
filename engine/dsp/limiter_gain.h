#pragma once

#include <vector>

#include "dsp/sliding_max.h"

namespace lacquer {

struct LimiterGainParams {
  double drive_db = 0.0;     // gain at rest
  double ceiling_db = -1.0;  // no peak times gain passes this
  double release_ms = 30.0;  // time constant back from a lone peak
  bool operator==(const LimiterGainParams&) const = default;
};

// The limiter's gain curve: one gain for each cell (dsp/cells.h), from one peak for each cell. The limiter
// itself and the solver that predicts it run this same code, so a prediction is the curve that will be
// rendered.
//
//   need     the attenuation that brings the cell's peak under the ceiling
//   hold     its maximum from kLookAheadMs ahead to kHoldMs behind: half a cycle of 42 Hz stays level, so
//   bass is not
//            bent cycle by cycle
//   release  down quickly (release_ms) to what has been needed lately (kMemoryAttackMs), and from there
//   slowly
//            (kMemoryReleaseMs): a lone peak is forgotten at once, dense passages ride without pumping
//   smooth   a raised-cosine average over the look-ahead: the curve arrives before the peak, and each of its
//   values is
//            an average of values none of which is too small
//
// The gains are coefficients of a cubic B-spline with one knot a cell (kSplineCells on either side): positive
// weights that sum to 1, so that the curve between cells never rises above the gain a cell needs.
class LimiterGain {
 public:
  static constexpr double kLookAheadMs = 5.0;
  static constexpr double kHoldMs = 12.0;
  static constexpr double kMemoryAttackMs = 600.0;
  static constexpr double kMemoryReleaseMs = 400.0;
  static constexpr int kSplineCells = 2;

  void prepare(double cells_per_second);  // setup thread; allocates; resets
  void set_params(const LimiterGainParams& params) noexcept;
  void reset() noexcept;

  // The peak of the next cell in dB re full scale (silence: any value at or below kSilenceDb). Returns the
  // gain, linear, of the cell latency_cells() before it. Real-time safe.
  double push(double peak_db) noexcept;
  int latency_cells() const noexcept { return smooth_cells_ - 1 + kSplineCells; }

  static constexpr double kSilenceDb = -400.0;

 private:
  double release(double held_db) noexcept;

  LimiterGainParams params_;
  double cells_per_second_ = 3000.0;
  int smooth_cells_ = 1;
  double release_step_ = 0.0;        // share of the distance that remains after one cell
  double memory_attack_step_ = 0.0;  // share of the distance covered in one cell
  double memory_release_step_ = 0.0;
  SlidingMax hold_;
  std::vector<double> weights_;  // of the smoothing, newest first
  std::vector<double> recent_;   // ring of released attenuations
  std::size_t next_ = 0;
  double released_db_ = 0.0;  // attenuation after release; negative is gain
  double memory_db_ = 0.0;    // what has been needed lately, above rest
};

}  // namespace lacquer
