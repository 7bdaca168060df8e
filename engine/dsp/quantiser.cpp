#include "dsp/quantiser.h"

#include <algorithm>
#include <cmath>

namespace lacquer {

namespace {
constexpr std::array<double, 5> kShaping = {2.033, -2.165, 1.959, -1.590, 0.6149};
// A clipped or runaway error loop is held to this many LSB.
constexpr double kMaxErrorLsb = 2.0;
constexpr std::uint64_t kDitherSeed = 0x1acc;
}  // namespace

void Quantiser::prepare(double sample_rate_hz, int channels, const Settings& settings) {
  settings_ = settings;
  shape_ = settings.shaped && settings.bits == 16 && sample_rate_hz >= 44000.0 && sample_rate_hz <= 48100.0;
  scale_ = std::ldexp(1.0, settings.bits - 1);
  silence_after_frames_ = std::llround(sample_rate_hz / 10.0);
  channels_.assign(static_cast<std::size_t>(channels), {});
  reset();
}

void Quantiser::reset() noexcept {
  silent_frames_ = 0;
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    channels_[c].noise.reseed(kDitherSeed + c);
    channels_[c].errors.fill(0.0);
  }
}

double Quantiser::quantise(Channel& channel, double sample) noexcept {
  double wanted = sample * scale_;
  if (shape_)
    for (std::size_t k = 0; k < kShaping.size(); ++k) wanted -= kShaping[k] * channel.errors[k];
  const double rounded = std::nearbyint(wanted + channel.noise.triangular());
  const double held = std::clamp(rounded, -scale_, scale_ - 1.0);
  if (shape_) {
    std::copy_backward(channel.errors.begin(), channel.errors.end() - 1, channel.errors.end());
    channel.errors[0] = std::clamp(held - wanted, -kMaxErrorLsb, kMaxErrorLsb);
  }
  return held / scale_;
}

void Quantiser::process(AudioBlock block) noexcept {
  for (int i = 0; i < block.frames(); ++i) {
    bool silent = true;
    for (int c = 0; c < block.channels(); ++c)
      silent = silent && block.channel(c)[static_cast<std::size_t>(i)] == 0.0F;
    silent_frames_ = silent ? silent_frames_ + 1 : 0;
    const bool blank = silent_frames_ > silence_after_frames_;
    for (int c = 0; c < block.channels(); ++c) {
      float& sample = block.channel(c)[static_cast<std::size_t>(i)];
      const double quantised = quantise(channels_[static_cast<std::size_t>(c)], sample);
      sample = blank ? 0.0F : static_cast<float>(quantised);
    }
  }
}

}  // namespace lacquer
