#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "core/audio_block.h"
#include "dsp/fft.h"

namespace lacquer::test {

// The spectrum of a processor's answer to an impulse on both of two channels: in phase, or out of phase,
// which only the side sees.
class Response {
 public:
  template <class P>
  Response(P& processor, double sample_rate_hz, bool in_phase, int frames = 131072)
      : rate_(sample_rate_hz), fft_(frames) {
    AudioBuffer audio(2, frames);
    audio.channel(0)[0] = 0.5F;
    audio.channel(1)[0] = in_phase ? 0.5F : -0.5F;
    for (int at = 0; at < frames; at += 1024)
      processor.process(audio.block().slice(at, std::min(1024, frames - at)));
    impulse.assign(audio.channel(0).begin(), audio.channel(0).end());
    std::copy(impulse.begin(), impulse.end(), fft_.input().begin());
    spectrum_ = fft_.transform();
  }
  double db(double hz) const {
    const auto bin = static_cast<std::size_t>(std::lround(hz / rate_ * fft_.size()));
    return 20.0 * std::log10(2.0 * static_cast<double>(std::abs(spectrum_[bin])));
  }
  // The frequency that db() really reads.
  double nearest_hz(double hz) const { return std::round(hz / rate_ * fft_.size()) * rate_ / fft_.size(); }

  std::vector<float> impulse;

 private:
  double rate_;
  RealFft fft_;
  std::span<const std::complex<float>> spectrum_;
};

}  // namespace lacquer::test
