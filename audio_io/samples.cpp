#include "audio_io/samples.h"

#include <bit>
#include <cstdint>

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
  // Without its sign a float is ordered as an integer, infinities and NaN behind all numbers (IEEE 754).
  // Integers, so that the loop runs as SIMD.
  constexpr auto kLoudest = std::bit_cast<std::uint32_t>(kLoudestSample);
  const auto is_none = [](float sample) {
    return (std::bit_cast<std::uint32_t>(sample) & 0x7FFFFFFFU) > kLoudest;
  };
  std::uint32_t any = 0;
  for (const float sample : samples) any |= static_cast<std::uint32_t>(is_none(sample));
  if (any == 0) return 0;
  std::int64_t count = 0;
  for (float& sample : samples) {
    if (!is_none(sample)) continue;
    sample = 0.0F;
    ++count;
  }
  return count;
}

}  // namespace lacquer
