#include "chain/saturator.h"

#include <algorithm>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"

namespace lacquer {

void Saturator::prepare(const StreamFormat& format) {
  for (Ramp* ramp : {&drive_, &mix_, &gain_}) ramp->prepare(format.sample_rate_hz);
  mix_.aim(0.0);
  mix_.settle();
}

void Saturator::set_params(const Params& params) noexcept {
  drive_.aim(db_to_gain(std::clamp(params.drive_db, -24.0F, 24.0F)));
  mix_.aim(std::clamp(params.mix_pct, 0.0F, 100.0F) / 100.0);
  gain_.aim(db_to_gain(std::clamp(params.output_gain_db, -24.0F, 24.0F)));
}

void Saturator::process(AudioBlock block) noexcept {
  for (int i = 0; i < block.frames(); ++i) {
    const double drive = drive_.next(), mix = mix_.next(), gain = gain_.next();
    for (int c = 0; c < block.channels(); ++c) {
      float& sample = block.channel(c)[static_cast<std::size_t>(i)];
      const double x = sample;
      sample = static_cast<float>(gain * (x + mix * (std::tanh(drive * x) / drive - x)));
    }
  }
  if (block.frames() == 0) return;
  for (Ramp* ramp : {&drive_, &mix_, &gain_}) ramp->start();
}

void Saturator::reset() noexcept {
  for (Ramp* ramp : {&drive_, &mix_, &gain_}) ramp->settle();
}

SaturatorParams saturator_params(const PlanStage& stage) {
  const auto value = [&](std::string_view id) { return static_cast<float>(parameter_value(stage, id)); };
  return {static_cast<SaturatorCharacter>(std::clamp(static_cast<int>(value("character")), 0, 3)),
          value("drive_db"),
          value("mix_pct"),
          value("low_hz"),
          value("high_hz"),
          value("output_gain_db")};
}

}  // namespace lacquer
