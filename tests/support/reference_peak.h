#pragma once

#include <span>

namespace lacquer::test {

// The yardstick for true peak: 32-fold interpolation by a 256-tap Kaiser sinc in double precision, every
// point evaluated. Shares no code with the engine. Linear.
double reference_true_peak(std::span<const float> samples);

}  // namespace lacquer::test
