#pragma once

#include <vector>

#include "support/meter_signal.h"
#include "support/signals.h"

namespace lacquer::test {

// What the source meters say of audio at 44.1 kHz, unless another rate is given.
inline constexpr double kSourceRate = 44100.0;

inline SourceResult source_of(const AudioBuffer& audio, double rate = kSourceRate,
                              const std::vector<int>& blocks = {}) {
  return *measure(audio, rate, blocks).source;
}
inline SourceResult source_of(const std::vector<float>& signal, double rate = kSourceRate) {
  return source_of(on_channels(signal, 1), rate);
}
inline std::size_t frame(double seconds, double rate = kSourceRate) {
  return static_cast<std::size_t>(seconds * rate);
}

}  // namespace lacquer::test
