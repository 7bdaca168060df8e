#include "dsp/soft_clip.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "dsp/kaiser.h"

namespace lacquer {

namespace {

constexpr double kBeta = 10.0;     // side lobes 100 dB down
constexpr double kPassband = 0.9;  // of Nyquist: the changes' filter has closed there, where they would fold
constexpr double kReach = 0.6;     // a waveform rarely rises above its samples by more than 4.4 dB
constexpr int kBefore = SoftClip::kTaps / 2 - 1;

double low_pass(double frames) {
  const double x = std::numbers::pi * kPassband * frames;
  return kPassband * (std::abs(x) < 1e-9 ? 1.0 : std::sin(x) / x) *
         kaiser(frames / (SoftClip::kTaps / 2), kBeta);
}

}  // namespace

double soft_clip_reduction_db(double over_db, double amount_db) noexcept {
  if (amount_db <= 0.0) return 0.0;
  const double x = std::clamp((over_db + 2.0 * amount_db) / (3.0 * amount_db), 0.0, 1.0);
  return amount_db * x * x * (3.0 - 2.0 * x);
}

void SoftClip::prepare(double sample_rate_hz, int channels, int max_frames) {
  ratio_ = sample_rate_hz <= 50000.0 ? 8 : sample_rate_hz <= 100000.0 ? 4 : 2;
  const auto phases = interpolation_phases(ratio_, kTaps, kBeta);
  interpolation_.clear();
  for (std::size_t j = 0; j < kTaps; ++j)
    for (const auto& phase : phases) interpolation_.push_back(static_cast<float>(phase[j]));
  decimation_.assign(static_cast<std::size_t>(ratio_), std::vector<float>(kTaps));
  for (int p = 0; p < ratio_; ++p)
    for (int j = 0; j < kTaps; ++j)
      decimation_[static_cast<std::size_t>(p)][static_cast<std::size_t>(j)] =
          static_cast<float>(low_pass(j - kBefore - static_cast<double>(p) / ratio_) / ratio_);
  const auto length = static_cast<std::size_t>(kLatencyFrames + max_frames);
  samples_.assign(static_cast<std::size_t>(channels), std::vector<float>(length));
  changes_ = samples_;
  points_.resize(static_cast<std::size_t>(ratio_));
  ceiling_.prepare(sample_rate_hz);
  amount_db_.prepare(sample_rate_hz);
  reset();
}

void SoftClip::set(double ceiling, double amount_db) noexcept {
  ceiling_.aim(ceiling);
  amount_db_.aim(amount_db);
}

void SoftClip::reset() noexcept {
  for (auto& row : samples_) std::fill(row.begin(), row.end(), 0.0F);
  for (auto& row : changes_) std::fill(row.begin(), row.end(), 0.0F);
  ceiling_.settle();
  amount_db_.settle();
}

// The points from one frame to the next, whose filters reach kTaps frames from `first` on.
void SoftClip::bend(std::size_t channel, int first, double ceiling, double amount_db) noexcept {
  const float* const samples = samples_[channel].data() + first;
  const double from = ceiling * std::pow(10.0, amount_db * -0.1);
  const auto near = static_cast<float>(kReach * from);
  if (std::abs(samples[kBefore]) < near && std::abs(samples[kBefore + 1]) < near) return;
  std::fill(points_.begin(), points_.end(), 0.0F);
  const float* weights = interpolation_.data();
  for (int j = 0; j < kTaps; ++j)
    for (float& point : points_) point += samples[j] * *weights++;
  float* const changes = changes_[channel].data() + first;
  for (std::size_t p = 0; p < points_.size(); ++p) {
    const double height = std::abs(static_cast<double>(points_[p]));
    if (height <= from) continue;
    const double taken_db = soft_clip_reduction_db(20.0 * std::log10(height / ceiling), amount_db);
    const auto change = static_cast<float>(points_[p] * (std::pow(10.0, taken_db / -20.0) - 1.0));
    const float* const taps = decimation_[p].data();
    for (int j = 0; j < kTaps; ++j) changes[j] += change * taps[j];
  }
}

void SoftClip::process(float* const* channels, int frames) noexcept {
  for (std::size_t c = 0; c < samples_.size(); ++c)
    std::copy_n(channels[c], frames, samples_[c].begin() + kLatencyFrames);
  for (int i = 0; i < frames; ++i) {
    const double ceiling = ceiling_.next(), amount_db = amount_db_.next();
    for (std::size_t c = 0; c < samples_.size(); ++c) {
      bend(c, i, ceiling, amount_db);
      channels[c][i] = samples_[c][static_cast<std::size_t>(i)] + changes_[c][static_cast<std::size_t>(i)];
    }
  }
  if (frames > 0) {
    ceiling_.start();
    amount_db_.start();
  }
  for (auto* rows : {&samples_, &changes_})
    for (auto& row : *rows) std::copy_n(row.begin() + frames, kLatencyFrames, row.begin());
  for (auto& row : changes_) std::fill(row.begin() + kLatencyFrames, row.end(), 0.0F);
}

}  // namespace lacquer
