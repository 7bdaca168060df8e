#include "measure/spectrum_kernels.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "measure/spectrum_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using Df = hn::CappedTag<double, 8>;
using Hf = hn::Rebind<float, Df>;
using V = hn::Vec<D>;

void multiply(const float* a, const float* b, std::size_t count, float* to) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes)
    hn::StoreU(hn::Mul(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, to + i);
  for (; i < count; ++i) to[i] = a[i] * b[i];
}

void bin_powers(const float* bins, std::size_t count, float* power) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    V re, im;
    hn::LoadInterleaved2(d, bins + 2 * i, re, im);
    hn::StoreU(hn::MulAdd(re, re, hn::Mul(im, im)), d, power + i);
  }
  for (; i < count; ++i) power[i] = bins[2 * i] * bins[2 * i] + bins[2 * i + 1] * bins[2 * i + 1];
}

void pair_powers(const float* left, const float* right, std::size_t count, float* left_power,
                 float* right_power, float* cross) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    V lr, li, rr, ri;
    hn::LoadInterleaved2(d, left + 2 * i, lr, li);
    hn::LoadInterleaved2(d, right + 2 * i, rr, ri);
    hn::StoreU(hn::MulAdd(lr, lr, hn::Mul(li, li)), d, left_power + i);
    hn::StoreU(hn::MulAdd(rr, rr, hn::Mul(ri, ri)), d, right_power + i);
    hn::StoreU(hn::MulAdd(lr, rr, hn::Mul(li, ri)), d, cross + i);
  }
  for (; i < count; ++i) {
    const float lr = left[2 * i], li = left[2 * i + 1], rr = right[2 * i], ri = right[2 * i + 1];
    left_power[i] = lr * lr + li * li;
    right_power[i] = rr * rr + ri * ri;
    cross[i] = lr * rr + li * ri;
  }
}

void weigh_sum(const float* weights, const float* a, const float* b, std::size_t count, float* to) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    V ar, ai, br, bi;
    hn::LoadInterleaved2(d, a + 2 * i, ar, ai);
    hn::LoadInterleaved2(d, b + 2 * i, br, bi);
    const V w = hn::LoadU(d, weights + i);
    hn::StoreInterleaved2(hn::Mul(w, hn::Add(ar, br)), hn::Mul(w, hn::Add(ai, bi)), d, to + 2 * i);
  }
  for (; i < count; ++i) {
    to[2 * i] = weights[i] * (a[2 * i] + b[2 * i]);
    to[2 * i + 1] = weights[i] * (a[2 * i + 1] + b[2 * i + 1]);
  }
}

WeighedPower weighed_power(const float* weights, const float* bins, std::size_t count) {
  const Df wide;
  const Hf d;
  const std::size_t lanes = hn::Lanes(d);
  auto sum = hn::Zero(wide);
  auto highest = hn::Zero(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    hn::Vec<Hf> re, im;
    hn::LoadInterleaved2(d, bins + 2 * i, re, im);
    const auto power = hn::Mul(hn::LoadU(d, weights + i), hn::MulAdd(re, re, hn::Mul(im, im)));
    highest = hn::Max(highest, power);
    sum = hn::Add(sum, hn::PromoteTo(wide, power));
  }
  WeighedPower result{hn::GetLane(hn::SumOfLanes(wide, sum)), hn::GetLane(hn::MaxOfLanes(d, highest))};
  for (; i < count; ++i) {
    const float power = weights[i] * (bins[2 * i] * bins[2 * i] + bins[2 * i + 1] * bins[2 * i + 1]);
    result.highest = std::max(result.highest, power);
    result.sum += power;
  }
  return result;
}

double sum_of_floats(const float* values, std::size_t count) {
  const hn::CappedTag<double, 4> d;
  const hn::Rebind<float, decltype(d)> narrow;
  const std::size_t lanes = hn::Lanes(d);
  auto even = hn::Zero(d), odd = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes) {
    even = hn::Add(even, hn::PromoteTo(d, hn::LoadU(narrow, values + i)));
    odd = hn::Add(odd, hn::PromoteTo(d, hn::LoadU(narrow, values + i + lanes)));
  }
  double total = hn::GetLane(hn::SumOfLanes(d, hn::Add(even, odd)));
  for (; i < count; ++i) total += static_cast<double>(values[i]);
  return total;
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(multiply);
HWY_EXPORT(bin_powers);
HWY_EXPORT(pair_powers);
HWY_EXPORT(weigh_sum);
HWY_EXPORT(weighed_power);
HWY_EXPORT(sum_of_floats);

namespace {
const float* parts_of(std::span<const std::complex<float>> values) {
  return reinterpret_cast<const float*>(values.data());
}
}  // namespace

void multiply(std::span<const float> a, std::span<const float> b, std::span<float> to) noexcept {
  HWY_DYNAMIC_DISPATCH(multiply)(a.data(), b.data(), a.size(), to.data());
}

void bin_powers(std::span<const std::complex<float>> bins, std::span<float> power) noexcept {
  HWY_DYNAMIC_DISPATCH(bin_powers)(parts_of(bins), bins.size(), power.data());
}

void pair_powers(std::span<const std::complex<float>> left, std::span<const std::complex<float>> right,
                 const PairPowers& to) noexcept {
  HWY_DYNAMIC_DISPATCH(pair_powers)
  (parts_of(left), parts_of(right), left.size(), to.left.data(), to.right.data(), to.cross.data());
}

void weigh_sum(std::span<const float> weights, std::span<const std::complex<float>> a,
               std::span<const std::complex<float>> b, std::span<std::complex<float>> to) noexcept {
  HWY_DYNAMIC_DISPATCH(weigh_sum)
  (weights.data(), parts_of(a), parts_of(b), weights.size(), reinterpret_cast<float*>(to.data()));
}

WeighedPower weighed_power(std::span<const float> weights,
                           std::span<const std::complex<float>> bins) noexcept {
  return HWY_DYNAMIC_DISPATCH(weighed_power)(weights.data(), parts_of(bins), weights.size());
}

double sum_of_floats(std::span<const float> values) noexcept {
  return HWY_DYNAMIC_DISPATCH(sum_of_floats)(values.data(), values.size());
}

}  // namespace lacquer
#endif
