#pragma once

#include <algorithm>
#include <cmath>
#include <span>

namespace lacquer {

// A parameter within its range. What is not a number counts as 0: in most ranges that is rest.
inline float bounded(float value, float low, float high) noexcept {
  return std::clamp(std::isnan(value) ? 0.0F : value, low, high);
}

// What is no sample of audio becomes silence before it reaches a filter, whose memory it would never leave:
// NaN, infinities, and anything more than 120 dB above full scale.
inline float clean(float sample) noexcept { return std::abs(sample) <= 1e6F ? sample : 0.0F; }
inline void clean(std::span<float> samples) noexcept {
  for (float& sample : samples) sample = clean(sample);
}

}  // namespace lacquer
