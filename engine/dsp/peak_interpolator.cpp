#include "dsp/peak_interpolator.h"

#include <algorithm>
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

float max_of(V vector) {
  const D d;
  return hn::GetLane(hn::MaxOfLanes(d, vector));
}

// The highest |second difference| at samples[0 .. count), count a multiple of the group.
float max_bend(const float* HWY_RESTRICT samples, int count) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const V two = hn::Set(d, 2.0F);
  V highest = hn::Zero(d);
  for (int i = 0; i < count; i += lanes) {
    const V sides = hn::Add(hn::LoadU(d, samples + i - 1), hn::LoadU(d, samples + i + 1));
    highest = hn::Max(highest, hn::Abs(hn::NegMulAdd(two, hn::LoadU(d, samples + i), sides)));
  }
  return max_of(highest);
}

bool any_above(const float* HWY_RESTRICT samples, float level) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  V highest = hn::Zero(d);
  for (int i = 0; i < PeakInterpolator::kGroupFrames; i += lanes)
    highest =
        hn::Max(highest, hn::Max(hn::Abs(hn::LoadU(d, samples + i)), hn::Abs(hn::LoadU(d, samples + i + 1))));
  return !hn::AllTrue(d, hn::Le(highest, hn::Set(d, level)));
}

template <int kPairs>
float scan_group(const float* HWY_RESTRICT samples, const float* HWY_RESTRICT weights,
                 float* HWY_RESTRICT peaks) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  V highest = hn::Zero(d);
  for (int i = 0; i < PeakInterpolator::kGroupFrames; i += lanes) {
    const V peak = peak_at<kPairs>(samples + i, weights);
    hn::StoreU(peak, d, peaks + i);
    highest = hn::Max(highest, peak);
  }
  return max_of(highest);
}

template <int kPairs>
void scan_above_ratio(const float* HWY_RESTRICT samples, int count, const float* HWY_RESTRICT weights,
                      float level, float line_gain, float bend_gain, float* HWY_RESTRICT peaks,
                      float* HWY_RESTRICT group_peaks) {
  constexpr int kGroup = PeakInterpolator::kGroupFrames;
  constexpr int kBlock = 8 * kGroup;  // shares one look at the second differences
  const int whole = count / kGroup * kGroup;
  for (int block = 0; block < whole; block += kBlock) {
    const int frames = whole - block < kBlock ? whole - block : kBlock;
    const float bend = max_bend(samples + block - kGroup, frames + 2 * kGroup);
    const float line_level = (level - bend_gain * bend) / line_gain;
    for (int i = block; i < block + frames; i += kGroup)
      group_peaks[i / kGroup] =
          any_above(samples + i, line_level) ? scan_group<kPairs>(samples + i, weights, peaks + i) : 0.0F;
  }
  if (whole == count) return;
  scan_ratio<kPairs>(samples + whole, count - whole, weights, peaks + whole);
  float highest = 0.0F;
  for (int i = whole; i < count; ++i) highest = peaks[i] > highest ? peaks[i] : highest;
  group_peaks[whole / kGroup] = highest;
}

void scan_above(const float* samples, int count, const float* weights, int ratio, float level,
                float line_gain, float bend_gain, float* peaks, float* group_peaks) {
  const auto run = ratio == 8 ? scan_above_ratio<3> : ratio == 4 ? scan_above_ratio<1> : scan_above_ratio<0>;
  run(samples, count, weights, level, line_gain, bend_gain, peaks, group_peaks);
}

// Lanes are phases, so that no sum runs across a vector.
float refine(const float* samples, int count, const float* taps) {
  const hn::CappedTag<float, PeakRefiner::kRatio> d;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(hn::CappedTag<float, PeakRefiner::kRatio>()));
  constexpr int kVectors = PeakRefiner::kRatio / kLanes;
  auto highest = hn::Zero(d);
  for (int i = 0; i < count; ++i) {
    const float* first = samples + i - PeakRefiner::kLookBackFrames;
    hn::Vec<decltype(d)> even[kVectors];
    hn::Vec<decltype(d)> odd[kVectors];
    for (int v = 0; v < kVectors; ++v) even[v] = odd[v] = hn::Zero(d);
    for (int j = 0; j < PeakRefiner::kTaps; j += 2) {
      const float* row = taps + static_cast<std::ptrdiff_t>(j) * PeakRefiner::kRatio;
      const auto a = hn::Set(d, first[j]);
      const auto b = hn::Set(d, first[j + 1]);
      for (int v = 0; v < kVectors; ++v) {
        even[v] = hn::MulAdd(hn::LoadU(d, row + v * kLanes), a, even[v]);
        odd[v] = hn::MulAdd(hn::LoadU(d, row + PeakRefiner::kRatio + v * kLanes), b, odd[v]);
      }
    }
    for (int v = 0; v < kVectors; ++v) highest = hn::Max(highest, hn::Abs(hn::Add(even[v], odd[v])));
  }
  return hn::GetLane(hn::MaxOfLanes(d, highest));
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(scan);
HWY_EXPORT(scan_above);
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
  set_bound(phases);
}

// Every phase is the line between its two neighbours, plus what is left: `rest`, whose taps sum to 0. Its sum
// from the left leaves first differences, and the sum of those second differences; what does not cancel at
// the end is a small multiple of the line's own rise.
void PeakInterpolator::set_bound(const std::vector<std::vector<double>>& phases) {
  constexpr double kRounding = 1e-5;  // 32 taps in single precision
  double bend = 0.0;
  double line = 1.0;
  for (std::size_t p = 1; p < phases.size(); ++p) {
    std::vector<double> rest = phases[p];
    const double part = static_cast<double>(p) / ratio_;
    rest[kLookBackFrames] -= 1.0 - part;
    rest[kLookBackFrames + 1] -= part;
    double moment = 0.0;
    for (std::size_t j = 0; j < kTaps; ++j) moment += rest[j] * (static_cast<double>(j) - kLookBackFrames);
    rest[kLookBackFrames] += moment;
    rest[kLookBackFrames + 1] -= moment;
    double first = 0.0, second = 0.0, sum = 0.0;
    for (const double tap : rest) {
      first += tap;
      second += first;
      sum += std::abs(second);
    }
    bend = std::max(bend, sum);
    line = std::max(line, 1.0 + 2.0 * std::abs(moment));
  }
  bend_gain_ = static_cast<float>(bend * (1.0 + kRounding));
  line_gain_ = static_cast<float>(line * (1.0 + kRounding));
}

void PeakInterpolator::scan_above(const float* samples, int count, float level, float* peaks,
                                  float* group_peaks) const noexcept {
  HWY_DYNAMIC_DISPATCH(lacquer::scan_above)
  (samples, count, weights_.data(), ratio_, level, line_gain_, bend_gain_, peaks, group_peaks);
}

void PeakInterpolator::scan(const float* samples, int count, float* peaks) const noexcept {
  HWY_DYNAMIC_DISPATCH(lacquer::scan)(samples, count, weights_.data(), ratio_, peaks);
}

PeakRefiner::PeakRefiner() {
  // Phase 0 is the sample itself.
  const auto phases = interpolation_phases(kRatio, kTaps, kRefineBeta);
  for (std::size_t j = 0; j < kTaps; ++j)
    for (const auto& phase : phases) taps_.push_back(static_cast<float>(phase[j]));
}

float PeakRefiner::highest(const float* samples, int count) const noexcept {
  return HWY_DYNAMIC_DISPATCH(refine)(samples, count, taps_.data());
}

}  // namespace lacquer
#endif
