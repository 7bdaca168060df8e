#pragma once

#include <span>

namespace lacquer {

// What a stretch of one channel holds; sums in double precision.
struct SpanStats {
  float low = 0.0F;  // lowest and highest sample; 0 for an empty stretch
  float high = 0.0F;
  double sum = 0.0;
  double sum_squares = 0.0;
};

// One vectorised pass. Real-time safe.
SpanStats span_stats(std::span<const float> samples) noexcept;
// The highest |sample|; 0 for an empty stretch. Real-time safe.
float highest_magnitude(std::span<const float> samples) noexcept;
// Sum of left[i] * right[i] over the shorter of the two. Real-time safe.
double dot_product(std::span<const float> left, std::span<const float> right) noexcept;

}  // namespace lacquer
