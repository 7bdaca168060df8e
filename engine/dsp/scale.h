#pragma once

#include "core/audio_block.h"
#include "dsp/ramp.h"

namespace lacquer {

// Every channel times a gain that may glide; at exactly 1 nothing is touched.
inline void scale(AudioBlock block, Ramp& gain) noexcept {
  std::size_t i = 0;
  const auto frames = static_cast<std::size_t>(block.frames());
  for (; i < frames && gain.moving(); ++i) {
    const auto now = static_cast<float>(gain.next());
    for (int c = 0; c < block.channels(); ++c) block.channel(c)[i] *= now;
  }
  if (frames > 0) gain.start();
  const auto rest = static_cast<float>(gain.value());
  if (rest == 1.0F) return;
  for (int c = 0; c < block.channels(); ++c)
    for (float& sample : block.channel(c).subspan(i)) sample *= rest;
}

}  // namespace lacquer
