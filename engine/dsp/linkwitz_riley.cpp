#include "dsp/linkwitz_riley.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace lacquer {

namespace {

constexpr double kDamping = std::numbers::sqrt2;  // 1/Q of a Butterworth filter

struct Outputs {
  double low, high, all;
};

template <class Crossover, class State>
Outputs filter(const Crossover& c, State& state, std::size_t lane, double x) {
  const double high = (x - (kDamping + c.g) * state.first[lane] - state.second[lane]) * c.scale;
  const double v = c.g * high;
  const double band = v + state.first[lane];
  state.first[lane] = v + band;
  const double w = c.g * band;
  const double low = w + state.second[lane];
  state.second[lane] = w + low;
  return {low, high, x - 2.0 * kDamping * band};
}

}  // namespace

void LinkwitzRileyBands::set(std::span<const double> crossovers_hz,
                             const std::array<bool, kMostBands>& wanted) noexcept {
  crossovers_ = static_cast<int>(std::min<std::size_t>(crossovers_hz.size(), stages_.size()));
  for (int i = 0; i < crossovers_; ++i) {
    Crossover& c = stages_[static_cast<std::size_t>(i)];
    c.g = std::tan(std::numbers::pi * crossovers_hz[static_cast<std::size_t>(i)] / sample_rate_hz_);
    c.scale = 1.0 / (1.0 + kDamping * c.g + c.g * c.g);
  }
  wanted_ = wanted;
  highest_wanted_ = -1;
  for (int b = 0; b <= crossovers_; ++b)
    if (wanted_[static_cast<std::size_t>(b)]) highest_wanted_ = b;
  reset();
}

void LinkwitzRileyBands::reset() noexcept {
  for (Crossover& c : stages_) {
    c.in_sum = c.split = c.low = c.high = {};
    c.allpass.fill({});
  }
}

void LinkwitzRileyBands::process(std::span<const StereoFrame> in, StereoFrame* sum,
                                 const std::array<StereoFrame*, kMostBands>& bands) noexcept {
  const auto crossovers = static_cast<std::size_t>(crossovers_);
  for (std::size_t i = 0; i < in.size(); ++i) {
    for (std::size_t lane = 0; lane < 2; ++lane) {
      double all = in[i][lane];
      double rest = all;
      for (std::size_t k = 0; k < crossovers; ++k) {
        Crossover& c = stages_[k];
        all = filter(c, c.in_sum, lane, all).all;
        // The bands below go through this crossover's allpass.
        for (std::size_t b = 0; b < k; ++b)
          if (wanted_[b]) bands[b][i][lane] = filter(c, c.allpass[b], lane, bands[b][i][lane]).all;
        if (static_cast<int>(k) > highest_wanted_) continue;
        const Outputs split = filter(c, c.split, lane, rest);
        if (wanted_[k]) bands[k][i][lane] = filter(c, c.low, lane, split.low).low;
        rest = static_cast<int>(k) < highest_wanted_ ? filter(c, c.high, lane, split.high).high : 0.0;
      }
      sum[i][lane] = all;
      if (wanted_[crossovers]) bands[crossovers][i][lane] = rest;
    }
  }
}

}  // namespace lacquer
