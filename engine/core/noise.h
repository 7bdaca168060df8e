#pragma once

#include <cstdint>

namespace lacquer {

// Seeded noise: the same seed gives the same numbers on every machine.
// xoshiro128++ 1.0 (Blackman & Vigna, prng.di.unimi.it, public domain), seeded by splitmix64.
class NoiseGenerator {
 public:
  explicit NoiseGenerator(std::uint64_t seed) noexcept { reseed(seed); }

  void reseed(std::uint64_t seed) noexcept {
    for (int i = 0; i < 4; i += 2) {
      seed += 0x9e3779b97f4a7c15U;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
      z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
      z ^= z >> 31U;
      state_[i] = static_cast<std::uint32_t>(z);
      state_[i + 1] = static_cast<std::uint32_t>(z >> 32U);
    }
  }

  std::uint32_t bits() noexcept {
    const std::uint32_t result = rotate(state_[0] + state_[3], 7) + state_[0];
    const std::uint32_t t = state_[1] << 9U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate(state_[3], 11);
    return result;
  }

  // Uniform in [0, 1).
  double uniform() noexcept { return bits() * (1.0 / 4294967296.0); }
  // Uniform in [-1, 1).
  double white() noexcept { return static_cast<std::int32_t>(bits()) * (1.0 / 2147483648.0); }
  // Triangular in (-1, 1), variance 1/6: the sum of two uniforms each 1 wide (TPDF dither, in LSB).
  double triangular() noexcept { return uniform() - uniform(); }

 private:
  static std::uint32_t rotate(std::uint32_t x, unsigned k) noexcept { return (x << k) | (x >> (32U - k)); }

  std::uint32_t state_[4] = {};
};

}  // namespace lacquer
