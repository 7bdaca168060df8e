#include "dsp/convolver.h"

#include <algorithm>

namespace lacquer {
namespace {

std::vector<std::complex<float>> spectrum_of(std::span<const float> response, RealFft& fft) {
  const auto input = fft.input();
  std::fill(input.begin(), input.end(), 0.0F);
  std::copy(response.begin(), response.end(), input.begin());
  const auto bins = fft.transform();
  return {bins.begin(), bins.end()};
}

}  // namespace

PairConvolver::PairConvolver(std::span<const float> first, std::span<const float> second)
    : block_(fast_fft_size(std::max(16, static_cast<int>(first.size())))),
      fft_(2 * block_),
      inverse_(2 * block_),
      first_response_(spectrum_of(first, fft_)),
      second_response_(spectrum_of(second, fft_)),
      first_bins_(first_response_.size()),
      first_history_(2 * static_cast<std::size_t>(block_)),
      second_history_(first_history_.size()) {}

void PairConvolver::reset() noexcept {
  std::fill(first_history_.begin(), first_history_.end(), 0.0F);
  std::fill(second_history_.begin(), second_history_.end(), 0.0F);
}

void PairConvolver::take(std::span<const float> in, std::vector<float>& history) noexcept {
  std::copy(history.begin() + block_, history.end(), history.begin());
  std::copy(in.begin(), in.end(), history.begin() + block_);
  std::copy(history.begin(), history.end(), fft_.input().begin());
}

// Both results come back from one complex transform, as its real and its imaginary part.
void PairConvolver::process(std::span<const float> first, std::span<const float> second,
                            std::span<float> first_out, std::span<float> second_out) noexcept {
  take(first, first_history_);
  const auto first_bins = fft_.transform();
  std::copy(first_bins.begin(), first_bins.end(), first_bins_.begin());
  take(second, second_history_);
  const auto second_bins = fft_.transform();
  const auto to = inverse_.input();
  const std::size_t size = to.size(), half = size / 2;
  constexpr std::complex<float> kTurn{0.0F, 1.0F};
  for (std::size_t k = 0; k <= half; ++k) {
    const std::complex<float> a = first_bins_[k] * first_response_[k];
    const std::complex<float> b = second_bins[k] * second_response_[k];
    to[k] = a + kTurn * b;
    if (k > 0 && k < half) to[size - k] = std::conj(a) + kTurn * std::conj(b);
  }
  const auto result = inverse_.transform();
  const float scale = 1.0F / static_cast<float>(size);
  const auto skipped = static_cast<std::size_t>(block_);
  for (std::size_t i = 0; i < skipped; ++i) {
    first_out[i] = result[skipped + i].real() * scale;
    second_out[i] = result[skipped + i].imag() * scale;
  }
}

}  // namespace lacquer
