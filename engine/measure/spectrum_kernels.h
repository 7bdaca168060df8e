#pragma once

#include <complex>
#include <span>

namespace lacquer {

// The vector loops of the meters that read spectra. All spans of one call are as long as its first; real-time
// safe.

// to = a * b
void multiply(std::span<const float> a, std::span<const float> b, std::span<float> to) noexcept;

// |X|^2
void bin_powers(std::span<const std::complex<float>> bins, std::span<float> power) noexcept;

// |L|^2, |R|^2 and the real part of L conj(R).
struct PairPowers {
  std::span<float> left, right, cross;
};
void pair_powers(std::span<const std::complex<float>> left, std::span<const std::complex<float>> right,
                 const PairPowers& to) noexcept;

// weights * (a + b)
void weigh_sum(std::span<const float> weights, std::span<const std::complex<float>> a,
               std::span<const std::complex<float>> b, std::span<std::complex<float>> to) noexcept;

// Sum and highest of weights * |z|^2.
struct WeighedPower {
  double sum = 0.0;
  float highest = 0.0F;
};
WeighedPower weighed_power(std::span<const float> weights,
                           std::span<const std::complex<float>> bins) noexcept;

// In double precision.
double sum_of_floats(std::span<const float> values) noexcept;

}  // namespace lacquer
