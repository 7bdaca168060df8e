#include "chain/gain_stage.h"

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "dsp/guards.h"
#include "dsp/scale.h"

namespace lacquer {

void GainStage::prepare(const StreamFormat& format) noexcept {
  balances_ = format.channels == 2;
  for (Ramp& gain : gains_) gain.prepare(format.sample_rate_hz);
}

void GainStage::set_params(const Params& params) noexcept {
  const float gain_db = bounded(params.gain_db, -60.0F, 60.0F);
  const float half_db = balances_ ? bounded(params.balance_db, -12.0F, 12.0F) / 2.0F : 0.0F;
  gains_[0].aim(db_to_gain(gain_db - half_db));
  gains_[1].aim(db_to_gain(gain_db + half_db));
}

void GainStage::process(AudioBlock block) noexcept {
  for (int c = 0; c < block.channels(); ++c) clean(block.channel(c));
  if (!balances_) return scale(block, gains_[0]);
  for (int c = 0; c < 2; ++c) {
    float* const samples = block.channel(c).data();
    scale({{&samples, 1}, block.frames()}, gains_[static_cast<std::size_t>(c)]);
  }
}

void GainStage::reset() noexcept {
  for (Ramp& gain : gains_) gain.settle();
}

GainStageParams gain_stage_params(const PlanStage& stage) {
  return {static_cast<float>(parameter_value(stage, "trim_db")),
          static_cast<float>(parameter_value(stage, "balance_db"))};
}

}  // namespace lacquer
