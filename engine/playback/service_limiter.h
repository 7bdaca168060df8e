#pragma once

#include <cstddef>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "dsp/sliding_max.h"

namespace lacquer {

// A service's playback limiter as far as it is published: a threshold of sample values, an attack and a decay
// (Spotify for Artists, "Loudness normalization": -1 dB, 5 ms, 100 ms). How it is built is not public; this
// one looks ahead by the attack, so that no sample passes the threshold, and lets go exponentially by the
// decay. Both channels share one gain. The output is latency_frames() late.
struct ServiceLimiterParams {
  double threshold_dbfs = -1.0;
  double attack_ms = 5.0;
  double decay_ms = 100.0;
};

class ServiceLimiter {
 public:
  ServiceLimiter(const StreamFormat& format, const ServiceLimiterParams& params);
  void process(AudioBlock block) noexcept;
  int latency_frames() const noexcept { return look_ahead_; }

 private:
  double attenuation_db(double peak) noexcept;

  double threshold_;
  int look_ahead_;
  double decay_step_;
  SlidingMax held_;
  double released_db_ = 0.0;
  std::vector<double> recent_;  // ring of released attenuations, look_ahead_ + 1 long
  double recent_sum_ = 0.0;
  std::size_t recent_at_ = 0;
  std::vector<std::vector<float>> delay_;  // ring for each channel, look_ahead_ long
  std::size_t delay_at_ = 0;
};

}  // namespace lacquer
