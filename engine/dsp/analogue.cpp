#include "dsp/analogue.h"

#include <cmath>
#include <numbers>

#include "core/decibels.h"

namespace lacquer {

std::complex<double> AnalogueSection::response(double at_hz) const noexcept {
  const double x = at_hz / hz;
  return std::complex<double>(b0 - b2 * x * x, b1 * x) / std::complex<double>(a0 - a2 * x * x, a1 * x);
}

double AnalogueSection::power(double at_hz) const noexcept {
  const double x = at_hz / hz;
  const double x2 = x * x;
  const double above = (b0 - b2 * x2) * (b0 - b2 * x2) + b1 * b1 * x2;
  const double below = (a0 - a2 * x2) * (a0 - a2 * x2) + a1 * a1 * x2;
  return above / below;
}

AnalogueSection analogue_bell(double hz, double gain_db, double q) noexcept {
  const double a = db_to_gain(gain_db / 2.0);
  return {hz, 1.0, a / q, 1.0, 1.0, 1.0 / (a * q), 1.0};
}

AnalogueSection analogue_low_shelf(double hz, double gain_db, double q) noexcept {
  const double a = db_to_gain(gain_db / 2.0);
  const double slope = std::sqrt(a) / q;
  return {hz, a * a, a * slope, a, 1.0, slope, a};
}

AnalogueSection analogue_high_shelf(double hz, double gain_db, double q) noexcept {
  const double a = db_to_gain(gain_db / 2.0);
  const double slope = std::sqrt(a) / q;
  return {hz, a, a * slope, a * a, a, slope, 1.0};
}

AnalogueSection analogue_low_pass(double hz, double q) noexcept {
  return {hz, 1.0, 0.0, 0.0, 1.0, 1.0 / q, 1.0};
}

AnalogueSection analogue_high_pass(double hz, double q) noexcept {
  return {hz, 0.0, 0.0, 1.0, 1.0, 1.0 / q, 1.0};
}

AnalogueSection analogue_first_order_low_pass(double hz) noexcept {
  return {hz, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0};
}

AnalogueSection analogue_first_order_high_pass(double hz) noexcept {
  return {hz, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0};
}

AnalogueSection analogue_slope(double hz, double gain_db, double octaves) noexcept {
  const double gain = db_to_gain(gain_db / 2.0);  // of each shelf
  const double root = std::sqrt(gain);
  const double spread = std::exp2(octaves / 2.0) + std::exp2(-octaves / 2.0);
  return {hz, 1.0, spread * root, gain, 1.0, spread / root, 1.0 / gain};
}

double butterworth_q(int order, int section) noexcept {
  const double angle = std::numbers::pi * (2.0 * section + 1.0) / (2.0 * order);
  return 0.5 / std::sin(angle);
}

}  // namespace lacquer
