#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lacquer::demo {

inline constexpr double kSampleRateHz = 44100.0;
inline constexpr double kPi = 3.14159265358979323846;

inline std::size_t to_frames(double seconds) {
  return seconds <= 0.0 ? 0 : static_cast<std::size_t>(seconds * kSampleRateHz + 0.5);
}

// Two channels of equal length, full scale at 1.
struct Stereo {
  std::vector<float> left;
  std::vector<float> right;

  explicit Stereo(std::size_t frames = 0) : left(frames, 0.0F), right(frames, 0.0F) {}

  std::size_t frames() const { return left.size(); }

  void resize(std::size_t frames) {
    left.resize(frames, 0.0F);
    right.resize(frames, 0.0F);
  }

  void clear() {
    std::fill(left.begin(), left.end(), 0.0F);
    std::fill(right.begin(), right.end(), 0.0F);
  }

  void add(std::size_t frame, double l, double r) {
    left[frame] += static_cast<float>(l);
    right[frame] += static_cast<float>(r);
  }

  void add(const Stereo& other, double gain) {
    for (std::size_t i = 0; i < frames(); ++i) add(i, gain * other.left[i], gain * other.right[i]);
  }

  void scale(double gain) {
    for (std::size_t i = 0; i < frames(); ++i) {
      left[i] = static_cast<float>(gain * left[i]);
      right[i] = static_cast<float>(gain * right[i]);
    }
  }
};

}  // namespace lacquer::demo
