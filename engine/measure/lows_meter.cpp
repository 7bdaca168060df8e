#include "measure/lows_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "dsp/kaiser.h"
#include "measure/source_kernels.h"

namespace lacquer {

namespace {
constexpr int kFrame = 2048;  // about 1.5 s: bins of 0.6 to 1.2 Hz
constexpr int kHop = 1024;
constexpr double kRumbleLowHz = 5.0;
constexpr double kRumbleHighHz = 23.0;        // a note of 25 Hz stays outside
constexpr double kRumbleNearProgramme = 0.1;  // -10 dB
constexpr std::size_t kRumbleCells = 4096;
constexpr double kDcS = 10.0;
constexpr double kDcClear = 0.00316;  // -50 dBFS

// A sinc under a Kaiser window, cut off at `cutoff` of the sample rate; sums to 1.
std::vector<float> low_pass(int taps, double cutoff, double beta) {
  std::vector<double> exact(static_cast<std::size_t>(taps));
  double sum = 0.0;
  for (int i = 0; i < taps; ++i) {
    const double t = i - 0.5 * (taps - 1);
    const double x = 2.0 * std::numbers::pi * cutoff * t;
    const double value = (x == 0.0 ? 1.0 : std::sin(x) / x) * kaiser(t / (0.5 * taps), beta);
    exact[static_cast<std::size_t>(i)] = value;
    sum += value;
  }
  std::vector<float> result;
  for (const double value : exact) result.push_back(static_cast<float>(value / sum));
  return result;
}

int total_factor(double sample_rate_hz) {
  int factor = 4;
  while (sample_rate_hz / factor >= 2500.0) factor *= 2;
  return factor;
}
}  // namespace

LowsMeter::LowsMeter(double sample_rate_hz, int channels)
    : low_rate_hz_(sample_rate_hz / total_factor(sample_rate_hz)),
      first_factor_(std::min(8, total_factor(sample_rate_hz) / 2)),
      second_factor_(total_factor(sample_rate_hz) / first_factor_),
      first_taps_(low_pass(48, 0.5 / first_factor_, 6.0)),
      second_taps_(low_pass(16 * second_factor_, 0.5 / second_factor_, 6.0)),
      channels_(static_cast<std::size_t>(channels)),
      fft_(kFrame),
      window_(kFrame),
      hum_(low_rate_hz_) {
  double power = 0.0;
  for (int i = 0; i < kFrame; ++i) {
    const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / kFrame);
    window_[static_cast<std::size_t>(i)] = static_cast<float>(w);
    power += w * w;
  }
  scale_ = 2.0 / (power * kFrame);
  bin_hz_ = low_rate_hz_ / kFrame;
  for (Channel& channel : channels_) {
    channel.mid.assign(second_taps_.size() - static_cast<std::size_t>(second_factor_), 0.0F);
    channel.frame.resize(kFrame);
  }
}

void LowsMeter::add(const SourceCell& cell) {
  const int mid_frames = cell.size / first_factor_;
  const int low_frames = mid_frames / second_factor_;
  const std::size_t history = second_taps_.size() - static_cast<std::size_t>(second_factor_);
  const auto part = static_cast<std::size_t>(low_frames);
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    Channel& channel = channels_[c];
    channel.mid.resize(history + static_cast<std::size_t>(mid_frames));
    decimate(cell.channels[c] - (static_cast<int>(first_taps_.size()) - first_factor_), mid_frames,
             first_factor_, first_taps_.data(), static_cast<int>(first_taps_.size()),
             channel.mid.data() + history);
    decimate(channel.mid.data(), low_frames, second_factor_, second_taps_.data(),
             static_cast<int>(second_taps_.size()), channel.frame.data() + filled_);
    std::copy(channel.mid.end() - static_cast<std::ptrdiff_t>(history), channel.mid.end(),
              channel.mid.begin());
    for (std::size_t i = 0; i < part; ++i) channel.dc_sum += channel.frame[filled_ + i];
  }
  middle_.assign(part, 0.0F);
  const float share = 1.0F / static_cast<float>(channels_.size());
  for (const Channel& channel : channels_)
    for (std::size_t i = 0; i < part; ++i) middle_[i] += share * channel.frame[filled_ + i];
  hum_.add(middle_);
  filled_ += part;
  dc_filled_ += part;
  if (static_cast<double>(dc_filled_) >= kDcS * low_rate_hz_) note_dc();
  if (filled_ < kFrame) return;
  analyse(kFrame);
  for (Channel& channel : channels_)
    std::copy(channel.frame.begin() + kHop, channel.frame.end(), channel.frame.begin());
  filled_ -= kHop;
  low_position_ += kHop;
}

void LowsMeter::note_dc() {
  double highest = 0.0;
  for (Channel& channel : channels_) {
    highest = std::max(highest, std::abs(channel.dc_sum) / static_cast<double>(dc_filled_));
    channel.dc_sum = 0.0;
  }
  dc_max_ = std::max(dc_max_, highest);
  const double to_s = static_cast<double>(low_position_ + static_cast<std::int64_t>(filled_)) / low_rate_hz_;
  if (highest > kDcClear)
    dc_when_.add(std::max(0.0, to_s - static_cast<double>(dc_filled_) / low_rate_hz_), to_s);
  dc_filled_ = 0;
}

void LowsMeter::analyse(int filled) {
  // A piece shorter than a frame is followed by zeros; its power is that of what there is.
  const double scale = scale_ * kFrame / (std::max(1, filled) * static_cast<double>(channels_.size()));
  double power = 0.0;
  for (const Channel& channel : channels_) {
    const auto input = fft_.input();
    for (std::size_t i = 0; i < input.size(); ++i)
      input[i] = static_cast<int>(i) < filled ? channel.frame[i] * window_[i] : 0.0F;
    const auto spectrum = fft_.transform();
    for (auto b = static_cast<std::size_t>(std::lround(kRumbleLowHz / bin_hz_));
         b <= static_cast<std::size_t>(kRumbleHighHz / bin_hz_); ++b)
      power += scale * static_cast<double>(std::norm(spectrum[b]));
  }
  ++frames_analysed_;
  const double from_s = static_cast<double>(low_position_) / low_rate_hz_;
  note_rumble(std::isfinite(power) ? power : 0.0, from_s, from_s + filled / low_rate_hz_);
}

void LowsMeter::note_rumble(double power, double from_s, double to_s) {
  rumble_sum_ += power;
  const double middle_s = 0.5 * (from_s + to_s), half_hop_s = 0.5 * kHop / low_rate_hz_;
  if (rumble_pending_++ % rumble_cell_frames_ == 0)
    rumble_.push_back({std::max(0.0, middle_s - half_hop_s), middle_s + half_hop_s, power});
  else
    rumble_.back().to_s = middle_s + half_hop_s, rumble_.back().power = std::max(rumble_.back().power, power);
  if (rumble_.size() < kRumbleCells || rumble_pending_ % rumble_cell_frames_ != 0) return;
  for (std::size_t i = 0; i < rumble_.size() / 2; ++i)
    rumble_[i] = {rumble_[2 * i].from_s, rumble_[2 * i + 1].to_s,
                  std::max(rumble_[2 * i].power, rumble_[2 * i + 1].power)};
  rumble_.resize(rumble_.size() / 2);
  rumble_cell_frames_ *= 2;
  rumble_pending_ = 0;
}

void LowsMeter::finish() {
  // The rest counts when it is long enough to average out the bass, or all there is.
  const double rest_s = static_cast<double>(dc_filled_) / low_rate_hz_;
  if (rest_s >= 0.5 * kDcS ||
      (low_position_ == 0 && static_cast<double>(filled_) < kDcS * low_rate_hz_ && rest_s >= 0.5))
    for (const Channel& channel : channels_)
      dc_max_ = std::max(dc_max_, std::abs(channel.dc_sum) / static_cast<double>(dc_filled_));
  if (frames_analysed_ == 0 && static_cast<double>(filled_) >= low_rate_hz_)
    analyse(static_cast<int>(filled_));
  hum_.finish();
}

std::optional<double> LowsMeter::rumble_power() const {
  if (frames_analysed_ == 0) return std::nullopt;
  return rumble_sum_ / static_cast<double>(frames_analysed_);
}

std::vector<TimeRange> LowsMeter::rumble_when(double programme_power) const {
  RangeList when(3.0);
  for (const RumbleCell& cell : rumble_)
    if (cell.power > kRumbleNearProgramme * programme_power) when.add(cell.from_s, cell.to_s);
  return when.ranges();
}

std::optional<double> LowsMeter::dc_max() const {
  if (frames_analysed_ == 0 && dc_max_ == 0.0) return std::nullopt;
  return dc_max_;
}

}  // namespace lacquer
