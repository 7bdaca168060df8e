#include "measure/k_weighting.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/kaiser.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "measure/k_weighting.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

constexpr int kGroup = KWeighting::kGroup;
constexpr int kStates = KWeighting::kStates;
using Outputs = hn::CappedTag<double, kGroup>;
using States = hn::CappedTag<double, kStates>;

// sums[v] += column[v] * factor over a column of kSize values.
template <int kSize, class D, class V>
HWY_INLINE void add_column(D d, const double* HWY_RESTRICT column, double factor, V* sums) {
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(D()));
  const auto scale = hn::Set(d, factor);
  for (int v = 0; v < kSize / kLanes; ++v)
    sums[v] = hn::MulAdd(hn::Load(d, column + v * kLanes), scale, sums[v]);
}

template <int kChannels>
HWY_INLINE void filter_groups(const KWeighting::GroupMatrices& m, const float* const* in, int groups,
                              double* const* out, double (*state)[kStates]) {
  const Outputs d;
  const States s;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(Outputs()));
  constexpr int kStateLanes = static_cast<int>(hn::MaxLanes(States()));
  constexpr int kVectors = kGroup / kLanes;
  constexpr int kStateVectors = kStates / kStateLanes;
  const hn::Rebind<float, Outputs> narrow;
  for (int g = 0; g < groups; ++g) {
    for (int c = 0; c < kChannels; ++c) {
      HWY_ALIGN double x[kGroup];
      for (int v = 0; v < kVectors; ++v)
        hn::Store(hn::PromoteTo(d, hn::LoadU(narrow, in[c] + g * kGroup + v * kLanes)), d, x + v * kLanes);
      hn::Vec<Outputs> y[kVectors];
      hn::Vec<States> next[kStateVectors];
      for (auto& vector : y) vector = hn::Zero(d);
      for (auto& vector : next) vector = hn::Zero(s);
      for (int j = 0; j < kGroup; ++j) {
        add_column<kGroup>(d, m.response[j], x[j], y);
        add_column<kStates>(s, m.drive[j], x[j], next);
      }
      for (int k = 0; k < kStates; ++k) {
        add_column<kGroup>(d, m.free[k], state[c][k], y);
        add_column<kStates>(s, m.advance[k], state[c][k], next);
      }
      for (int v = 0; v < kVectors; ++v) hn::StoreU(y[v], d, out[c] + g * kGroup + v * kLanes);
      for (int v = 0; v < kStateVectors; ++v) hn::StoreU(next[v], s, state[c] + v * kStateLanes);
    }
  }
}

void filter_one(const KWeighting::GroupMatrices& m, const float* const* in, int groups, double* const* out,
                double (*state)[kStates]) {
  filter_groups<1>(m, in, groups, out, state);
}
void filter_two(const KWeighting::GroupMatrices& m, const float* const* in, int groups, double* const* out,
                double (*state)[kStates]) {
  filter_groups<2>(m, in, groups, out, state);
}

// Whole groups that begin at place 0.
void add_groups(const double* first, const double* second, int groups, WeightedEnergy& to) {
  const Outputs d;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(Outputs()));
  for (std::size_t v = 0; v < kGroup; v += kLanes) {
    auto aa = hn::Load(d, to.first.data() + v);
    auto bb = hn::Load(d, to.second.data() + v);
    auto ab = hn::Load(d, to.product.data() + v);
    for (int g = 0; g < groups; ++g) {
      const auto a = hn::LoadU(d, first + g * kGroup + v);
      aa = hn::MulAdd(a, a, aa);
      if (second == nullptr) continue;
      const auto b = hn::LoadU(d, second + g * kGroup + v);
      bb = hn::MulAdd(b, b, bb);
      ab = hn::MulAdd(a, b, ab);
    }
    hn::Store(aa, d, to.first.data() + v);
    hn::Store(bb, d, to.second.data() + v);
    hn::Store(ab, d, to.product.data() + v);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(filter_one);
HWY_EXPORT(filter_two);
HWY_EXPORT(add_groups);

namespace {

struct Prototype {
  double hz;
  double q;
};
constexpr Prototype kShelf = {1681.974450955533, 0.7071752369554196};
constexpr Prototype kHighPass = {38.13547087602444, 0.5003270373238773};
constexpr double kShelfGainDb = 3.999843853973347;
constexpr double kShelfMidExponent = 0.4996667741545416;
constexpr double kTableRateHz = 48000.0;
constexpr double kLowestRateHz = 32000.0;
constexpr int kRaiseTaps = 32;
constexpr int kRaiseFrames = 512;

struct Warped {
  double k;
  double denominator;
};
Warped warp(const Prototype& prototype, double sample_rate_hz) {
  const double k = std::tan(std::numbers::pi * prototype.hz / sample_rate_hz);
  return {k, 1.0 + k / prototype.q + k * k};
}

// One sample through both filters, each in transposed direct form II: two states of the shelf, then two of
// the high-pass.
double step(const std::array<BiquadCoefficients, 2>& filters, double* state, double x) {
  for (const BiquadCoefficients& f : filters) {
    const double y = f.b0 * x + state[0];
    state[0] = f.b1 * x - f.a1 * y + state[1];
    state[1] = f.b2 * x - f.a2 * y;
    state += 2;
    x = y;
  }
  return x;
}

// What a group gives for one input of 1, or one state of 1, and nothing else.
KWeighting::GroupMatrices matrices_of(const std::array<BiquadCoefficients, 2>& filters) {
  KWeighting::GroupMatrices m{};
  const auto run = [&](int impulse, double* state, double* outputs) {
    for (int i = 0; i < KWeighting::kGroup; ++i) outputs[i] = step(filters, state, i == impulse ? 1.0 : 0.0);
  };
  for (int j = 0; j < KWeighting::kGroup; ++j) run(j, m.drive[j], m.response[j]);
  for (int k = 0; k < KWeighting::kStates; ++k) {
    m.advance[k][k] = 1.0;
    run(-1, m.advance[k], m.free[k]);
  }
  return m;
}

}  // namespace

std::array<BiquadCoefficients, 2> k_weighting(double sample_rate_hz) {
  const auto [k, d] = warp(kShelf, sample_rate_hz);
  const double vh = std::pow(10.0, kShelfGainDb / 20.0);
  const double vb = std::pow(vh, kShelfMidExponent);
  const BiquadCoefficients shelf = {(vh + vb * k / kShelf.q + k * k) / d, 2.0 * (k * k - vh) / d,
                                    (vh - vb * k / kShelf.q + k * k) / d, 2.0 * (k * k - 1.0) / d,
                                    (1.0 - k / kShelf.q + k * k) / d};
  const auto [kh, dh] = warp(kHighPass, sample_rate_hz);
  const double pass_band = warp(kHighPass, kTableRateHz).denominator / dh;
  const BiquadCoefficients high_pass = {pass_band, -2.0 * pass_band, pass_band, 2.0 * (kh * kh - 1.0) / dh,
                                        (1.0 - kh / kHighPass.q + kh * kh) / dh};
  return {shelf, high_pass};
}

void KWeighting::prepare(double sample_rate_hz, int channels) {
  factor_ = 1;
  while (sample_rate_hz * factor_ < kLowestRateHz) factor_ *= 2;
  matrices_ = matrices_of(k_weighting(sample_rate_hz * factor_));
  phases_.clear();
  if (factor_ > 1) phases_ = interpolation_phases(factor_, kRaiseTaps, 7.0);
  for (auto& row : raised_) row.assign(static_cast<std::size_t>(kRaiseFrames * factor_), 0.0F);
  channels_.assign(static_cast<std::size_t>(channels), {});
  history_.assign(static_cast<std::size_t>(channels), {});
  reset();
}

void KWeighting::reset() noexcept {
  std::fill(channels_.begin(), channels_.end(), Channel{});
  for (auto& row : history_) row.assign(factor_ > 1 ? kRaiseTaps - 1 + kRaiseFrames : 0, 0.0F);
}

// Causal: the raised signal comes kRaiseTaps / 2 frames late, which no loudness window notices.
void KWeighting::raise_rate(int channel, const float* in, int count, float* out) noexcept {
  auto& row = history_[static_cast<std::size_t>(channel)];
  std::copy(in, in + count, row.begin() + kRaiseTaps - 1);
  for (std::size_t p = 0; p < phases_.size(); ++p) {
    // Tap by tap over all frames: a loop that compilers turn into vector code.
    std::array<float, kRaiseFrames> sums{};
    for (std::size_t j = 0; j < kRaiseTaps; ++j) {
      const auto tap = static_cast<float>(phases_[p][j]);
      const float* from = row.data() + j;
      for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) sums[i] += tap * from[i];
    }
    for (int i = 0; i < count; ++i)
      out[i * factor_ + static_cast<int>(p)] = sums[static_cast<std::size_t>(i)];
  }
  std::copy(row.begin() + count, row.begin() + count + kRaiseTaps - 1, row.begin());
}

template <int kChannels>
void KWeighting::filter(int first_channel, std::array<const float*, kChannels> in, int count,
                        std::array<double*, kChannels> out) noexcept {
  Channel* channels = channels_.data() + first_channel;
  const auto run = [&](const std::array<const float*, kChannels>& from, int groups,
                       const std::array<double*, kChannels>& to, bool keep_state) {
    double state[kChannels][kStates];
    for (int c = 0; c < kChannels; ++c) std::copy_n(channels[c].state.begin(), kStates, state[c]);
    if constexpr (kChannels == 2)
      HWY_DYNAMIC_DISPATCH(filter_two)(matrices_, from.data(), groups, to.data(), state);
    else
      HWY_DYNAMIC_DISPATCH(filter_one)(matrices_, from.data(), groups, to.data(), state);
    if (!keep_state) return;
    // A state that decays towards zero would reach denormal numbers, slow on every CPU.
    for (int c = 0; c < kChannels; ++c)
      std::transform(state[c], state[c] + kStates, channels[c].state.begin(),
                     [](double value) { return std::abs(value) < 1e-200 ? 0.0 : value; });
  };
  while (count > 0) {
    const int filled = channels[0].filled;
    int taken = count / kGroup * kGroup;
    if (filled == 0 && taken > 0) {
      run(in, taken / kGroup, out, true);
    } else {
      // Part of a group: with silence for what is to come, its outputs are already the right ones.
      taken = std::min(kGroup - filled, count);
      double outputs[kChannels][kGroup];
      std::array<const float*, kChannels> from;
      std::array<double*, kChannels> to;
      for (std::size_t c = 0; c < kChannels; ++c) {
        Channel& channel = channels[c];
        std::fill(channel.group.begin() + filled, channel.group.end(), 0.0F);
        std::copy(in[c], in[c] + taken, channel.group.begin() + filled);
        channel.filled = (filled + taken) % kGroup;
        from[c] = channel.group.data();
        to[c] = outputs[c];
      }
      run(from, 1, to, filled + taken == kGroup);
      for (std::size_t c = 0; c < kChannels; ++c) std::copy_n(outputs[c] + filled, taken, out[c]);
    }
    for (std::size_t c = 0; c < kChannels; ++c) in[c] += taken, out[c] += taken;
    count -= taken;
  }
}

template <int kChannels>
void KWeighting::weigh(int first_channel, const std::array<const float*, kChannels>& in, int count,
                       const std::array<double*, kChannels>& out) noexcept {
  if (factor_ == 1) return filter<kChannels>(first_channel, in, count, out);
  for (int done = 0; done < count; done += kRaiseFrames) {
    const int part = std::min(kRaiseFrames, count - done);
    std::array<const float*, kChannels> from;
    std::array<double*, kChannels> to;
    for (std::size_t c = 0; c < kChannels; ++c) {
      raise_rate(first_channel + static_cast<int>(c), in[c] + done, part, raised_[c].data());
      from[c] = raised_[c].data();
      to[c] = out[c] + static_cast<std::ptrdiff_t>(done) * factor_;
    }
    filter<kChannels>(first_channel, from, part * factor_, to);
  }
}

void KWeighting::process(int first_channel, const float* in, int count, double* out) noexcept {
  weigh<1>(first_channel, {in}, count, {out});
}

void KWeighting::process_pair(int first_channel, const float* in0, const float* in1, int count, double* out0,
                              double* out1) noexcept {
  weigh<2>(first_channel, {in0, in1}, count, {out0, out1});
}

double WeightedEnergy::total(const std::array<double, kPlaces>& sums) noexcept {
  double sum = 0.0;
  for (const double part : sums) sum += part;
  return sum;
}

void add_energy(const double* first, const double* second, int count, std::int64_t position,
                WeightedEnergy& to) noexcept {
  const auto add_groups_of = [&](const double* a, const double* b, int groups) {
    HWY_DYNAMIC_DISPATCH(add_groups)(a, b, groups, to);
  };
  for (int done = 0; done < count;) {
    const auto place = static_cast<int>((position + done) % WeightedEnergy::kPlaces);
    int taken = count - done;
    if (place == 0 && taken >= WeightedEnergy::kPlaces) {
      taken = taken / WeightedEnergy::kPlaces * WeightedEnergy::kPlaces;
      add_groups_of(first + done, second == nullptr ? nullptr : second + done,
                    taken / WeightedEnergy::kPlaces);
    } else {
      taken = std::min(taken, WeightedEnergy::kPlaces - place);
      double a[WeightedEnergy::kPlaces] = {};
      double b[WeightedEnergy::kPlaces] = {};
      std::copy_n(first + done, taken, a + place);
      if (second != nullptr) std::copy_n(second + done, taken, b + place);
      add_groups_of(a, second == nullptr ? nullptr : b, 1);
    }
    done += taken;
  }
}

}  // namespace lacquer
#endif
