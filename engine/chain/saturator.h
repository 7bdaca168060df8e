#pragma once

#include "chain/processor.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

enum class SaturatorCharacter { kTape, kTube, kTransformer, kClip };

struct SaturatorParams {
  SaturatorCharacter character = SaturatorCharacter::kTape;
  float drive_db = 0.0F;        // -24 to 24
  float mix_pct = 0.0F;         // 0 to 100; 0 is at rest
  float low_hz = 0.0F;          // what lies below is not bent; 0 is all
  float high_hz = 20000.0F;     // what lies above is not bent; 20,000 is all
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const SaturatorParams&) const = default;
};

// Stage 5: bends the waveform, which adds harmonics and rounds peaks.
class Saturator {
 public:
  using Params = SaturatorParams;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return 0; }

 private:
  Ramp drive_, mix_, gain_;
};
static_assert(Processor<Saturator>);

SaturatorParams saturator_params(const PlanStage& stage);

}  // namespace lacquer
