#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/audio_block.h"
#include "core/noise.h"

namespace lacquer {

// The last step of a master: samples onto the grid of 16 or 24 bits, with TPDF dither (two uniforms of 1 LSB
// each, independent in each channel) and, if asked, noise shaping. Nothing may follow it.
//
// Shaping feeds the error of earlier samples back through five coefficients (Lipshitz, Vanderkooy and
// Wannamaker, "Minimally audible noise shaping", JAES 39(11), 1991: improved E-weighting): 14 dB less noise
// where hearing is keenest, 12 dB more in all, most of it above 15 kHz. Meant for 44.1 and 48 kHz; other
// rates get plain dither.
//
// After 100 ms of exact digital silence on every channel the output is digital silence too.
class Quantiser {
 public:
  struct Settings {
    int bits = 24;  // 16 or 24
    bool shaped = false;
  };

  void prepare(double sample_rate_hz, int channels, const Settings& settings);  // allocates
  void reset() noexcept;
  // In place; results are whole multiples of 2^(1 - bits) within [-1, 1 - 2^(1 - bits)], exact in float.
  void process(AudioBlock block) noexcept;

 private:
  struct Channel {
    NoiseGenerator noise{0};
    std::array<double, 5> errors{};
  };
  void quantise(Channel& channel, std::span<float> samples) const noexcept;
  void quantise_shaped(Channel& channel, std::span<float> samples) const noexcept;
  void process_part(AudioBlock block) noexcept;

  Settings settings_;
  bool shape_ = false;
  double scale_ = 1.0;
  long long silent_frames_ = 0;
  long long silence_after_frames_ = 0;
  std::vector<Channel> channels_;
};

}  // namespace lacquer
