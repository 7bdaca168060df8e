#pragma once

#include <algorithm>
#include <cmath>

namespace lacquer {

// A parameter within its range; not a number becomes the lower bound.
inline float bounded(float value, float low, float high) noexcept {
  return value >= low ? std::min(value, high) : low;
}

// A sample that filters can take: what is beyond any audio (+120 dBFS) or not a number becomes silence, so
// that one bad sample does not stay in a filter for ever.
inline float usable(float sample) noexcept {
  constexpr float kLoudest = 1e6F;
  return std::abs(sample) <= kLoudest ? sample : 0.0F;
}

}  // namespace lacquer
