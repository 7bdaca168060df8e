#include "measure/spectrum_meter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "measure/k_weighting.h"
#include "measure/loudness_meter.h"
#include "measure/spectrum_kernels.h"

namespace lacquer {

namespace {

constexpr double kLowestLoudnessLufs = -80.0;

int fft_size_for(double sample_rate_hz) {
  int size = 8192;
  while (size < sample_rate_hz * 8192.0 / 50000.0) size *= 2;
  while (size > 1024 && size * 1.5 > sample_rate_hz * 8192.0 / 44100.0 * 2.0) size /= 2;
  return size;
}

// |H|^2 of the K-weighting at one frequency.
double k_power(double hz, double sample_rate_hz) {
  // The filters exist from 32 kHz up; lower rates see the same curve.
  const double rate = std::max(sample_rate_hz, 48000.0);
  const std::complex<double> z = std::polar(1.0, -2.0 * std::numbers::pi * hz / rate);
  double power = 1.0;
  for (const BiquadCoefficients& c : k_weighting(rate))
    power *= std::norm((c.b0 + z * (c.b1 + z * c.b2)) / (1.0 + z * (c.a1 + z * c.a2)));
  return power;
}

double loudness_or_silence(double weighted_power) {
  return loudness_of_power(weighted_power).value_or(-std::numeric_limits<double>::infinity());
}

}  // namespace

SpectrumMeter::SpectrumMeter(const StreamFormat& format)
    : format_(format),
      fft_(fft_size_for(format.sample_rate_hz)),
      right_fft_(fft_.size()),
      sums_(format.sample_rate_hz / fft_.size(), fft_.bins()),
      lows_(format.sample_rate_hz, format.channels, fft_.size()),
      window_(static_cast<std::size_t>(fft_.size())),
      hop_(fft_.size() / 2),
      history_(static_cast<std::size_t>(format.channels),
               std::vector<float>(static_cast<std::size_t>(lows_.look_back_frames() + kHopsKept * hop_))),
      window_at_(lows_.look_back_frames()),
      fill_(window_at_),
      left_power_(static_cast<std::size_t>(fft_.bins())),
      right_power_(static_cast<std::size_t>(fft_.bins())),
      cross_power_(static_cast<std::size_t>(fft_.bins())) {
  const int size = fft_.size();
  double window_power = 0.0;
  for (int i = 0; i < size; ++i) {
    const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / size);
    window_[static_cast<std::size_t>(i)] = static_cast<float>(w);
    window_power += w * w;
  }
  scale_ = 2.0 / (window_power * size);  // both halves of the spectrum; Parseval
  for (int b = 0; b < sums_.count(); ++b)
    k_weight_[static_cast<std::size_t>(b)] = k_power(band_centre_hz(b), format.sample_rate_hz);
}

void SpectrumMeter::add(ConstAudioBlock block) {
  for (int done = 0; done < block.frames();) {
    const int in_hop = (fill_ - window_at_) % hop_;
    const int part = std::min(block.frames() - done, hop_ - in_hop);
    const auto slice = block.slice(done, part);
    for (int c = 0; c < format_.channels; ++c)
      std::copy(slice.channel(c).begin(), slice.channel(c).end(),
                history_[static_cast<std::size_t>(c)].begin() + fill_);
    fill_ += part;
    done += part;
    if (in_hop + part < hop_) return;
    if (fill_ - window_at_ == fft_.size()) transform();
    end_hop();
    while (!pending_.empty() && lows_.ready()) hand_out_block();
  }
}

void SpectrumMeter::finish() {
  while (!pending_.empty()) {
    while (!lows_.ready()) {
      const int missing = hop_ - (fill_ - window_at_) % hop_;
      for (auto& row : history_) std::fill_n(row.begin() + fill_, missing, 0.0F);
      fill_ += missing;
      end_hop();
    }
    hand_out_block();
  }
}

// A hop is complete.
void SpectrumMeter::end_hop() {
  for (std::size_t c = 0; c < history_.size(); ++c) lows_.add(c, history_[c].data() + fill_ - hop_);
  if (fill_ - window_at_ < fft_.size()) return;
  window_at_ += hop_;
  first_frame_ += hop_;
  if (fill_ < static_cast<int>(history_[0].size())) return;
  const int kept_from = window_at_ - lows_.look_back_frames();
  for (auto& row : history_) std::copy(row.begin() + kept_from, row.begin() + fill_, row.begin());
  window_at_ -= kept_from;
  fill_ -= kept_from;
}

void SpectrumMeter::transform() {
  const bool stereo = format_.channels == 2;
  const auto windowed = [&](std::size_t channel) {
    return std::span<const float>(history_[channel])
        .subspan(static_cast<std::size_t>(window_at_), window_.size());
  };
  multiply(window_, windowed(0), fft_.input());
  const auto left = fft_.transform();
  std::span<const std::complex<float>> right;
  if (stereo) {
    multiply(window_, windowed(1), right_fft_.input());
    right = right_fft_.transform();
    pair_powers(left, right, {left_power_, right_power_, cross_power_});
  } else {
    bin_powers(left, left_power_);
  }
  const double lufs = gather_bands();
  if (pending_.empty() || pending_.back().frames == kFramesPerBlock)
    pending_.push_back({.first_frame = first_frame_, .frames = 0, .bands = {}});
  Pending& block = pending_.back();
  ++block.frames;
  for (std::size_t b = 0; b < kBands; ++b) block.bands[b] += {left_[b], right_[b], cross_[b]};
  if (lufs < kLowestLoudnessLufs) return;
  const auto only_stereo = [&](auto span) { return stereo ? span : decltype(span)(); };
  const SpectrumFrame frame{first_frame_ + hop_,
                            format_.sample_rate_hz / fft_.size(),
                            scale_,
                            lufs,
                            left_power_,
                            only_stereo(std::span<const float>(right_power_)),
                            only_stereo(std::span<const float>(cross_power_)),
                            left,
                            right};
  for (SpectrumListener* listener : frame_listeners_) listener->on_frame(frame);
}

// The frame's bands, and its loudness.
double SpectrumMeter::gather_bands() {
  const bool stereo = format_.channels == 2;
  sums_.sum(left_power_, 0, kBands, scale_, left_);
  if (stereo) {
    sums_.sum(right_power_, 0, kBands, scale_, right_);
    sums_.sum(cross_power_, 0, kBands, scale_, cross_);
  }
  double weighted = 0.0;
  for (std::size_t b = 0; b < kBands; ++b) weighted += k_weight_[b] * (left_[b] + right_[b]);
  return loudness_or_silence(weighted);
}

void SpectrumMeter::hand_out_block() {
  Pending& pending = pending_.front();
  lows_.take();
  const double share = 1.0 / pending.frames;
  double weighted = 0.0;
  for (std::size_t b = 0; b < kBands; ++b) {
    pending.bands[b] = b < SpectrumLows::kEndBand ? lows_.bands()[b] : pending.bands[b].scaled(share);
    if (format_.channels == 1) pending.bands[b].right = pending.bands[b].cross = 0.0;
    weighted += k_weight_[b] * pending.bands[b].both();
  }
  // Each frame stands for one hop. (Its window's weight lies half a hop later: 46 ms, an eighth of a block.)
  const auto to = pending.first_frame + static_cast<std::int64_t>(pending.frames) * hop_;
  const SpectrumBlock block{static_cast<double>(pending.first_frame) / format_.sample_rate_hz,
                            static_cast<double>(to) / format_.sample_rate_hz,
                            loudness_or_silence(weighted),
                            pending.bands,
                            sums_.count(),
                            lows_.bins(),
                            lows_.bin_hz()};
  for (BlockListener* listener : block_listeners_) listener->on_block(block);
  pending_.pop_front();
}

}  // namespace lacquer
