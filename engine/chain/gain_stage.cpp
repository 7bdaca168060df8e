#include "chain/gain_stage.h"

#include <algorithm>

#include "chain/stage_parameters.h"
#include "core/decibels.h"

namespace lacquer {

void GainStage::prepare(const StreamFormat& format) noexcept {
  balances_ = format.channels == 2;
  for (Ramp& gain : gains_) gain.prepare(format.sample_rate_hz);
}

void GainStage::set_params(const Params& params) noexcept {
  const float gain_db = std::clamp(params.gain_db, -60.0F, 60.0F);
  const float half_db = balances_ ? std::clamp(params.balance_db, -12.0F, 12.0F) / 2.0F : 0.0F;
  gains_[0].aim(db_to_gain(gain_db - half_db));
  gains_[1].aim(db_to_gain(gain_db + half_db));
}

void GainStage::process(AudioBlock block) noexcept {
  if (block.frames() == 0) return;
  const std::array<Ramp, 2> from = gains_;
  for (int c = 0; c < block.channels(); ++c) {
    Ramp& gain = gains_[balances_ && c == 1 ? 1 : 0];
    if (c > 0 && !balances_) gain = from[0];
    const auto samples = block.channel(c);
    std::size_t i = 0;
    for (; i < samples.size() && gain.moving(); ++i) samples[i] *= static_cast<float>(gain.next());
    const auto rest = static_cast<float>(gain.value());
    if (rest == 1.0F) continue;
    for (float& sample : samples.subspan(i)) sample *= rest;
  }
  for (Ramp& gain : gains_) gain.start();
}

void GainStage::reset() noexcept {
  for (Ramp& gain : gains_) gain.settle();
}

GainStageParams gain_stage_params(const PlanStage& stage) {
  return {static_cast<float>(parameter_value(stage, "trim_db")),
          static_cast<float>(parameter_value(stage, "balance_db"))};
}

}  // namespace lacquer
