#pragma once

#include <array>
#include <complex>
#include <cstddef>

namespace lacquer {

// A second-order digital filter, a0 = 1.
struct Biquad {
  double b0 = 1.0, b1 = 0.0, b2 = 0.0, a1 = 0.0, a2 = 0.0;
  bool operator==(const Biquad&) const = default;

  std::complex<double> response(double radians_per_frame) const noexcept;
};

// Filters one after the other over two lanes of samples (left and right, or mid and side), each lane with
// coefficients of its own. The coefficients; what they remember of the signal is Memory.
class Cascade {
 public:
  static constexpr int kMaxSections = 64;
  using Lanes [[gnu::vector_size(16)]] = double;
  struct Memory {
    std::array<Lanes, kMaxSections> first{};
    std::array<Lanes, kMaxSections> second{};
    void flush_denormals() noexcept;
  };

  void clear() noexcept { count_ = 0; }
  void add(const Biquad& lane_0, const Biquad& lane_1) noexcept;  // beyond kMaxSections nothing is added
  bool empty() const noexcept { return count_ == 0; }
  bool operator==(const Cascade& other) const noexcept;
  // In place. Transposed direct form II in double precision: rounding stays 200 dB below a 20 Hz filter's
  // signal.
  void process(double* lane_0, double* lane_1, int frames, Memory& memory) const noexcept;

 private:
  struct Section {
    Lanes b0, b1, b2, a1, a2;
  };
  std::array<Section, kMaxSections> sections_{};
  int count_ = 0;
};

}  // namespace lacquer
