#pragma once

#include <span>

namespace lacquer::test {

// Amplitude of one frequency in the last `seconds` of a signal, under a four-term Blackman-Harris window:
// side lobes 92 dB down (F. Harris, Proc. IEEE 66, 1978).
double amplitude(std::span<const float> signal, double sample_rate_hz, double hz, double seconds);

}  // namespace lacquer::test
