#pragma once

#include <span>
#include <vector>

namespace lacquer {

// Raises the rate of one channel for something that bends the waveform, and lowers it again: the harmonics
// that would fold back below the Nyquist frequency find room above it and are filtered out on the way down.
//
// Doubled in steps, each a half-band filter (every other tap but the middle one is 0: Crochiere & Rabiner,
// "Multirate Digital Signal Processing", 1983) under a Kaiser window, 105 dB down, flat within 0.0001 dB.
// The first step is sharp: flat to 0.48 of the sample rate (21.2 kHz at 44.1), and what lies above 0.52 of it
// is gone after the way back; between them a mirror image folds into the last 4 % below Nyquist, which nobody
// hears. The others have room to spare. Linear phase; what passes is delayed by latency_frames() of the low
// rate, whole frames.
class Oversampler {
 public:
  static constexpr int kMaxFrames = 256;  // the most that up() and down() take at once

  // 2, 4, 8 or 16: the least that makes at least 705.6 kHz, up to 16.
  static int factor_for(double sample_rate_hz) noexcept;

  explicit Oversampler(int factor);  // allocates
  int factor() const noexcept { return 1 << stages_.size(); }
  int latency_frames() const noexcept;
  // The next `frames` samples at the high rate: factor() * frames values to be changed in place, then
  // collected by down(). Real-time safe.
  std::span<float> up(std::span<const float> samples) noexcept;
  void down(std::span<float> samples) noexcept;
  void reset() noexcept;

 private:
  struct Stage {
    std::vector<float> taps;         // one half of the half-band filter's odd taps, from the middle out
    std::vector<float> input;        // what up() still needs of the past, then the new samples
    std::vector<float> evens, odds;  // the same for down()
    std::vector<float> output;       // of up(); down() of the next stage writes here too
    int reach() const noexcept { return static_cast<int>(taps.size()); }
  };
  std::vector<Stage> stages_;
};

}  // namespace lacquer
