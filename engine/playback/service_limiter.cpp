#include "playback/service_limiter.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"

namespace lacquer {

ServiceLimiter::ServiceLimiter(const StreamFormat& format, const ServiceLimiterParams& params)
    : threshold_(db_to_gain(params.threshold_dbfs)),
      look_ahead_(
          std::max(1, static_cast<int>(std::lround(params.attack_ms * 1e-3 * format.sample_rate_hz)))),
      decay_step_(std::exp(-1.0 / (params.decay_ms * 1e-3 * format.sample_rate_hz))),
      recent_(static_cast<std::size_t>(look_ahead_) + 1),
      delay_(static_cast<std::size_t>(format.channels),
             std::vector<float>(static_cast<std::size_t>(look_ahead_))) {
  held_.prepare(look_ahead_ + 1);
}

// Every one of the values averaged is at least what the frame that leaves the delay now needs.
double ServiceLimiter::attenuation_db(double peak) noexcept {
  const double need_db = peak > threshold_ ? 20.0 * std::log10(peak / threshold_) : 0.0;
  const double held_db = held_.push(need_db);
  released_db_ = held_db >= released_db_ ? held_db : held_db + (released_db_ - held_db) * decay_step_;
  recent_sum_ += released_db_ - recent_[recent_at_];
  recent_[recent_at_] = released_db_;
  recent_at_ = (recent_at_ + 1) % recent_.size();
  // A running sum keeps rounding errors of 1e-13 dB; this one must not turn into gain.
  return std::max(0.0, recent_sum_ / static_cast<double>(recent_.size()));
}

void ServiceLimiter::process(AudioBlock block) noexcept {
  for (int i = 0; i < block.frames(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    double peak = 0.0;
    for (int c = 0; c < block.channels(); ++c)
      peak = std::max(peak, static_cast<double>(std::abs(block.channel(c)[at])));
    const auto gain = static_cast<float>(db_to_gain(-attenuation_db(peak)));
    for (int c = 0; c < block.channels(); ++c) {
      float& late = delay_[static_cast<std::size_t>(c)][delay_at_];
      const float out = late * gain;
      late = block.channel(c)[at];
      block.channel(c)[at] = out;
    }
    delay_at_ = (delay_at_ + 1) % static_cast<std::size_t>(look_ahead_);
  }
}

}  // namespace lacquer
