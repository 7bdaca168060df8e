#pragma once

#include <array>
#include <span>

namespace lacquer {

// One frame of two channels, side by side so that both go through a filter together. Mono leaves the second
// at 0.
using StereoFrame = std::array<double, 2>;

inline constexpr int kMostBands = 5;

// Bands that add up to the signal again: crossovers of fourth order (Linkwitz, "Active Crossover Networks for
// Noncoincident Drivers", JAES 24(1), 1976). The low and high side of one are two Butterworth filters in a
// row each; together they are an allpass of second order, so bands below a crossover go through its allpass
// too (D'Appolito, "Active Realization of Multiway All-Pass Crossover Systems", JAES 35(4), 1987). The sum of
// all bands is then the signal through one allpass a crossover: exactly flat, with the phase turned.
//
// Only the bands that are wanted are made; the sum costs one filter a crossover. State-variable filters with
// trapezoidal integrators (Zavalishin, "The Art of VA Filter Design", 2.1.2, chapter 4).
class LinkwitzRileyBands {
 public:
  void prepare(double sample_rate_hz) noexcept { sample_rate_hz_ = sample_rate_hz; }
  // Crossovers in Hz, rising, below Nyquist, at most kMostBands - 1; the bands to be made. Resets. Real-time
  // safe.
  void set(std::span<const double> crossovers_hz, const std::array<bool, kMostBands>& wanted) noexcept;
  void reset() noexcept;
  // `sum` of all bands, and bands[b] for each wanted b; none may be `in`. Real-time safe.
  void process(std::span<const StereoFrame> in, StereoFrame* sum,
               const std::array<StereoFrame*, kMostBands>& bands) noexcept;

 private:
  struct State {
    StereoFrame first{}, second{};
  };
  struct Crossover {
    double g = 0.0, scale = 1.0;
    State in_sum;                           // the allpass of the sum
    State split;                            // first low- and high-pass of what is left of the signal here
    State low, high;                        // their second ones
    std::array<State, kMostBands> allpass;  // for the bands below
  };

  double sample_rate_hz_ = 48000.0;
  int crossovers_ = 0;
  int highest_wanted_ = -1;
  std::array<bool, kMostBands> wanted_{};
  std::array<Crossover, kMostBands - 1> stages_;
};

}  // namespace lacquer
