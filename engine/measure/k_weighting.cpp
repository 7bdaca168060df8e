#include "measure/k_weighting.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/kaiser.h"

namespace lacquer {

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

struct Warped {
  double k;
  double denominator;
};
Warped warp(const Prototype& prototype, double sample_rate_hz) {
  const double k = std::tan(std::numbers::pi * prototype.hz / sample_rate_hz);
  return {k, 1.0 + k / prototype.q + k * k};
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
  filters_ = k_weighting(sample_rate_hz * factor_);
  phases_.clear();
  if (factor_ > 1) phases_ = interpolation_phases(factor_, kRaiseTaps, 7.0);
  states_.assign(static_cast<std::size_t>(channels), {});
  history_.assign(static_cast<std::size_t>(channels), {});
  reset();
}

void KWeighting::reset() noexcept {
  std::fill(states_.begin(), states_.end(), State{});
  for (auto& row : history_) row.assign(factor_ > 1 ? kRaiseTaps : 0, 0.0F);
}

// Causal: the raised signal comes kRaiseTaps / 2 frames late, which no loudness window notices.
void KWeighting::raise_rate(int channel, const float* in, int count, double* out) noexcept {
  if (factor_ == 1) {
    std::copy(in, in + count, out);
    return;
  }
  auto& history = history_[static_cast<std::size_t>(channel)];
  for (int i = 0; i < count; ++i) {
    std::copy(history.begin() + 1, history.end(), history.begin());
    history.back() = in[i];
    for (const auto& phase : phases_) {
      double sum = 0.0;
      for (std::size_t j = 0; j < phase.size(); ++j) sum += phase[j] * static_cast<double>(history[j]);
      *out++ = sum;
    }
  }
}

template <int kChannels>
void KWeighting::filter(int first_channel, int count, double* const* io) noexcept {
  const auto [s, h] = filters_;
  State* states = states_.data() + first_channel;
  std::array<State, kChannels> t;
  std::copy_n(states, kChannels, t.begin());
  for (int i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < kChannels; ++c) {
      const double x = io[c][i];
      const double y = s.b0 * x + t[c].shelf1;
      t[c].shelf1 = s.b1 * x - s.a1 * y + t[c].shelf2;
      t[c].shelf2 = s.b2 * x - s.a2 * y;
      const double z = h.b0 * y + t[c].high1;
      t[c].high1 = h.b1 * y - h.a1 * z + t[c].high2;
      t[c].high2 = h.b2 * y - h.a2 * z;
      io[c][i] = z;
    }
  }
  // A state that decays towards zero would reach denormal numbers, slow on every CPU.
  const auto settle = [](double value) { return std::abs(value) < 1e-200 ? 0.0 : value; };
  for (std::size_t c = 0; c < kChannels; ++c)
    states[c] = {settle(t[c].shelf1), settle(t[c].shelf2), settle(t[c].high1), settle(t[c].high2)};
}

void KWeighting::process(int first_channel, const float* in, int count, double* out) noexcept {
  raise_rate(first_channel, in, count, out);
  filter<1>(first_channel, count * factor_, &out);
}

void KWeighting::process_pair(int first_channel, const float* in0, const float* in1, int count, double* out0,
                              double* out1) noexcept {
  raise_rate(first_channel, in0, count, out0);
  raise_rate(first_channel + 1, in1, count, out1);
  double* const io[2] = {out0, out1};
  filter<2>(first_channel, count * factor_, io);
}

}  // namespace lacquer
