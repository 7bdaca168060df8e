#include "playback/system_player.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "dsp/minimum_phase.h"
#include "measure/spectrum_bands.h"

namespace lacquer {
namespace {

constexpr double kResponseS = 0.35;  // the longest that a kink of the curve near 20 Hz rings
constexpr double kDesignS = 1.4;
constexpr double kSideDelayS = 0.05;  // the side's step in gain rings before it, too
constexpr double kAttackS = 0.001 / 3.0;
constexpr double kReleaseS = 0.1;

// Raised cosine over log frequency, an octave wide.
double side_gain(const PlaybackSystem& system, double hz) {
  if (system.is_mono()) return 0.0;
  if (system.mono_below_hz <= 0.0) return system.width_above;
  const double octaves = std::log2(std::max(hz, 1.0) / system.mono_below_hz);
  const double step = 0.5 + 0.5 * std::sin(std::numbers::pi * std::clamp(octaves, -0.5, 0.5));
  return system.width_above * step;
}

void fade_out(std::vector<float>& taps, std::size_t from) {
  for (std::size_t i = from; i < taps.size(); ++i) {
    const double turn =
        std::numbers::pi * static_cast<double>(i - from) / static_cast<double>(taps.size() - from);
    taps[i] *= static_cast<float>(0.5 + 0.5 * std::cos(turn));
  }
}

// `taps` times a real gain by frequency, later by `delay`.
std::vector<float> with_gain(const std::vector<float>& taps, int size, int delay,
                             const std::function<double(int bin)>& gain) {
  RealFft forward(size);
  InverseFft inverse(size);
  const auto input = forward.input();
  std::fill(input.begin(), input.end(), 0.0F);
  std::copy(taps.begin(), taps.end(), input.begin() + delay);
  const auto bins = forward.transform();
  const auto to = inverse.input();
  const std::size_t count = to.size(), half = count / 2;
  for (std::size_t k = 0; k <= half; ++k) {
    to[k] = bins[k] * static_cast<float>(gain(static_cast<int>(k)));
    if (k > 0 && k < half) to[count - k] = std::conj(to[k]);
  }
  const auto result = inverse.transform();
  std::vector<float> out(taps.size() + 2 * static_cast<std::size_t>(delay));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = result[i].real() / static_cast<float>(count);
  return out;
}

ResponseCurve noise_gain_db(const ResponseCurve& third_octave_db, double sample_rate_hz) {
  constexpr double kWhitePower = 1.0 / 3.0;  // of NoiseGenerator::white()
  constexpr double kWidth = 0.2316;          // of a third octave, against its centre
  ResponseCurve gain;
  for (const double hz : kThirdOctaveHz) {
    const double share = std::min(1.0, kWidth * hz / (sample_rate_hz / 2.0));
    gain.points.emplace_back(hz, third_octave_db.at_db(hz) - 10.0 * std::log10(kWhitePower * share));
  }
  return gain;
}

std::vector<float> design(const ResponseCurve& curve, double sample_rate_hz) {
  const int size = fast_fft_size(static_cast<int>(kDesignS * sample_rate_hz));
  std::vector<float> taps =
      minimum_phase(size, [&](int bin) { return curve.at_db(std::max(1.0, bin * sample_rate_hz / size)); });
  taps.resize(static_cast<std::size_t>(kResponseS * sample_rate_hz));
  fade_out(taps, taps.size() * 3 / 4);
  return taps;
}

}  // namespace

SystemResponse design_response(const PlaybackSystem& system, double sample_rate_hz) {
  SystemResponse response;
  const std::vector<float> taps = design(system.curve, sample_rate_hz);
  const bool has_step = system.mono_below_hz > 0.0 && !system.is_mono();
  response.delay_frames = has_step ? static_cast<int>(kSideDelayS * sample_rate_hz) : 0;
  const int size = fast_fft_size(static_cast<int>(kDesignS * sample_rate_hz));
  response.side = with_gain(taps, size, response.delay_frames,
                            [&](int bin) { return side_gain(system, bin * sample_rate_hz / size); });
  response.mid.assign(response.side.size(), 0.0F);
  std::copy(taps.begin(), taps.end(), response.mid.begin() + response.delay_frames);
  return response;
}

SystemLimiter::SystemLimiter(double sample_rate_hz, double threshold)
    : threshold_(threshold),
      attack_(1.0 - std::exp(-1.0 / (kAttackS * sample_rate_hz))),
      release_(1.0 - std::exp(-1.0 / (kReleaseS * sample_rate_hz))) {}

void SystemLimiter::process(AudioBlock block) noexcept {
  for (std::size_t i = 0; i < static_cast<std::size_t>(block.frames()); ++i) {
    double peak = 0.0;
    for (int c = 0; c < block.channels(); ++c)
      peak = std::max(peak, static_cast<double>(std::abs(block.channel(c)[i])));
    const double wanted = peak > threshold_ ? threshold_ / peak : 1.0;
    gain_ += (wanted < gain_ ? attack_ : release_) * (wanted - gain_);
    for (int c = 0; c < block.channels(); ++c) block.channel(c)[i] *= static_cast<float>(gain_);
  }
}

NoiseSource::NoiseSource(double sample_rate_hz, const ResponseCurve& third_octave_db)
    : convolver_([&] {
        const std::vector<float> taps =
            design(noise_gain_db(third_octave_db, sample_rate_hz), sample_rate_hz);
        return PairConvolver(taps, taps);
      }()),
      in_first_(static_cast<std::size_t>(convolver_.block_frames())),
      in_second_(in_first_.size()),
      first_(in_first_.size()),
      second_(in_first_.size()),
      at_(in_first_.size()) {}

void NoiseSource::add_to(AudioBlock block) noexcept {
  for (std::size_t i = 0; i < static_cast<std::size_t>(block.frames()); ++i) {
    if (at_ == first_.size()) {
      for (std::size_t n = 0; n < in_first_.size(); ++n) {
        in_first_[n] = static_cast<float>(noise_.white());
        in_second_[n] = static_cast<float>(noise_.white());
      }
      convolver_.process(in_first_, in_second_, first_, second_);
      at_ = 0;
    }
    for (int c = 0; c < block.channels(); ++c) block.channel(c)[i] += (c == 0 ? first_ : second_)[at_];
    ++at_;
  }
}

SystemPlayer::SystemPlayer(const StreamFormat& format, const PlaybackSystem& system,
                           std::optional<double> limiter_threshold)
    : channels_(format.channels),
      skip_frames_(0),
      convolver_([&] {
        const SystemResponse response = design_response(system, format.sample_rate_hz);
        skip_frames_ = response.delay_frames;
        return PairConvolver(response.mid, response.side);
      }()),
      far_gain_(db_to_gain(-system.near_side_db)),
      far_line_(
          static_cast<std::size_t>(std::llround(system.near_side_delay_ms / 1000.0 * format.sample_rate_hz))),
      mid_(static_cast<std::size_t>(convolver_.block_frames())),
      side_(mid_.size()),
      mid_out_(mid_.size()),
      side_out_(mid_.size()) {
  if (limiter_threshold && *limiter_threshold > 0.0)
    limiter_.emplace(format.sample_rate_hz, *limiter_threshold);
}

void SystemPlayer::push(ConstAudioBlock block) {
  const bool stereo = channels_ == 2;
  for (std::size_t i = 0; i < static_cast<std::size_t>(block.frames()); ++i) {
    const float left = block.channel(0)[i], right = stereo ? block.channel(1)[i] : left;
    mid_[fill_] = 0.5F * (left + right);
    side_[fill_] = 0.5F * (left - right);
    if (++fill_ == mid_.size()) run_block();
  }
  wanted_ += block.frames();
}

void SystemPlayer::finish() {
  while (static_cast<std::int64_t>(ready_[0].size() - ready_at_) < wanted_) {
    std::fill(mid_.begin() + static_cast<std::ptrdiff_t>(fill_), mid_.end(), 0.0F);
    std::fill(side_.begin() + static_cast<std::ptrdiff_t>(fill_), side_.end(), 0.0F);
    run_block();
  }
}

void SystemPlayer::run_block() {
  fill_ = 0;
  convolver_.process(mid_, side_, mid_out_, side_out_);
  for (auto& row : ready_) row.erase(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(ready_at_));
  ready_at_ = 0;
  const std::size_t before = ready_[0].size();
  for (std::size_t i = 0; i < mid_.size(); ++i) {
    if (skip_frames_ > 0) {
      --skip_frames_;
      continue;
    }
    float far = mid_out_[i] - side_out_[i];
    if (!far_line_.empty()) {
      std::swap(far, far_line_[far_at_]);
      far_at_ = (far_at_ + 1) % far_line_.size();
    }
    ready_[0].push_back(mid_out_[i] + side_out_[i]);
    ready_[1].push_back(far * static_cast<float>(far_gain_));
  }
  if (!limiter_) return;
  const std::array<float*, 2> rows = {ready_[0].data() + before, ready_[1].data() + before};
  limiter_->process(AudioBlock({rows.data(), static_cast<std::size_t>(channels_)},
                               static_cast<int>(ready_[0].size() - before)));
}

int SystemPlayer::pull(AudioBlock to) {
  const auto ready = static_cast<std::int64_t>(ready_[0].size() - ready_at_);
  const auto frames = static_cast<std::size_t>(
      std::min<std::int64_t>(std::min(ready, wanted_), static_cast<std::int64_t>(to.frames())));
  for (int c = 0; c < channels_; ++c)
    std::copy_n(ready_[static_cast<std::size_t>(c)].begin() + static_cast<std::ptrdiff_t>(ready_at_), frames,
                to.channel(c).begin());
  ready_at_ += frames;
  wanted_ -= static_cast<std::int64_t>(frames);
  return static_cast<int>(frames);
}

}  // namespace lacquer
