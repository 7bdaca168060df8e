#include "dsp/biquad.h"

#include <cmath>
#include <numbers>

namespace lacquer {

std::complex<double> Biquad::response(double radians_per_frame) const noexcept {
  const auto z1 = std::polar(1.0, -radians_per_frame);
  const auto z2 = z1 * z1;
  return (b0 + b1 * z1 + b2 * z2) / (1.0 + a1 * z1 + a2 * z2);
}

void Cascade::add(const Biquad& lane_0, const Biquad& lane_1) noexcept {
  if (count_ == kMaxSections) return;
  Section& s = sections_[static_cast<std::size_t>(count_++)];
  s.b0 = Lanes{lane_0.b0, lane_1.b0};
  s.b1 = Lanes{lane_0.b1, lane_1.b1};
  s.b2 = Lanes{lane_0.b2, lane_1.b2};
  s.a1 = Lanes{lane_0.a1, lane_1.a1};
  s.a2 = Lanes{lane_0.a2, lane_1.a2};
}

namespace {
bool same(Cascade::Lanes a, Cascade::Lanes b) { return a[0] == b[0] && a[1] == b[1]; }
}  // namespace

bool Cascade::operator==(const Cascade& other) const noexcept {
  if (count_ != other.count_) return false;
  for (std::size_t k = 0; k < static_cast<std::size_t>(count_); ++k) {
    const Section& a = sections_[k];
    const Section& b = other.sections_[k];
    if (!same(a.b0, b.b0) || !same(a.b1, b.b1) || !same(a.b2, b.b2) || !same(a.a1, b.a1) || !same(a.a2, b.a2))
      return false;
  }
  return true;
}

void Cascade::Memory::flush_denormals() noexcept {
  constexpr double kNothing = 1e-200;
  for (auto* row : {&first, &second})
    for (Lanes& value : *row)
      for (int lane = 0; lane < 2; ++lane)
        if (std::abs(value[lane]) < kNothing) value[lane] = 0.0;
}

void Cascade::process(double* lane_0, double* lane_1, int frames, Memory& memory) const noexcept {
  const auto count = static_cast<std::size_t>(count_);
  for (int i = 0; i < frames; ++i) {
    Lanes x = {lane_0[i], lane_1[i]};
    for (std::size_t k = 0; k < count; ++k) {
      const Section& s = sections_[k];
      const Lanes y = s.b0 * x + memory.first[k];
      memory.first[k] = s.b1 * x - s.a1 * y + memory.second[k];
      memory.second[k] = s.b2 * x - s.a2 * y;
      x = y;
    }
    lane_0[i] = x[0];
    lane_1[i] = x[1];
  }
}

}  // namespace lacquer
