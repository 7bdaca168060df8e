#include "dsp/compressor_gain.h"

#include <algorithm>
#include <cmath>

namespace lacquer {

void CompressorGain::prepare(double cells_per_second) noexcept {
  cells_per_second_ = cells_per_second;
  set_params(params_);
  reset();
}

void CompressorGain::set_params(const CompressorGainParams& params) noexcept {
  params_ = params;
  const auto step = [&](double ms) {
    return 1.0 - std::exp(-1000.0 / (std::max(0.1, ms) * cells_per_second_));
  };
  averaging_step_ = step(params.averaging_ms);
  attack_step_ = step(params.attack_ms);
  release_step_ = step(params.release_ms);
  memory_step_ = step(kMemoryFactor * params.release_ms);
}

void CompressorGain::reset() noexcept {
  power_ = 0.0;
  level_dbfs_ = -200.0;
  reduction_db_ = memory_db_ = 0.0;
}

double CompressorGain::asked_db() const noexcept {
  const double over_db = level_dbfs_ - params_.threshold_dbfs;
  const double half_knee_db = params_.knee_db / 2.0;
  if (over_db <= -half_knee_db) return 0.0;
  const double slope = 1.0 - 1.0 / params_.ratio;
  const double into_knee_db = over_db + half_knee_db;
  const double reduction_db = over_db < half_knee_db
                                  ? slope * into_knee_db * into_knee_db / (2.0 * params_.knee_db)
                                  : slope * over_db;
  return std::min(reduction_db, params_.most_reduction_db);
}

double CompressorGain::push(double power) noexcept {
  power_ += (power - power_) * averaging_step_;
  constexpr double kSilence = 1e-20;  // -200 dBFS, and no denormals
  power_ = std::max(power_, kSilence);
  level_dbfs_ = 10.0 * std::log10(power_);
  const double asked = asked_db();
  memory_db_ += (asked - memory_db_) * memory_step_;
  if (asked >= reduction_db_) {
    reduction_db_ += (asked - reduction_db_) * attack_step_;
  } else {
    const double towards_db = std::min(reduction_db_, std::max(asked, memory_db_));
    reduction_db_ += (towards_db - reduction_db_) * release_step_;
  }
  return reduction_db_;
}

}  // namespace lacquer
