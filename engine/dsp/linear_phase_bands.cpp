#include "dsp/linear_phase_bands.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace lacquer {

namespace {

constexpr int kHopCells = 256;

// The low side of a crossover; at 0 Hz there is none, beyond Nyquist all is below.
double share_below(double hz, double crossover_hz) {
  if (crossover_hz <= 0.0) return 0.0;
  const double ratio = hz / crossover_hz;
  return 1.0 / (1.0 + ratio * ratio * ratio * ratio);
}

}  // namespace

void LinearPhaseBands::prepare(double sample_rate_hz, int cell_frames) {
  sample_rate_hz_ = sample_rate_hz;
  hop_frames_ = kHopCells * cell_frames;
  const auto hop = static_cast<std::size_t>(hop_frames_);
  forward_ = std::make_unique<InverseFft>(2 * hop_frames_);
  inverse_ = std::make_unique<InverseFft>(2 * hop_frames_);
  recent_.resize(3 * hop);
  for (auto& response : responses_) response.resize(2 * hop);
  for (auto& band : bands_) band.resize(hop);
  reset();
}

void LinearPhaseBands::set(std::span<const double> crossovers_hz,
                           const std::array<bool, kMostBands>& wanted) noexcept {
  wanted_ = wanted;
  for (std::size_t b = 0; b < kMostBands && b <= crossovers_hz.size(); ++b)
    if (wanted_[b])
      design(b > 0 ? crossovers_hz[b - 1] : 0.0, b < crossovers_hz.size() ? crossovers_hz[b] : 1e12,
             responses_[b]);
  reset();
}

// The response wanted, cut to the filter's length with rounded ends. Both are real and symmetrical, so either
// direction of the transform will do.
void LinearPhaseBands::design(double low_hz, double high_hz, std::vector<float>& response) noexcept {
  const int size = 2 * hop_frames_;
  const auto in = inverse_->input();
  for (int k = 0; k < size; ++k) {
    const double hz = std::min(k, size - k) * sample_rate_hz_ / size;
    in[static_cast<std::size_t>(k)] = static_cast<float>(share_below(hz, high_hz) - share_below(hz, low_hz));
  }
  const auto taps = inverse_->transform();
  const double half = hop_frames_ / 2.0;
  for (int n = 0; n < size; ++n) {
    const double away = std::min(n, size - n) / half;
    const double window = away < 0.5   ? 1.0
                          : away < 1.0 ? 0.5 + 0.5 * std::cos(2.0 * std::numbers::pi * (away - 0.5))
                                       : 0.0;
    const auto at = static_cast<std::size_t>(n);
    in[at] = static_cast<float>(window) * taps[at].real();
  }
  const auto made = inverse_->transform();
  const double scale = 1.0 / size / size;  // of the design's transform, and of those that will use it
  for (std::size_t k = 0; k < response.size(); ++k)
    response[k] = static_cast<float>(static_cast<double>(made[k].real()) * scale);
}

void LinearPhaseBands::reset() noexcept {
  filled_ = 0;
  std::fill(recent_.begin(), recent_.end(), StereoFrame{});
  for (auto& band : bands_) std::fill(band.begin(), band.end(), StereoFrame{});
}

// Two hops in, the hop in their middle out: half a filter on either side of it is spoiled by the transform's
// wrapping round. With real and imaginary parts exchanged before and after, the inverse transform is the
// forward one.
void LinearPhaseBands::convolve() noexcept {
  const auto hop = static_cast<std::size_t>(hop_frames_);
  const auto in = forward_->input();
  for (std::size_t i = 0; i < 2 * hop; ++i) {
    const StereoFrame& frame = recent_[hop + i];
    in[i] = {static_cast<float>(frame[1]), static_cast<float>(frame[0])};
  }
  const auto spectrum = forward_->transform();
  for (std::size_t b = 0; b < kMostBands; ++b) {
    if (!wanted_[b]) continue;
    const auto shaped = inverse_->input();
    for (std::size_t k = 0; k < 2 * hop; ++k)
      shaped[k] = {spectrum[k].imag() * responses_[b][k], spectrum[k].real() * responses_[b][k]};
    const auto out = inverse_->transform();
    for (std::size_t i = 0; i < hop; ++i) {
      const std::complex<float> frame = out[hop / 2 + i];
      bands_[b][i] = {frame.real(), frame.imag()};
    }
  }
  std::copy(recent_.begin() + hop_frames_, recent_.end(), recent_.begin());
}

void LinearPhaseBands::process(std::span<const StereoFrame> in, StereoFrame* sum,
                               const std::array<StereoFrame*, kMostBands>& bands) noexcept {
  std::copy(in.begin(), in.end(), recent_.begin() + 2 * static_cast<std::ptrdiff_t>(hop_frames_) + filled_);
  std::copy_n(recent_.begin() + hop_frames_ / 2 + filled_, in.size(), sum);
  for (std::size_t b = 0; b < kMostBands; ++b)
    if (wanted_[b]) std::copy_n(bands_[b].begin() + filled_, in.size(), bands[b]);
  filled_ += static_cast<int>(in.size());
  if (filled_ < hop_frames_) return;
  filled_ = 0;
  convolve();
}

}  // namespace lacquer
