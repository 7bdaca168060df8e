#include "measure/spectrum_lows.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "measure/source_kernels.h"
#include "measure/spectrum_kernels.h"

namespace lacquer {

namespace {

constexpr int kOrder = 4;                     // boxcars in a row
constexpr int kFrameSizePerDecimation = 256;  // kPoints decimated samples are four shared frames
// Half a window before the middle of the first four frames: that much silence stands before the stream.
constexpr int kLeadingZeros = 192;
constexpr std::size_t kTapGroup = 16;  // as decimate() wants them

// A boxcar of `length`, convolved with itself kOrder times; sums to 1; padded to whole groups.
std::vector<float> low_pass(int length) {
  std::vector<double> taps = {1.0};
  for (int pass = 0; pass < kOrder; ++pass) {
    std::vector<double> next(taps.size() + static_cast<std::size_t>(length) - 1, 0.0);
    for (std::size_t i = 0; i < taps.size(); ++i)
      for (int k = 0; k < length; ++k) next[i + static_cast<std::size_t>(k)] += taps[i] / length;
    taps = next;
  }
  std::vector<float> padded(taps.begin(), taps.end());
  padded.resize((padded.size() + kTapGroup - 1) / kTapGroup * kTapGroup, 0.0F);
  return padded;
}

}  // namespace

SpectrumLows::SpectrumLows(double sample_rate_hz, int channels, int frame_size)
    : factor_(frame_size / kFrameSizePerDecimation),
      bin_hz_(sample_rate_hz / factor_ / kPoints),
      fft_(kPoints),
      right_fft_(kPoints),
      sums_(bin_hz_, fft_.bins()),
      taps_(low_pass(factor_)),
      window_(kPoints),
      rows_(static_cast<std::size_t>(channels)) {
  // Half the filter lies before the output it gives, the other half after: outputs come `late`.
  const int before = kOrder * (factor_ - 1) / 2;
  const int after = static_cast<int>(taps_.size()) - before;
  const int late = (after - 1) / factor_;
  look_back_frames_ = before + late * factor_;
  for (auto& row : rows_) row.assign(static_cast<std::size_t>(kLeadingZeros - late), 0.0F);
  double window_power = 0.0;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / kPoints);
    window_[i] = static_cast<float>(w);
    window_power += w * w;
  }
  scale_ = 2.0 / (window_power * kPoints);
  const auto used = std::min(fft_.bins(), static_cast<int>(kHighestHz / bin_hz_) + 1);
  for (int k = 0; k < used; ++k) {
    const double x = std::numbers::pi * k * bin_hz_ / sample_rate_hz;
    const double gain = k == 0 ? 1.0 : std::sin(x * factor_) / (factor_ * std::sin(x));
    undroop_.push_back(static_cast<float>(std::pow(gain, -2.0 * kOrder)));
  }
  left_power_.resize(undroop_.size());
  right_power_.resize(undroop_.size());
  cross_power_.resize(undroop_.size());
  both_.resize(undroop_.size());
}

void SpectrumLows::add(std::size_t channel, const float* hop) {
  constexpr std::size_t kOutputs = kFrameSizePerDecimation / 2;
  auto& row = rows_[channel];
  row.resize(row.size() + kOutputs);
  decimate(hop - look_back_frames_, kOutputs, factor_, taps_.data(), static_cast<int>(taps_.size()),
           row.data() + row.size() - kOutputs);
}

std::span<const std::complex<float>> SpectrumLows::transform(std::size_t channel, RealFft& fft) {
  multiply(window_, rows_[channel], fft.input());
  return fft.transform();
}

void SpectrumLows::take() {
  const bool stereo = rows_.size() == 2;
  const auto first = transform(0, fft_);
  const auto second = stereo ? transform(1, right_fft_) : first;
  pair_powers(first.first(undroop_.size()), second, {left_power_, right_power_, cross_power_});
  const auto scale = static_cast<float>(scale_);
  for (std::size_t k = 0; k < undroop_.size(); ++k) {
    left_power_[k] *= undroop_[k];
    right_power_[k] *= undroop_[k];
    cross_power_[k] *= undroop_[k];
    both_[k] = scale * (stereo ? (left_power_[k] + right_power_[k]) / 2.0F : left_power_[k]);
  }
  std::array<double, kEndBand> left{}, right{}, cross{};
  sums_.sum(left_power_, 0, kEndBand, scale_, left);
  sums_.sum(right_power_, 0, kEndBand, scale_, right);
  sums_.sum(cross_power_, 0, kEndBand, scale_, cross);
  for (std::size_t b = 0; b < kEndBand; ++b) bands_[b] = {left[b], right[b], cross[b]};
  for (auto& row : rows_) row.erase(row.begin(), row.begin() + kPoints / 2);
}

}  // namespace lacquer
