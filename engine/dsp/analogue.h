#pragma once

#include <complex>

namespace lacquer {

// One second-order section of an analogue filter: (b0 + b1 s + b2 s^2) / (a0 + a1 s + a2 s^2), with s = j at
// `hz`. What the digital filters are held against, and what a linear-phase filter is drawn from.
struct AnalogueSection {
  double hz = 1000.0;
  double b0 = 1.0, b1 = 0.0, b2 = 0.0;
  double a0 = 1.0, a1 = 0.0, a2 = 0.0;

  std::complex<double> response(double at_hz) const noexcept;
  double power(double at_hz) const noexcept;  // |H|^2
};

// The prototypes of R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients"
// (W3C Working Group Note, 2021), before any digital transform.
AnalogueSection analogue_bell(double hz, double gain_db, double q) noexcept;
AnalogueSection analogue_low_shelf(double hz, double gain_db, double q) noexcept;
AnalogueSection analogue_high_shelf(double hz, double gain_db, double q) noexcept;
AnalogueSection analogue_low_pass(double hz, double q) noexcept;
AnalogueSection analogue_high_pass(double hz, double q) noexcept;
AnalogueSection analogue_first_order_low_pass(double hz) noexcept;
AnalogueSection analogue_first_order_high_pass(double hz) noexcept;
// A slope: two first-order shelves of half the gain each, `octaves` apart about `hz`. 0 dB far below, gain_db
// far above. Several in a row draw a straight line.
AnalogueSection analogue_slope(double hz, double gain_db, double octaves) noexcept;
// The Q of each second-order section of a Butterworth filter of `order`; section 0 is the most resonant. An
// odd order has a first-order section beside them.
double butterworth_q(int order, int section) noexcept;

}  // namespace lacquer
