#include "dsp/span_stats.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dsp/span_stats.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using Df = hn::ScalableTag<double>;
using Hf = hn::Rebind<float, Df>;  // half a vector of floats: what widens to a whole vector of doubles

SpanStats span_stats(const float* samples, std::size_t count) {
  const Df d;
  const Hf h;
  const std::size_t lanes = hn::Lanes(d);
  auto low = hn::Set(h, samples[0]);
  auto high = low;
  auto sum0 = hn::Zero(d), sum1 = hn::Zero(d);
  auto square0 = hn::Zero(d), square1 = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    const auto a = hn::LoadU(h, samples + i);
    const auto b = hn::LoadU(h, samples + i + lanes);
    low = hn::Min(low, hn::Min(a, b));
    high = hn::Max(high, hn::Max(a, b));
    const auto wide_a = hn::PromoteTo(d, a);
    const auto wide_b = hn::PromoteTo(d, b);
    sum0 = hn::Add(sum0, wide_a);
    sum1 = hn::Add(sum1, wide_b);
    square0 = hn::MulAdd(wide_a, wide_a, square0);
    square1 = hn::MulAdd(wide_b, wide_b, square1);
  }
  SpanStats stats;
  stats.low = hn::GetLane(hn::MinOfLanes(h, low));
  stats.high = hn::GetLane(hn::MaxOfLanes(h, high));
  stats.sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(sum0, sum1)));
  stats.sum_squares = hn::GetLane(hn::SumOfLanes(d, hn::Add(square0, square1)));
  for (; i < count; ++i) {
    const double x = samples[i];
    stats.low = samples[i] < stats.low ? samples[i] : stats.low;
    stats.high = samples[i] > stats.high ? samples[i] : stats.high;
    stats.sum += x;
    stats.sum_squares += x * x;
  }
  return stats;
}

float highest_magnitude(const float* samples, std::size_t count) {
  const F d;
  const std::size_t lanes = hn::Lanes(d);
  auto highest = hn::Zero(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) highest = hn::Max(highest, hn::Abs(hn::LoadU(d, samples + i)));
  float result = hn::GetLane(hn::MaxOfLanes(d, highest));
  for (; i < count; ++i) result = std::max(result, std::abs(samples[i]));
  return result;
}

double dot_product(const float* left, const float* right, std::size_t count) {
  const Df d;
  const Hf h;
  const std::size_t lanes = hn::Lanes(d);
  auto sum0 = hn::Zero(d), sum1 = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    sum0 =
        hn::MulAdd(hn::PromoteTo(d, hn::LoadU(h, left + i)), hn::PromoteTo(d, hn::LoadU(h, right + i)), sum0);
    sum1 = hn::MulAdd(hn::PromoteTo(d, hn::LoadU(h, left + i + lanes)),
                      hn::PromoteTo(d, hn::LoadU(h, right + i + lanes)), sum1);
  }
  double total = hn::GetLane(hn::SumOfLanes(d, hn::Add(sum0, sum1)));
  for (; i < count; ++i) total += static_cast<double>(left[i]) * static_cast<double>(right[i]);
  return total;
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(span_stats);
HWY_EXPORT(highest_magnitude);
HWY_EXPORT(dot_product);

SpanStats span_stats(std::span<const float> samples) noexcept {
  if (samples.empty()) return {};
  return HWY_DYNAMIC_DISPATCH(span_stats)(samples.data(), samples.size());
}

float highest_magnitude(std::span<const float> samples) noexcept {
  return HWY_DYNAMIC_DISPATCH(highest_magnitude)(samples.data(), samples.size());
}

double dot_product(std::span<const float> left, std::span<const float> right) noexcept {
  return HWY_DYNAMIC_DISPATCH(dot_product)(left.data(), right.data(), std::min(left.size(), right.size()));
}

}  // namespace lacquer
#endif
