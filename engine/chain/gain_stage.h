#pragma once

#include <array>

#include "chain/processor.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

struct GainStageParams {
  float gain_db = 0.0F;     // -60 to +60
  float balance_db = 0.0F;  // -12 to +12: the right channel against the left
  bool operator==(const GainStageParams&) const = default;
};

// Stage 1: scales the signal, nothing else.
//
//   gain      moves everything to the level at which later stages have their thresholds, so that a number
//             in a plan means the same for every piece. The limiter's drive makes up for it exactly: the
//             trim alone changes no result
//   balance   raises the right channel by half of itself and lowers the left by as much. Only a signal of
//             two channels has one
//
// At 0 dB it passes every bit; whatever is not a number becomes silence.
// A change of gain glides. No latency.
class GainStage {
 public:
  using Params = GainStageParams;

  void prepare(const StreamFormat& format) noexcept;
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return 0; }

 private:
  bool balances_ = false;
  std::array<Ramp, 2> gains_;  // of the left channel and of the right; without balance the first is for all
};
static_assert(Processor<GainStage>);

// The parameters of a plan's gain stage.
GainStageParams gain_stage_params(const PlanStage& stage);

}  // namespace lacquer
