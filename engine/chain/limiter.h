#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "chain/processor.h"
#include "dsp/limiter_gain.h"
#include "dsp/peak_interpolator.h"
#include "dsp/soft_clip.h"
#include "judge/plan.h"

namespace lacquer {

struct LimiterParams {
  float drive_db = 0.0F;       // gain before the ceiling, -60 to +60
  float ceiling_dbtp = -1.0F;  // -30 to 0
  float release_ms = 10.0F;    // 10 to 500
  LimiterQuality quality = LimiterQuality::kBest;
  float soft_clip_db = 0.0F;  // 0 to 3; 0 is off
  bool operator==(const LimiterParams&) const = default;
};

// What a plan's last stage asks for; drive and ceiling are the renderer's.
LimiterParams limiter_params(const PlanStage& stage);

// Stage 7: raises the signal by drive_db and keeps its true peak under the ceiling. Nothing but dither
// follows it.
//
//   clip     (with soft_clip_db) peaks up to so much above the ceiling are rounded and the gain need not move
//            for them (SoftClip)
//   peaks    the reconstructed waveform's height around every sample (PeakInterpolator), the highest of the
//            channels: one gain for all of them, so the image does not move
//   gain     one value a cell of a third of a millisecond (LimiterGain). Live looks 5 ms ahead and holds 12
//            ms; best knows the next 13 ms and holds only where another peak follows: a lone peak costs 2 ms
//   apply    the curve through those values, a cubic B-spline: so smooth that multiplying by it adds nothing
//            audible above the signal, and nothing between the samples that was not foreseen
//
// Where a cell comes near the ceiling its highest samples are read again, 32-fold (PeakRefiner): the coarse
// grid alone would miss up to 0.2 dB of a bright peak. kGuardDb covers what the moving gain itself adds
// between samples. A change of quality, or clipping where there was none, begins anew.
class Limiter {
 public:
  using Params = LimiterParams;
  static constexpr double kGuardDb = 0.01;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return latency_frames_ + (clips_ ? SoftClip::kLatencyFrames : 0); }

  // The gain of each cell passed so far, linear, in order: for reports. Appends to `sink` (the renderer's,
  // which may allocate) instead of being kept here; nullptr, the default, for real-time use.
  void watch_gain(std::vector<float>* sink) noexcept { watched_ = sink; }

 private:
  int latency_of(int gain_cells) const noexcept;
  void take_cell();
  float cell_peak(std::int64_t first_frame) const noexcept;
  double& gain_of(std::int64_t cell) noexcept {
    return gains_[static_cast<std::size_t>(cell + static_cast<std::int64_t>(gains_.size())) % gains_.size()];
  }
  void apply(AudioBlock block) noexcept;

  StreamFormat format_;
  PeakInterpolator interpolator_{48000.0};
  PeakRefiner refiner_;
  float refine_above_ = 0.0F;  // peaks from here on are read again
  SoftClip clip_;
  bool clips_ = false;
  LimiterGain gain_;
  int cell_frames_ = 16;
  int latency_frames_ = 0;  // without the clip's
  std::vector<std::vector<float>>
      history_;              // one row a channel: kMargin frames before origin_, then what came after
  std::int64_t origin_ = 0;  // stream position of history_[c][kMargin]
  std::int64_t received_ = 0;
  std::int64_t cells_ = 0;       // cells handed to gain_
  std::vector<float*> arrived_;  // where the block stands in history_
  mutable std::vector<float> peaks_;
  std::vector<double> gains_;                 // ring: of cell k at k % size
  std::vector<std::array<float, 5>> spline_;  // weights of the five cells around, for each frame of a cell
  std::vector<float>* watched_ = nullptr;
};
static_assert(Processor<Limiter>);

}  // namespace lacquer
