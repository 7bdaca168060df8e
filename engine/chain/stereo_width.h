#pragma once

#include "chain/processor.h"
#include "dsp/gliding_cascade.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

struct StereoWidthParams {
  float mono_below_hz = 0.0F;  // 0 is off, else 20 to 500
  float side_low_db = 0.0F;    // below 120 Hz; each -24 to 12
  float side_120_500_db = 0.0F;
  float side_500_4000_db = 0.0F;
  float side_4000_up_db = 0.0F;
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const StereoWidthParams&) const = default;
};

// Stage 6: changes the level of what the two channels differ in (side = (left - right) / 2), per band.
class StereoWidth {
 public:
  using Params = StereoWidthParams;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return 0; }

 private:
  StreamFormat format_;
  GlidingCascade side_;
  Ramp gain_;
};
static_assert(Processor<StereoWidth>);

StereoWidthParams stereo_width_params(const PlanStage& stage);

}  // namespace lacquer
