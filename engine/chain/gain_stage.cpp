#include "chain/gain_stage.h"

#include <algorithm>

#include "core/decibels.h"

namespace lacquer {

void GainStage::prepare(const StreamFormat& format) noexcept { gain_.prepare(format.sample_rate_hz); }

void GainStage::set_params(const Params& params) noexcept {
  gain_.aim(db_to_gain(std::clamp(params.gain_db, -60.0F, 60.0F)));
}

void GainStage::process(AudioBlock block) noexcept {
  int i = 0;
  for (; i < block.frames() && gain_.moving(); ++i) {
    const auto gain = static_cast<float>(gain_.next());
    for (int c = 0; c < block.channels(); ++c) block.channel(c)[static_cast<std::size_t>(i)] *= gain;
  }
  if (block.frames() > 0) gain_.start();
  const auto gain = static_cast<float>(gain_.value());
  if (gain == 1.0F) return;
  for (int c = 0; c < block.channels(); ++c)
    for (float& sample : block.channel(c).subspan(static_cast<std::size_t>(i))) sample *= gain;
}

}  // namespace lacquer
