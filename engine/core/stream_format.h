#pragma once

namespace lacquer {

// What a stream of audio is. Rates from 8,000 to 384,000 Hz are supported.
struct StreamFormat {
  double sample_rate_hz = 48000.0;
  int channels = 2;
  int max_block_frames = 4096;  // no block handed to a processor or meter is longer
  bool operator==(const StreamFormat&) const = default;
};

inline constexpr double kMinSampleRateHz = 8000.0;
inline constexpr double kMaxSampleRateHz = 384000.0;

}  // namespace lacquer
