#pragma once

#include <cstdint>
#include <span>

#include "core/audio_block.h"

namespace lacquer {

// Interleaved samples into the first `frames` frames of `block`.
void deinterleave(const float* interleaved, int frames, AudioBlock block) noexcept;

// 120 dB above full scale: what is louder is no audio.
inline constexpr float kLoudestSample = 1e6F;

// Replaces by 0 what is no audio (NaN, infinity, louder than kLoudestSample) and returns how many there were.
std::int64_t silence_non_finite(std::span<float> samples) noexcept;

}  // namespace lacquer
