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

// Stage 1: scales the signal, nothing else. `gain_db` moves everything, `balance_db` raises the right channel
// by half of itself and lowers the left by as much; only a signal of two channels has a balance. At 0 dB it
// is bit-transparent; whatever is not a number becomes silence. No latency.
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
