#pragma once

#include <algorithm>
#include <vector>

#include "dsp/gap_bridge.h"
#include "dsp/sliding_max.h"

namespace lacquer {

enum class LimiterQuality { kLive, kBest };

struct LimiterGainParams {
  double drive_db = 0.0;     // gain at rest
  double ceiling_db = -1.0;  // no peak times gain passes this
  double release_ms = 10.0;  // time constant back from a lone peak
  LimiterQuality quality = LimiterQuality::kBest;
  bool operator==(const LimiterGainParams&) const = default;
};

// The limiter's gain curve: one gain for each cell (dsp/cells.h), from one peak for each cell. The limiter
// itself and the solver that predicts it run this same code, so a prediction is the curve that will be
// rendered.
//
//   need     the attenuation that brings the cell's peak under the ceiling
//   bridge   (best) gaps between peaks shorter than bridge_ms are filled to the lower of the two (GapBridge),
//            those shorter than bass_bridge_ms where the filled curve lasts for bass_lasts_ms. The peaks of a
//            bass note are half a cycle apart and become one level, from 48 Hz on at once, from 20 Hz on when
//            the note lasts: it is not bent cycle by cycle. A lone peak is not held at all
//   hold     the maximum from look_ahead_ms ahead to hold_ms behind: live, which cannot see the next peak,
//            holds on for half a cycle of 42 Hz instead
//   release  down quickly (release_ms) to what has been needed lately (kMemoryAttackMs), and from there
//            slowly (kMemoryReleaseMs): a lone peak is forgotten at once, dense passages ride without pumping
//   smooth   a raised-cosine average over the look-ahead: the curve arrives before the peak, and each of its
//            values is an average of values none of which is too small
//
// The gains are coefficients of a cubic B-spline with one knot a cell (kSplineCells on either side): positive
// weights that sum to 1, so that the curve between cells never rises above the gain a cell needs.
class LimiterGain {
 public:
  struct Curve {
    double look_ahead_ms, hold_ms, bridge_ms;
    double bass_bridge_ms, bass_lasts_ms;
  };
  static constexpr Curve kLive{5.0, 12.0, 0.0, 0.0, 0.0};
  static constexpr Curve kBest{0.7, 0.0, 10.5, 25.0, 160.0};
  static constexpr double kMemoryAttackMs = 600.0;
  static constexpr double kMemoryReleaseMs = 400.0;
  static constexpr int kSplineCells = 2;

  void prepare(double cells_per_second);  // setup thread; allocates; resets
  // A change of quality resets: the curve looks further ahead or less far.
  void set_params(const LimiterGainParams& params) noexcept;
  void reset() noexcept;

  // The peak of the next cell in dB re full scale (silence: any value at or below kSilenceDb). Returns the
  // gain, linear, of the cell latency_cells() before it. Real-time safe.
  double push(double peak_db) noexcept;
  // push() in two halves, for whoever asks for many curves of the same peaks: bridge and hold, then release
  // and smooth, which returns the attenuation in dB. The first half only picks one of the values that it was
  // given, so that it may as well be done on the peaks themselves, before drive and ceiling are known.
  double hold(double value_db) noexcept { return hold_.push(bridge_.push(value_db)); }
  double follow(double held_db) noexcept;
  int latency_cells() const noexcept { return bridge_.latency_cells() + smooth_cells_ - 1 + kSplineCells; }
  int most_latency_cells() const noexcept {
    return cells(kBest.bass_bridge_ms) + cells(kBest.bass_lasts_ms) +
           cells(std::max(kLive.look_ahead_ms, kBest.look_ahead_ms)) + kSplineCells;
  }

  static constexpr double kSilenceDb = -400.0;

 private:
  void set_curve(const Curve& curve) noexcept;
  int cells(double ms) const noexcept;
  double release(double held_db) noexcept;

  LimiterGainParams params_;
  double cells_per_second_ = 3000.0;
  int smooth_cells_ = 1;
  double release_step_ = 0.0;        // share of the distance that remains after one cell
  double memory_attack_step_ = 0.0;  // share of the distance covered in one cell
  double memory_release_step_ = 0.0;
  GapBridge bridge_;
  SlidingMax hold_;
  std::vector<double> weights_;  // of the smoothing, newest first
  std::vector<double> recent_;   // ring of released attenuations
  std::size_t next_ = 0;
  double released_db_ = 0.0;  // attenuation after release; negative is gain
  double memory_db_ = 0.0;    // what has been needed lately, above rest
};

}  // namespace lacquer
