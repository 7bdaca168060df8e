#include "support/signals.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "core/decibels.h"
#include "core/noise.h"

namespace lacquer::test {

namespace {
std::size_t frames_of(double sample_rate_hz, double seconds) {
  return static_cast<std::size_t>(std::llround(sample_rate_hz * seconds));
}
}  // namespace

std::vector<float> sine(double sample_rate_hz, double hz, double level_dbfs, double seconds,
                        double phase_deg) {
  std::vector<float> out(frames_of(sample_rate_hz, seconds));
  const double amplitude = db_to_gain(level_dbfs);
  const double step = 2.0 * std::numbers::pi * hz / sample_rate_hz;
  const double phase = phase_deg * std::numbers::pi / 180.0;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(amplitude * std::sin(step * static_cast<double>(i) + phase));
  return out;
}

std::vector<float> white_noise(double sample_rate_hz, double level_dbfs, double seconds, std::uint64_t seed) {
  std::vector<float> out(frames_of(sample_rate_hz, seconds));
  NoiseGenerator noise(seed);
  const double amplitude = db_to_gain(level_dbfs);
  for (float& sample : out) sample = static_cast<float>(amplitude * noise.white());
  return out;
}

std::vector<float> silence(double sample_rate_hz, double seconds) {
  return std::vector<float>(frames_of(sample_rate_hz, seconds), 0.0F);
}

void append(std::vector<float>& to, const std::vector<float>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

void fade(std::vector<float>& signal, double sample_rate_hz, double seconds) {
  const std::size_t n = std::min(frames_of(sample_rate_hz, seconds), signal.size() / 2);
  for (std::size_t i = 0; i < n; ++i) {
    const double gain =
        0.5 - 0.5 * std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(n));
    signal[i] *= static_cast<float>(gain);
    signal[signal.size() - 1 - i] *= static_cast<float>(gain);
  }
}

AudioBuffer on_channels(const std::vector<float>& signal, int channels) {
  AudioBuffer buffer(channels, static_cast<int>(signal.size()));
  for (int c = 0; c < channels; ++c) std::copy(signal.begin(), signal.end(), buffer.channel(c).begin());
  return buffer;
}

AudioBuffer stereo(const std::vector<float>& left, const std::vector<float>& right) {
  AudioBuffer buffer(2, static_cast<int>(std::min(left.size(), right.size())));
  std::copy_n(left.begin(), buffer.frames(), buffer.channel(0).begin());
  std::copy_n(right.begin(), buffer.frames(), buffer.channel(1).begin());
  return buffer;
}

std::vector<int> random_blocks(int frames, int max_block, std::uint64_t seed) {
  NoiseGenerator noise(seed);
  std::vector<int> lengths;
  while (frames > 0) {
    const int wanted = static_cast<int>(noise.bits() % static_cast<std::uint32_t>(max_block + 1));
    lengths.push_back(std::min(frames, wanted));
    frames -= lengths.back();
  }
  return lengths;
}

std::uint64_t test_seed(std::uint64_t fallback) {
  const char* text = std::getenv("LACQUER_TEST_SEED");
  return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

}  // namespace lacquer::test
