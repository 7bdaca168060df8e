#include "session/exercises/tones.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "core/noise.h"

namespace lacquer {

std::vector<double> sine_steps(double from_hz, double to_hz, int steps_per_octave) {
  std::vector<double> steps;
  for (int i = 0;; ++i) {
    const double hz = from_hz * std::pow(2.0, static_cast<double>(i) / steps_per_octave);
    if (hz > to_hz * 1.0001) return steps;
    steps.push_back(hz);
  }
}

Sound steps_sound(const std::vector<double>& hz, double step_s, double level_dbfs) {
  const auto frames = static_cast<std::size_t>(step_s * kToneRateHz);
  Sound sound{AudioBuffer(2, static_cast<int>(frames * hz.size())), kToneRateHz};
  const double amplitude = std::numbers::sqrt2 * db_to_gain(level_dbfs);
  const double fade = 0.03 * kToneRateHz;
  for (std::size_t step = 0; step < hz.size(); ++step)
    for (std::size_t i = 0; i < frames; ++i) {
      const auto n = static_cast<double>(i);
      const double edge = std::min({1.0, n / fade, (static_cast<double>(frames) - n) / fade});
      const auto value = static_cast<float>(amplitude * (0.5 - 0.5 * std::cos(std::numbers::pi * edge)) *
                                            std::sin(2.0 * std::numbers::pi * hz[step] * n / kToneRateHz));
      for (int c = 0; c < 2; ++c) sound.audio.channel(c)[step * frames + i] = value;
    }
  return sound;
}

Sound pink_noise(double seconds, double level_dbfs, std::uint64_t seed) {
  Sound sound{AudioBuffer(2, static_cast<int>(seconds * kToneRateHz)), kToneRateHz};
  for (int c = 0; c < 2; ++c) {
    NoiseGenerator noise(seed + static_cast<std::uint64_t>(c));
    double b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0, sum = 0;
    const auto samples = sound.audio.channel(c);
    // P. Kellet's refined filter (musicdsp.org, "pink noise filter").
    for (float& sample : samples) {
      const double w = noise.white();
      b0 = 0.99886 * b0 + w * 0.0555179, b1 = 0.99332 * b1 + w * 0.0750759, b2 = 0.96900 * b2 + w * 0.1538520;
      b3 = 0.86650 * b3 + w * 0.3104856, b4 = 0.55000 * b4 + w * 0.5329522, b5 = -0.7616 * b5 - w * 0.0168980;
      const double pink = b0 + b1 + b2 + b3 + b4 + b5 + b6 + w * 0.5362;
      b6 = w * 0.115926;
      sum += pink * pink;
      sample = static_cast<float>(pink);
    }
    const double rms = std::sqrt(sum / static_cast<double>(samples.size()));
    for (float& sample : samples) sample *= static_cast<float>(db_to_gain(level_dbfs) / rms);
  }
  fade_ends(sound.audio, kToneRateHz, 0.05);
  return sound;
}

Sound clicks(double bpm, double seconds) {
  Sound sound{AudioBuffer(2, static_cast<int>(seconds * kToneRateHz)), kToneRateHz};
  const double beat = 60.0 / bpm * kToneRateHz;
  const double length = 0.03 * kToneRateHz;
  for (int k = 0; k * beat + length < sound.audio.frames(); ++k) {
    const double hz = k % 4 == 0 ? 1500.0 : 1000.0;
    const auto at = static_cast<std::size_t>(std::llround(k * beat));
    for (std::size_t i = 0; i < static_cast<std::size_t>(length); ++i) {
      const auto n = static_cast<double>(i);
      const auto value = static_cast<float>(0.5 * std::exp(-8.0 * n / length) *
                                            std::sin(2.0 * std::numbers::pi * hz * n / kToneRateHz));
      for (int c = 0; c < 2; ++c) sound.audio.channel(c)[at + i] = value;
    }
  }
  return sound;
}

}  // namespace lacquer
