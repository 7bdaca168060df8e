#include "dsp/oversampler.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "dsp/kaiser.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dsp/oversampler.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;

constexpr int kVectors = 4;  // filtered together: each sum waits for its last addition

// The values half way between middle[-1] and middle[0] and between the samples after them, for kVectors
// vectors.
HWY_INLINE void between(const float* HWY_RESTRICT middle, const float* HWY_RESTRICT taps, int reach,
                        hn::Vec<D>* HWY_RESTRICT sums) {
  const D d;
  const auto lanes = static_cast<std::ptrdiff_t>(hn::Lanes(d));
  auto a = hn::Zero(d), b = hn::Zero(d), c = hn::Zero(d), e = hn::Zero(d);
  for (int j = 0; j < reach; ++j) {
    const auto tap = hn::Set(d, taps[j]);
    const float* const before = middle - 1 - j;
    const float* const after = middle + j;
    a = hn::MulAdd(tap, hn::Add(hn::LoadU(d, before), hn::LoadU(d, after)), a);
    b = hn::MulAdd(tap, hn::Add(hn::LoadU(d, before + lanes), hn::LoadU(d, after + lanes)), b);
    c = hn::MulAdd(tap, hn::Add(hn::LoadU(d, before + 2 * lanes), hn::LoadU(d, after + 2 * lanes)), c);
    e = hn::MulAdd(tap, hn::Add(hn::LoadU(d, before + 3 * lanes), hn::LoadU(d, after + 3 * lanes)), e);
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = e;
}

// Whole vectors: the buffers have room for more at their end.
void double_rate(const float* HWY_RESTRICT input, const float* HWY_RESTRICT taps, int reach, int frames,
                 float* HWY_RESTRICT output) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  for (int i = 0; i < frames; i += kVectors * lanes) {
    hn::Vec<D> sums[kVectors];
    between(input + i + reach, taps, reach, sums);
    for (int k = 0; k < kVectors; ++k) {
      const int at = i + k * lanes;
      hn::StoreInterleaved2(hn::LoadU(d, input + at + reach - 1), sums[k], d,
                            output + 2 * static_cast<std::ptrdiff_t>(at));
    }
  }
}

void part(const float* HWY_RESTRICT input, int frames, float* HWY_RESTRICT evens, float* HWY_RESTRICT odds) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  for (int i = 0; i < frames; i += lanes) {
    hn::Vec<D> even, odd;
    hn::LoadInterleaved2(d, input + 2 * static_cast<std::ptrdiff_t>(i), even, odd);
    hn::StoreU(even, d, evens + i);
    hn::StoreU(odd, d, odds + i);
  }
}

void halve_rate(const float* HWY_RESTRICT evens, const float* HWY_RESTRICT odds,
                const float* HWY_RESTRICT taps, int reach, int frames, float* HWY_RESTRICT output) {
  const D d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto half = hn::Set(d, 0.5F);
  for (int i = 0; i < frames; i += kVectors * lanes) {
    hn::Vec<D> sums[kVectors];
    between(odds + i + reach, taps, reach, sums);
    for (int k = 0; k < kVectors; ++k) {
      const int at = i + k * lanes;
      hn::StoreU(hn::Mul(half, hn::Add(hn::LoadU(d, evens + at), sums[k])), d, output + at);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(double_rate);
HWY_EXPORT(part);
HWY_EXPORT(halve_rate);

namespace {
constexpr double kBeta = 10.6;  // of the Kaiser window: 105 dB
// Reach of each step's filter in samples on either side, by Kaiser's formula for its transition: 0.48 to 0.52
// of the sample rate in the first step; the others have most of an octave. The third's is a multiple of 2 and
// the fourth's of 4, so that the delays add up to whole frames.
constexpr std::array<int, 4> kReach = {84, 8, 6, 8};
constexpr std::size_t kSlack = 160;  // four vectors of 16 samples, in pairs, and some

void forget(std::vector<float>& samples) { std::fill(samples.begin(), samples.end(), 0.0F); }

// Keeps the last `count` of `count + added` samples.
void shift(std::vector<float>& samples, std::size_t count, std::size_t added) {
  std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(added), count, samples.begin());
}
}  // namespace

int Oversampler::factor_for(double sample_rate_hz) noexcept {
  int factor = 2;
  while (factor < 16 && factor * sample_rate_hz < 705000.0) factor *= 2;
  return factor;
}

Oversampler::Oversampler(int factor) {
  std::size_t most = kMaxFrames;
  for (std::size_t k = 0; (1 << k) < factor && k < kReach.size(); ++k) {
    const int reach = kReach[k];
    const auto phase = interpolation_phases(2, 2 * reach, kBeta)[1];
    Stage stage;
    for (int j = 0; j < reach; ++j)
      stage.taps.push_back(static_cast<float>(phase[static_cast<std::size_t>(reach + j)]));
    const auto past = static_cast<std::size_t>(2 * reach);
    stage.input.resize(past + most + kSlack);
    stage.evens.resize(past + most + kSlack);
    stage.odds.resize(past + most + kSlack);
    most *= 2;
    stage.output.resize(most + kSlack);
    stages_.push_back(std::move(stage));
  }
}

int Oversampler::latency_frames() const noexcept {
  // Each step takes `reach` samples of its lower rate on the way up and as many on the way down.
  int latency = 0;
  for (std::size_t k = 0; k < stages_.size(); ++k) latency += 2 * stages_[k].reach() / (1 << k);
  return latency;
}

std::span<float> Oversampler::up(std::span<const float> samples) noexcept {
  std::span<const float> from = samples;
  for (Stage& stage : stages_) {
    const auto past = static_cast<std::size_t>(2 * stage.reach() - 1);
    std::copy(from.begin(), from.end(), stage.input.begin() + static_cast<std::ptrdiff_t>(past));
    HWY_DYNAMIC_DISPATCH(double_rate)
    (stage.input.data(), stage.taps.data(), stage.reach(), static_cast<int>(from.size()),
     stage.output.data());
    shift(stage.input, past, from.size());
    from = {stage.output.data(), 2 * from.size()};
  }
  return {stages_.back().output.data(), from.size()};
}

void Oversampler::down(std::span<float> samples) noexcept {
  for (std::size_t k = stages_.size(); k-- > 0;) {
    Stage& stage = stages_[k];
    const std::size_t frames = samples.size() << k;
    const auto reach = static_cast<std::size_t>(stage.reach());
    HWY_DYNAMIC_DISPATCH(part)
    (stage.output.data(), static_cast<int>(frames), stage.evens.data() + reach,
     stage.odds.data() + 2 * reach);
    // The step below collects its input where its up() left its output.
    float* const to = k > 0 ? stages_[k - 1].output.data() : stage.output.data();
    HWY_DYNAMIC_DISPATCH(halve_rate)
    (stage.evens.data(), stage.odds.data(), stage.taps.data(), stage.reach(), static_cast<int>(frames), to);
    shift(stage.evens, reach, frames);
    shift(stage.odds, 2 * reach, frames);
  }
  std::copy_n(stages_.front().output.begin(), samples.size(), samples.begin());
}

void Oversampler::reset() noexcept {
  for (Stage& stage : stages_)
    for (auto* row : {&stage.input, &stage.evens, &stage.odds, &stage.output}) forget(*row);
}

}  // namespace lacquer
#endif
