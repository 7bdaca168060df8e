#include "dsp/linear_phase_filter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lacquer {

namespace {
constexpr int kReachFrames = 4096;  // at 44.1 and 48 kHz

// 1 over the inner half, then half a cosine down to 0.
double window(int frame, int reach) {
  const double outer = 2.0 * std::abs(frame) / reach - 1.0;
  return outer <= 0.0 ? 1.0 : 0.5 + 0.5 * std::cos(std::numbers::pi * outer);
}
}  // namespace

void LinearPhaseFilter::prepare(double sample_rate_hz, int channels) {
  reach_ = kReachFrames;
  while (reach_ > 512 && reach_ * 44100.0 > 1.5 * kReachFrames * sample_rate_hz) reach_ /= 2;
  while (reach_ * 48000.0 * 1.5 < kReachFrames * sample_rate_hz) reach_ *= 2;
  const int size = 4 * reach_, block = 2 * reach_;
  bin_hz_ = sample_rate_hz / size;
  forward_ = std::make_unique<RealFft>(size);
  inverse_ = std::make_unique<InverseFft>(size);
  for (Kernel* kernel : {&now_, &next_}) {
    kernel->same.assign(static_cast<std::size_t>(bins()), 0.0F);
    kernel->cross.assign(static_cast<std::size_t>(bins()), 0.0F);
    kernel->flat = true;
  }
  const auto rows = static_cast<std::size_t>(channels);
  input_.assign(rows, std::vector<float>(static_cast<std::size_t>(size)));
  output_.assign(rows, std::vector<float>(static_cast<std::size_t>(block)));
  for (auto& row : coming_) row.resize(static_cast<std::size_t>(block));
  for (auto& row : spectra_) row.resize(static_cast<std::size_t>(bins()));
  waiting_ = false;
  fade_.prepare(sample_rate_hz);
  reset();
}

void LinearPhaseFilter::reset() noexcept {
  if (waiting_) take(now_);
  started_ = false;
  filled_ = 0;
  fade_.settle();
  for (auto& row : input_) std::fill(row.begin(), row.end(), 0.0F);
  for (auto& row : output_) std::fill(row.begin(), row.end(), 0.0F);
}

void LinearPhaseFilter::take(Kernel& kernel) noexcept {
  std::swap(kernel, next_);
  waiting_ = false;
}

void LinearPhaseFilter::set_flat() noexcept {
  next_.flat = true;
  waiting_ = true;
  if (!started_) take(now_);
}

void LinearPhaseFilter::set(std::span<const double> mid, std::span<const double> side) noexcept {
  next_.flat = false;
  next_.crosses = !std::equal(mid.begin(), mid.end(), side.begin(), side.end());
  cut(mid, side, 1.0, next_.same);
  if (next_.crosses) cut(mid, side, -1.0, next_.cross);
  waiting_ = true;
  if (!started_) take(now_);
}

// Magnitude to response, cut and faded, and back to a (real) spectrum.
void LinearPhaseFilter::cut(std::span<const double> mid, std::span<const double> side, double sign,
                            std::vector<float>& spectrum) noexcept {
  const auto size = static_cast<std::size_t>(forward_->size());
  const auto bins_count = static_cast<std::size_t>(bins());
  const auto wanted = inverse_->input();
  for (std::size_t k = 0; k < bins_count; ++k) {
    const auto magnitude = static_cast<float>(0.5 * (mid[k] + sign * side[k]));
    wanted[k] = magnitude;
    if (k > 0) wanted[size - k] = magnitude;
  }
  const auto response = inverse_->transform();
  const auto samples = forward_->input();
  const double scale = 1.0 / (static_cast<double>(size) * static_cast<double>(size));
  std::fill(samples.begin(), samples.end(), 0.0F);
  for (int n = 0; n < reach_; ++n) {
    const auto at = static_cast<std::size_t>(n);
    const auto value =
        static_cast<float>(scale * window(n, reach_) * static_cast<double>(response[at].real()));
    samples[at] = value;
    if (n > 0) samples[size - at] = value;
  }
  const auto back = forward_->transform();
  for (std::size_t k = 0; k < bins_count; ++k) spectrum[k] = back[k].real();
}

void LinearPhaseFilter::process(float* const* rows, int frames) noexcept {
  if (frames > 0) started_ = true;
  const int block = 2 * reach_;
  for (int at = 0; at < frames;) {
    const int part = std::min(frames - at, block - filled_);
    for (std::size_t c = 0; c < input_.size(); ++c) {
      std::copy_n(rows[c] + at, part, input_[c].begin() + block + filled_);
      std::copy_n(output_[c].begin() + filled_, part, rows[c] + at);
    }
    filled_ += part;
    at += part;
    if (filled_ == block) filter_block();
  }
}

void LinearPhaseFilter::filter_block() noexcept {
  const auto block = static_cast<std::size_t>(2 * reach_);
  if (waiting_) fade_.fade_in();
  const Ramp from = fade_;
  for (std::size_t c = 0; c < input_.size(); c += 2) {
    const bool two = c + 1 < input_.size();
    const std::array<float*, 2> out = {output_[c].data(), two ? output_[c + 1].data() : nullptr};
    filter_pair(c, now_, out.data());
    if (!waiting_) continue;
    const std::array<float*, 2> coming = {coming_[0].data(), two ? coming_[1].data() : nullptr};
    filter_pair(c, next_, coming.data());
    fade_ = from;
    for (std::size_t i = 0; i < block; ++i) {
      const auto weight = static_cast<float>(fade_.next());
      for (std::size_t lane = 0; lane < (two ? 2U : 1U); ++lane)
        out[lane][i] =
            weight == 1.0F ? coming[lane][i] : out[lane][i] + weight * (coming[lane][i] - out[lane][i]);
    }
  }
  if (waiting_) take(now_);
  filled_ = 0;
  for (auto& row : input_) std::copy_n(row.begin() + static_cast<std::ptrdiff_t>(block), block, row.begin());
}

// Two channels, or the last of an odd number, through `kernel`: the part of the transform that no
// wrapped-round sample reaches.
void LinearPhaseFilter::filter_pair(std::size_t first, const Kernel& kernel, float* const* to) noexcept {
  const std::size_t lanes = to[1] != nullptr ? 2 : 1;
  const auto reach = static_cast<std::size_t>(reach_), block = 2 * reach, size = 2 * block;
  if (kernel.flat) {
    for (std::size_t lane = 0; lane < lanes; ++lane)
      std::copy_n(input_[first + lane].begin() + reach_, block, to[lane]);
    return;
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    std::copy(input_[first + lane].begin(), input_[first + lane].end(), forward_->input().begin());
    const auto spectrum = forward_->transform();
    std::copy(spectrum.begin(), spectrum.end(), spectra_[lane].begin());
  }
  const auto joined = inverse_->input();
  const bool crosses = kernel.crosses && lanes == 2 && input_.size() == 2;
  // With one channel, or several, there is no side: (mid + side) / 2 + (mid - side) / 2 is mid's.
  const bool only_mid = kernel.crosses && !crosses;
  for (std::size_t k = 0; k <= block; ++k) {
    const float own = only_mid ? kernel.same[k] + kernel.cross[k] : kernel.same[k];
    std::complex<float> a = own * spectra_[0][k];
    std::complex<float> b = lanes == 2 ? own * spectra_[1][k] : 0.0F;
    if (crosses) {
      a += kernel.cross[k] * spectra_[1][k];
      b += kernel.cross[k] * spectra_[0][k];
    }
    joined[k] = {a.real() - b.imag(), a.imag() + b.real()};
    if (k > 0 && k < block) joined[size - k] = {a.real() + b.imag(), b.real() - a.imag()};
  }
  const auto samples = inverse_->transform();
  for (std::size_t i = 0; i < block; ++i) {
    to[0][i] = samples[reach + i].real();
    if (lanes == 2) to[1][i] = samples[reach + i].imag();
  }
}

}  // namespace lacquer
