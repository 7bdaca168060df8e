#include "audio_io/samples.h"

#include <bit>
#include <cmath>

namespace lacquer {

void deinterleave(const float* interleaved, int frames, AudioBlock block) noexcept {
  const auto channels = static_cast<std::size_t>(block.channels());
  const auto count = static_cast<std::size_t>(frames);
  if (channels == 2) {
    float* __restrict left = block.channel(0).data();
    float* __restrict right = block.channel(1).data();
    for (std::size_t i = 0; i < count; ++i) {
      left[i] = interleaved[2 * i];
      right[i] = interleaved[2 * i + 1];
    }
    return;
  }
  for (std::size_t c = 0; c < channels; ++c) {
    float* __restrict to = block.channel(static_cast<int>(c)).data();
    for (std::size_t i = 0; i < count; ++i) to[i] = interleaved[i * channels + c];
  }
}

std::int64_t silence_non_finite(std::span<float> samples) noexcept {
  // An exponent of all ones is a NaN or an infinity (IEEE 754). Integers, so that the loop runs as SIMD.
  std::uint32_t any = 0;
  for (const float sample : samples)
    any |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(sample) & 0x7F800000U) == 0x7F800000U);
  if (any == 0) return 0;
  std::int64_t count = 0;
  for (float& sample : samples) {
    if (std::isfinite(sample)) continue;
    sample = 0.0F;
    ++count;
  }
  return count;
}

}  // namespace lacquer
