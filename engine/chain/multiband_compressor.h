#pragma once

#include <cstddef>
#include <vector>

#include "chain/compressor_bands.h"
#include "chain/compressor_params.h"
#include "chain/processor.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

// What a plan's third stage asks for.
MultibandCompressorParams compressor_params(const PlanStage& stage);

// Stage 3: turns single bands down while they are too loud. Mono or stereo.
//
//   split    into the bands that work and what lies between them: idle neighbours stay together, so one band
//            that works costs two crossovers at most, and none that works costs none (the signal passes as it
//            is)
//   level    of each band (CompressorGain), look_ahead_ms before it is heard
//   gain     output = sum of all bands + (gain - 1) * band, for each band that works: what is not turned down
//            is not touched
//
// Everything is done a cell (dsp/cells.h) at a time. A change of the borders or of which bands work runs the
// old and the new split side by side for kWarmUpMs, then fades over kFadeMs.
class MultibandCompressor {
 public:
  using Params = MultibandCompressorParams;
  static constexpr double kMostLookAheadMs = 20.0;
  static constexpr double kWarmUpMs = 40.0, kFadeMs = 20.0;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  // 20 ms with Linkwitz-Riley crossovers, 150 ms with linear phase; the other parameters do not change it. A
  // change of the crossovers' kind begins anew.
  int latency_frames() const noexcept {
    return bands_[current_].split_frames() + (delay_cells_ + 1) * cell_frames_;
  }

  // What a band has taken since prepare or reset, over the cells in which its level was above -70 dBFS.
  BandReduction reduction(int band) const noexcept { return bands_[current_].reduction(band); }

 private:
  void take_params() noexcept;
  void process_cell() noexcept;

  Params params_;
  double sample_rate_hz_ = 48000.0;
  int cell_frames_ = 16;
  int delay_cells_ = 0;
  int change_cells_ = 0;      // a whole change
  int fade_cells_ = 0;        // its end, in which the new split is faded in
  int change_left_ = 0;       // cells until the change in progress is done
  bool started_ = false;      // audio has passed: a change is faded
  CompressorBands bands_[2];  // the one heard is current_, the other is on its way in during a change
  std::size_t current_ = 0;
  Ramp output_gain_;
  std::vector<StereoFrame> in_, out_, other_;  // a cell each
  int filled_ = 0;                             // frames of in_ that have come, and of out_ that have gone
};
static_assert(Processor<MultibandCompressor>);

}  // namespace lacquer
