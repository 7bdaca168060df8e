#pragma once

#include <cstdint>
#include <span>

#include "core/audio_block.h"

namespace lacquer {

// Interleaved samples into the first `frames` frames of `block`.
void deinterleave(const float* interleaved, int frames, AudioBlock block) noexcept;

// Replaces NaN and infinity by 0 and returns how many there were.
std::int64_t silence_non_finite(std::span<float> samples) noexcept;

}  // namespace lacquer
