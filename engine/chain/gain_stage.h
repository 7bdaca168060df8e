#pragma once

#include "chain/processor.h"
#include "dsp/ramp.h"

namespace lacquer {

struct GainStageParams {
  float gain_db = 0.0F;  // -60 to +60
  bool operator==(const GainStageParams&) const = default;
};

// Stage 1: scales the whole signal, nothing else. At 0 dB it is bit-transparent. No latency.
class GainStage {
 public:
  using Params = GainStageParams;

  void prepare(const StreamFormat& format) noexcept;
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept { gain_.settle(); }
  int latency_frames() const noexcept { return 0; }

 private:
  Ramp gain_;
};
static_assert(Processor<GainStage>);

}  // namespace lacquer
