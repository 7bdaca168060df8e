#pragma once

#include <functional>
#include <vector>

namespace lacquer {

// The impulse response of `size` taps (even) whose gain is `gain_db` of each bin, 0 to size / 2, and whose
// phase is the least that this gain allows: the real cepstrum folded onto positive times (Oppenheim and
// Schafer, Discrete-Time Signal Processing, ch. 13). The gain has to be smooth over a few bins, or the
// response wraps around.
std::vector<float> minimum_phase(int size, const std::function<double(int bin)>& gain_db);

}  // namespace lacquer
