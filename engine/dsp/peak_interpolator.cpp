#include "dsp/peak_interpolator.h"

#include <cmath>
#include <cstddef>

#include "dsp/kaiser.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dsp/peak_interpolator.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

// kPairs mirrored pairs of phases and the middle one: ratio = 2 * kPairs + 2.
template <int kPairs>
HWY_INLINE V peak_at(const float* HWY_RESTRICT centre, const float* HWY_RESTRICT weights) {
  const D d;
  constexpr int kTaps = PeakInterpolator::kTaps;
  const float* first = centre - PeakInterpolator::kLookBackFrames;
  V even[kPairs + 1];
  V odd[kPairs + 1];
  for (int p = 0; p <= kPairs; ++p) even[p] = odd[p] = hn::Zero(d);
  for (int j = 0; j < kTaps / 2; ++j) {
    const V a = hn::LoadU(d, first + j);
    const V b = hn::LoadU(d, first + kTaps - 1 - j);
    const V sum = hn::Add(a, b);
    const V difference = hn::Sub(a, b);
    const float* w = weights + static_cast<std::ptrdiff_t>(j) * (2 * kPairs + 1);
    for (int p = 0; p < kPairs; ++p) {
      even[p] = hn::MulAdd(hn::Set(d, w[2 * p]), sum, even[p]);
      odd[p] = hn::MulAdd(hn::Set(d, w[2 * p + 1]), difference, odd[p]);
    }
    even[kPairs] = hn::MulAdd(hn::Set(d, w[2 * kPairs]), sum, even[kPairs]);
  }
  V peak = hn::Max(hn::Abs(hn::LoadU(d, centre)), hn::Abs(even[kPairs]));
  for (int p = 0; p < kPairs; ++p) {
    // max(|P + Q|, |P - Q|) = |P| + |Q|
    peak = hn::Max(peak, hn::Add(hn::Abs(even[p]), hn::Abs(odd[p])));
  }
  return peak;
}

template <int kPairs>
void scan_ratio(const float* HWY_RESTRICT samples, int count, const float* HWY_RESTRICT weights,
                float* HWY_RESTRICT peaks) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(peak_at<kPairs>(samples + i, weights), d, peaks + i);
  if (i < count) {
    // The rest, from a copy padded with silence: the vector may not read past what the caller promised.
    constexpr int kMargin = PeakInterpolator::kTaps;
    HWY_ALIGN float padded[kMargin + 2 * HWY_MAX_BYTES / sizeof(float) + kMargin] = {};
    HWY_ALIGN float result[HWY_MAX_BYTES / sizeof(float)];
    const float* from = samples + i - PeakInterpolator::kLookBackFrames;
    const int have = PeakInterpolator::kLookBackFrames + (count - i) + PeakInterpolator::kLookAheadFrames;
    for (int k = 0; k < have; ++k) padded[k] = from[k];
    hn::StoreU(peak_at<kPairs>(padded + PeakInterpolator::kLookBackFrames, weights), d, result);
    for (int k = 0; i + k < count; ++k) peaks[i + k] = result[k];
  }
}

void scan(const float* samples, int count, const float* weights, int ratio, float* peaks) {
  if (ratio == 8) return scan_ratio<3>(samples, count, weights, peaks);
  if (ratio == 4) return scan_ratio<1>(samples, count, weights, peaks);
  return scan_ratio<0>(samples, count, weights, peaks);
}

float refine(const float* samples, int count, const float* taps) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  float highest = 0.0F;
  for (int i = 0; i < count; ++i) {
    const float* first = samples + i - PeakRefiner::kLookBackFrames;
    highest = std::fmax(highest, std::fabs(samples[i]));
    for (int p = 0; p < PeakRefiner::kRatio - 1; ++p) {
      const float* row = taps + static_cast<std::ptrdiff_t>(p) * PeakRefiner::kTaps;
      V sum = hn::Zero(d);
      for (int j = 0; j < PeakRefiner::kTaps; j += lanes)
        sum = hn::MulAdd(hn::LoadU(d, row + j), hn::LoadU(d, first + j), sum);
      highest = std::fmax(highest, std::fabs(hn::GetLane(hn::SumOfLanes(d, sum))));
    }
  }
  return highest;
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(scan);
HWY_EXPORT(refine);

namespace {
// Side lobes against width for 32 and 128 taps: the first keeps the pass band within 0.02 dB to 0.42 of the
// rate, the second within 0.001 dB to 0.47.
constexpr double kScanBeta = 7.0;
constexpr double kRefineBeta = 12.0;

int ratio_for(double sample_rate_hz) {
  if (sample_rate_hz <= 50000.0) return 8;
  return sample_rate_hz <= 100000.0 ? 4 : 2;
}
}  // namespace

PeakInterpolator::PeakInterpolator(double sample_rate_hz) : ratio_(ratio_for(sample_rate_hz)) {
  const auto phases = interpolation_phases(ratio_, kTaps, kScanBeta);
  const auto middle = static_cast<std::size_t>(ratio_ / 2);
  for (std::size_t j = 0; j < kTaps / 2; ++j) {
    for (std::size_t p = 1; p < middle; ++p) {
      weights_.push_back(static_cast<float>((phases[p][j] + phases[p][kTaps - 1 - j]) / 2.0));
      weights_.push_back(static_cast<float>((phases[p][j] - phases[p][kTaps - 1 - j]) / 2.0));
    }
    weights_.push_back(static_cast<float>(phases[middle][j]));
  }
}

void PeakInterpolator::scan(const float* samples, int count, float* peaks) const noexcept {
  HWY_DYNAMIC_DISPATCH(lacquer::scan)(samples, count, weights_.data(), ratio_, peaks);
}

PeakRefiner::PeakRefiner() {
  const auto phases = interpolation_phases(kRatio, kTaps, kRefineBeta);
  for (std::size_t p = 1; p < phases.size(); ++p)
    for (const double tap : phases[p]) taps_.push_back(static_cast<float>(tap));
}

float PeakRefiner::highest(const float* samples, int count) const noexcept {
  return HWY_DYNAMIC_DISPATCH(refine)(samples, count, taps_.data());
}

}  // namespace lacquer
#endif
