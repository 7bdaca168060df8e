#include "dsp/limiter_gain.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lacquer {

int LimiterGain::cells(double ms) const noexcept {
  return std::max(1, static_cast<int>(std::lround(ms * cells_per_second_ / 1000.0)));
}

void LimiterGain::prepare(double cells_per_second) {
  cells_per_second_ = cells_per_second;
  const int most = cells(std::max(kLive.look_ahead_ms, kBest.look_ahead_ms));
  weights_.reserve(static_cast<std::size_t>(most));
  recent_.reserve(static_cast<std::size_t>(most));
  hold_.prepare(most + 2 * kSplineCells + cells(std::max(kLive.hold_ms, kBest.hold_ms)));
  bridge_.prepare(cells(kBest.bass_bridge_ms), cells(kBest.bass_lasts_ms));
  const auto covered = [&](double ms) { return 1.0 - std::exp(-1000.0 / (ms * cells_per_second)); };
  memory_attack_step_ = covered(kMemoryAttackMs);
  memory_release_step_ = covered(kMemoryReleaseMs);
  set_curve(params_.quality == LimiterQuality::kLive ? kLive : kBest);
  set_params(params_);
  reset();
}

void LimiterGain::set_curve(const Curve& curve) noexcept {
  smooth_cells_ = cells(curve.look_ahead_ms);
  hold_.set_window(smooth_cells_ + 2 * kSplineCells + (curve.hold_ms > 0.0 ? cells(curve.hold_ms) : 0));
  bridge_.set(cells(curve.bridge_ms), cells(curve.bass_bridge_ms), cells(curve.bass_lasts_ms));
  weights_.resize(static_cast<std::size_t>(smooth_cells_));
  recent_.resize(weights_.size());
  double sum = 0.0;
  for (int j = 0; j < smooth_cells_; ++j) {
    const double phase = (j + 1.0) / (smooth_cells_ + 1.0);
    weights_[static_cast<std::size_t>(j)] = 1.0 - std::cos(2.0 * std::numbers::pi * phase);
    sum += weights_[static_cast<std::size_t>(j)];
  }
  for (double& weight : weights_) weight /= sum;
}

void LimiterGain::set_params(const LimiterGainParams& params) noexcept {
  const bool other_curve = params.quality != params_.quality;
  params_ = params;
  release_step_ = std::exp(-1000.0 / (std::max(1.0, params.release_ms) * cells_per_second_));
  if (!other_curve) return;
  set_curve(params.quality == LimiterQuality::kLive ? kLive : kBest);
  reset();
}

void LimiterGain::reset() noexcept {
  hold_.reset();
  bridge_.reset();
  released_db_ = -params_.drive_db;
  memory_db_ = 0.0;
  std::fill(recent_.begin(), recent_.end(), released_db_);
  next_ = 0;
}

double LimiterGain::release(double held_db) noexcept {
  const double rest_db = -params_.drive_db;
  const double needed_db = held_db - rest_db;
  memory_db_ +=
      (needed_db - memory_db_) * (needed_db > memory_db_ ? memory_attack_step_ : memory_release_step_);
  const double towards_db = std::min(released_db_, rest_db + memory_db_);
  released_db_ = std::max(held_db, towards_db + (released_db_ - towards_db) * release_step_);
  return released_db_;
}

double LimiterGain::push(double peak_db) noexcept {
  const double need_db = std::max(-params_.drive_db, peak_db - params_.ceiling_db);
  return std::exp(follow(hold(need_db)) * (-std::numbers::ln10 / 20.0));
}

double LimiterGain::follow(double held_db) noexcept {
  recent_[next_] = release(held_db);
  double attenuation_db = 0.0;
  std::size_t from = next_;
  for (const double weight : weights_) {
    attenuation_db += weight * recent_[from];
    from = from == 0 ? recent_.size() - 1 : from - 1;
  }
  next_ = next_ + 1 == recent_.size() ? 0 : next_ + 1;
  return attenuation_db;
}

}  // namespace lacquer
