#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "buffer.h"

// The small parts the instruments are made of.
namespace lacquer::demo {

// One cycle of a waveform, read between its points.
class Wave {
 public:
  static constexpr std::size_t kPoints = 4096;
  explicit Wave(std::vector<float> points);  // kPoints of them
  // phase in [0, 1)
  double at(double phase) const {
    const double x = phase * kPoints;
    const auto i = static_cast<std::size_t>(x);
    const double f = x - static_cast<double>(i);
    return points_[i] + f * (points_[i + 1] - points_[i]);
  }

 private:
  std::vector<float> points_;
};

// The part after the point, for cycles above -1000. (std::floor is a call on plain x86-64, and this runs for
// every sample of every oscillator.)
inline double fraction(double cycles) {
  const double up = cycles + 1000.0;
  return up - static_cast<double>(static_cast<long>(up));
}

const Wave& sine();
// A sawtooth and a triangle whose harmonics end below 19 kHz when played at hz or up to a whole tone above:
// sums of sines, so nothing can fold back.
const Wave& saw(double hz);
const Wave& triangle(double hz);

class Oscillator {
 public:
  Oscillator(const Wave& wave, double hz, double phase = 0.0)
      : wave_(&wave), phase_(phase), step_(hz / kSampleRateHz) {}
  // ratio bends the pitch; offset is added to the phase (in cycles, for frequency modulation)
  double next(double ratio = 1.0, double offset = 0.0) {
    const double value = wave_->at(fraction(phase_ + offset));
    phase_ = fraction(phase_ + step_ * ratio);
    return value;
  }

 private:
  const Wave* wave_;
  double phase_;
  double step_;
};

// State-variable filter, trapezoidal integration (A. Simper, "Linear Trapezoidal Integrated SVF", Cytomic
// 2013).
class Filter {
 public:
  void set(double hz, double q) {
    g_ = std::tan(kPi * std::min(hz, 0.45 * kSampleRateHz) / kSampleRateHz);
    k_ = 1.0 / q;
    a1_ = 1.0 / (1.0 + g_ * (g_ + k_));
  }
  double low(double x) { return run(x), low_; }
  double band(double x) { return run(x), k_ * band_; }  // 0 dB at the centre
  double high(double x) { return run(x), x - k_ * band_ - low_; }
  // Bell: gain_db at the centre, 0 dB far from it, when set with set(hz, q).
  double bell(double x, double gain) { return run(x), x + (gain - 1.0) * k_ * band_; }

 private:
  void run(double x) {
    const double v3 = x - s2_;
    band_ = a1_ * (s1_ + g_ * v3);
    low_ = s2_ + g_ * band_;
    s1_ = 2.0 * band_ - s1_;
    s2_ = 2.0 * low_ - s2_;
  }
  double g_ = 0.0, k_ = 1.0, a1_ = 1.0, s1_ = 0.0, s2_ = 0.0, band_ = 0.0, low_ = 0.0;
};

// Attack to 1, then a fall towards the sustain level, then after the note's length a release: all
// exponential.
class Envelope {
 public:
  struct Times {
    double attack_s, decay_s, sustain, release_s;
  };
  Envelope(const Times& times, double length_s)
      : attack_(step(times.attack_s / 3.0)),
        decay_(step(times.decay_s)),
        release_(step(times.release_s / 5.0)),
        sustain_(times.sustain),
        attack_frames_(to_frames(times.attack_s)),
        held_(to_frames(length_s)) {}
  double next() {
    if (frame_ >= held_) {
      level_ *= 1.0 - release_;
    } else if (frame_ < attack_frames_) {
      level_ += attack_ * (1.05 - level_);
    } else {
      level_ += decay_ * (sustain_ - level_);
    }
    ++frame_;
    return level_;
  }

 private:
  static double step(double seconds) { return 1.0 - std::exp(-1.0 / std::max(1.0, seconds * kSampleRateHz)); }
  double attack_, decay_, release_, sustain_, level_ = 0.0;
  std::size_t attack_frames_, held_, frame_ = 0;
};

// Equal-power position: -1 left, 1 right; 0 dB in the middle.
struct Pan {
  double left, right;
  explicit Pan(double position)
      : left(std::sqrt(2.0) * std::cos((position + 1.0) * kPi / 4)),
        right(std::sqrt(2.0) * std::sin((position + 1.0) * kPi / 4)) {}
};

}  // namespace lacquer::demo
