#include "dsp/quantiser.h"

#include <algorithm>
#include <cmath>

namespace lacquer {

namespace {
constexpr std::array<double, 5> kShaping = {2.033, -2.165, 1.959, -1.590, 0.6149};
// A clipped or runaway error loop is held to this many LSB.
constexpr double kMaxErrorLsb = 2.0;
constexpr std::uint64_t kDitherSeed = 0x1acc;
constexpr int kPartFrames = 1024;

// The nearest whole number, halves to even, of anything below 2^51: beyond 2^52 doubles have no fraction.
double nearest(double value) noexcept {
  constexpr double kNoFraction = 6755399441055744.0;  // 1.5 * 2^52
  return (value + kNoFraction) - kNoFraction;
}
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

void Quantiser::quantise(Channel& channel, std::span<float> samples) const noexcept {
  NoiseGenerator noise = channel.noise;  // a copy, so that it stays in registers
  const double step = 1.0 / scale_, highest = scale_ - 1.0;
  for (float& sample : samples) {
    const double rounded = nearest(static_cast<double>(sample) * scale_ + noise.triangular());
    sample = static_cast<float>(std::clamp(rounded, -scale_, highest) * step);
  }
  channel.noise = noise;
}

void Quantiser::quantise_shaped(Channel& channel, std::span<float> samples) const noexcept {
  for (float& sample : samples) {
    double wanted = static_cast<double>(sample) * scale_;
    for (std::size_t k = 0; k < kShaping.size(); ++k) wanted -= kShaping[k] * channel.errors[k];
    const double held = std::clamp(nearest(wanted + channel.noise.triangular()), -scale_, scale_ - 1.0);
    std::copy_backward(channel.errors.begin(), channel.errors.end() - 1, channel.errors.end());
    channel.errors[0] = std::clamp(held - wanted, -kMaxErrorLsb, kMaxErrorLsb);
    sample = static_cast<float>(held / scale_);
  }
}

void Quantiser::process(AudioBlock block) noexcept {
  for (int at = 0; at < block.frames(); at += kPartFrames)
    process_part(block.slice(at, std::min(kPartFrames, block.frames() - at)));
}

void Quantiser::process_part(AudioBlock block) noexcept {
  std::array<bool, kPartFrames> blank;
  const auto frames = static_cast<std::size_t>(block.frames());
  bool any_blank = false;
  for (std::size_t i = 0; i < frames; ++i) {
    bool silent = true;
    for (int c = 0; c < block.channels(); ++c) silent = silent && block.channel(c)[i] == 0.0F;
    silent_frames_ = silent ? silent_frames_ + 1 : 0;
    blank[i] = silent_frames_ > silence_after_frames_;
    any_blank = any_blank || blank[i];
  }
  for (int c = 0; c < block.channels(); ++c) {
    const auto samples = block.channel(c);
    Channel& channel = channels_[static_cast<std::size_t>(c)];
    shape_ ? quantise_shaped(channel, samples) : quantise(channel, samples);
    if (!any_blank) continue;
    for (std::size_t i = 0; i < frames; ++i)
      if (blank[i]) samples[i] = 0.0F;
  }
}

}  // namespace lacquer
