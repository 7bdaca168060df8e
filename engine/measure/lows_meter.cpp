#include "measure/lows_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "dsp/kaiser.h"
#include "measure/source_kernels.h"

namespace lacquer {

namespace {
constexpr int kFrame = 8192;
constexpr int kHop = 2048;
constexpr double kTopHz = 510.0;
constexpr std::size_t kRing = 12;
constexpr std::size_t kLeastFrames = 4;
constexpr int kHumEvery = 4;        // frames between two looks
constexpr double kQuantile = 0.25;  // of a bin's power over the ring

constexpr std::array<double, 2> kMainsHz = {50.0, 60.0};
constexpr double kMainsReachHz = 0.5;
constexpr double kMainsStepHz = 0.02;
constexpr int kHarmonics = 8;
constexpr double kBesideFromHz = 1.2;  // the neighbours a line is measured against
constexpr double kBesideToHz = 8.0;
constexpr double kBesideQuantile = 0.85;
constexpr float kSideband = 0.008F;      // -21 dB
constexpr float kSidebandClear = 16.0F;  // over the median of the neighbours
constexpr double kLineDb = 8.0;
constexpr int kMoment = 512;
constexpr int kMomentHop = 256;
constexpr std::size_t kMoments = 112;  // as long as the ring of frames
constexpr double kMomentQuantile = 0.15;
constexpr double kSteadyPower = 0.25;  // the lowest moments of a line, against its whole
constexpr double kLineMostDb = 20.0;   // no single line makes hum
// Two lines near the mains' own frequency, or three, among them the first or the third: a lone note has even
// harmonics as well, and what repeats with the beat has lines anywhere.
constexpr int kLeastLines = 2;
constexpr double kTwoLinesScore = 24.0;
constexpr double kTwoLinesReachHz = 0.25;
constexpr double kMoreLinesScore = 30.0;
constexpr double kSureScore = 45.0;

constexpr double kRumbleLowHz = 5.0;
constexpr double kRumbleHighHz = 25.0;
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
      moment_fft_(kMoment),
      window_(kFrame),
      moment_window_(kMoment),
      ring_(kRing),
      hum_when_{RangeList(10.0), RangeList(10.0)} {
  double power = 0.0;
  for (int i = 0; i < kFrame; ++i) {
    const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / kFrame);
    window_[static_cast<std::size_t>(i)] = static_cast<float>(w);
    power += w * w;
  }
  for (int i = 0; i < kMoment; ++i)
    moment_window_[static_cast<std::size_t>(i)] =
        static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / kMoment));
  scale_ = 2.0 / (power * kFrame);
  bin_hz_ = low_rate_hz_ / kFrame;
  const auto bins = static_cast<std::size_t>(std::min(kTopHz, 0.45 * low_rate_hz_) / bin_hz_);
  for (Frame& frame : ring_) frame.power.resize(bins);
  moments_.assign(kMoments, std::vector<float>(bins * kMoment / kFrame + 2));
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
  filled_ += part;
  dc_filled_ += part;
  if (static_cast<double>(dc_filled_) >= kDcS * low_rate_hz_) {
    double highest = 0.0;
    for (Channel& channel : channels_) {
      highest = std::max(highest, std::abs(channel.dc_sum) / static_cast<double>(dc_filled_));
      channel.dc_sum = 0.0;
    }
    dc_max_ = std::max(dc_max_, highest);
    const double to_s =
        static_cast<double>(low_position_ + static_cast<std::int64_t>(filled_)) / low_rate_hz_;
    if (highest > kDcClear)
      dc_when_.add(std::max(0.0, to_s - static_cast<double>(dc_filled_) / low_rate_hz_), to_s);
    dc_filled_ = 0;
  }
  if (filled_ < kFrame) return;
  analyse(kFrame);
  for (Channel& channel : channels_)
    std::copy(channel.frame.begin() + kHop, channel.frame.end(), channel.frame.begin());
  filled_ -= kHop;
  low_position_ += kHop;
}

void LowsMeter::analyse(int filled) {
  Frame& frame = ring_[ring_next_];
  std::fill(frame.power.begin(), frame.power.end(), 0.0F);
  // A piece shorter than a frame is followed by zeros; its power is that of what there is.
  const double scale = scale_ * kFrame / std::max(1, filled);
  for (const Channel& channel : channels_) {
    const auto input = fft_.input();
    for (std::size_t i = 0; i < input.size(); ++i)
      input[i] = static_cast<int>(i) < filled ? channel.frame[i] * window_[i] : 0.0F;
    const auto spectrum = fft_.transform();
    for (std::size_t b = 0; b < frame.power.size(); ++b)
      frame.power[b] += static_cast<float>(scale / static_cast<double>(channels_.size()) *
                                           static_cast<double>(std::norm(spectrum[b])));
  }
  if (filled == kFrame) analyse_moments(frames_analysed_ == 0 ? 0 : kFrame - kHop - kMomentHop, kFrame);
  ring_next_ = (ring_next_ + 1) % kRing;
  ring_used_ = std::min(kRing, ring_used_ + 1);
  ++frames_analysed_;

  double rumble = 0.0;
  for (auto b = static_cast<std::size_t>(kRumbleLowHz / bin_hz_);
       b <= static_cast<std::size_t>(kRumbleHighHz / bin_hz_); ++b)
    rumble += static_cast<double>(frame.power[b]);
  if (!std::isfinite(rumble)) rumble = 0.0;
  rumble_sum_ += rumble;
  const double from_s = static_cast<double>(low_position_) / low_rate_hz_;
  const double to_s = from_s + filled / low_rate_hz_;
  const double middle_s = 0.5 * (from_s + to_s), half_hop_s = 0.5 * kHop / low_rate_hz_;
  if (rumble_pending_++ % rumble_cell_frames_ == 0)
    rumble_.push_back({std::max(0.0, middle_s - half_hop_s), middle_s + half_hop_s, rumble});
  else
    rumble_.back().to_s = middle_s + half_hop_s,
    rumble_.back().power = std::max(rumble_.back().power, rumble);
  if (rumble_.size() >= kRumbleCells && rumble_pending_ % rumble_cell_frames_ == 0) {
    for (std::size_t i = 0; i < rumble_.size() / 2; ++i)
      rumble_[i] = {rumble_[2 * i].from_s, rumble_[2 * i + 1].to_s,
                    std::max(rumble_[2 * i].power, rumble_[2 * i + 1].power)};
    rumble_.resize(rumble_.size() / 2);
    rumble_cell_frames_ *= 2;
    rumble_pending_ = 0;
  }
  if (++since_hum_ >= kHumEvery && ring_used_ >= kLeastFrames)
    seek_hum(std::max(0.0, to_s - (static_cast<double>(ring_used_ - 1) * kHop + kFrame) / low_rate_hz_),
             to_s);
}

void LowsMeter::analyse_moments(int first, int end) {
  for (int at = first; at + kMoment <= end; at += kMomentHop) {
    auto& power = moments_[moments_next_];
    std::fill(power.begin(), power.end(), 0.0F);
    for (const Channel& channel : channels_) {
      const auto input = moment_fft_.input();
      for (std::size_t i = 0; i < input.size(); ++i)
        input[i] = channel.frame[static_cast<std::size_t>(at) + i] * moment_window_[i];
      const auto spectrum = moment_fft_.transform();
      for (std::size_t b = 0; b < power.size(); ++b) power[b] += std::norm(spectrum[b]);
    }
    moments_next_ = (moments_next_ + 1) % kMoments;
    moments_used_ = std::min(kMoments, moments_used_ + 1);
  }
}

// Mean square of a sine at `hz` that would give the low quantile of the short transforms there.
double LowsMeter::lowest_moments(double hz) const {
  const double place = hz * kMoment / low_rate_hz_;
  const auto bin = static_cast<std::size_t>(place);
  std::array<float, kMoments> values{};
  for (std::size_t i = 0; i < moments_used_; ++i)
    values[i] = std::max(moments_[i][bin], moments_[i][bin + 1]);
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(moments_used_);
  const auto low =
      values.begin() + static_cast<std::ptrdiff_t>(kMomentQuantile * static_cast<double>(moments_used_));
  std::nth_element(values.begin(), low, end);
  // |X|^2 of a sine of mean square s under a Hann window: s / 2 * (N / 2)^2.
  return static_cast<double>(*low) * 8.0 / (static_cast<double>(kMoment) * kMoment) /
         static_cast<double>(channels_.size());
}

LowsMeter::Line LowsMeter::line(const std::vector<float>& floor, double hz) const {
  const auto at = static_cast<std::ptrdiff_t>(std::lround(hz / bin_hz_));
  const auto from = static_cast<std::ptrdiff_t>(kBesideFromHz / bin_hz_);
  const auto to = static_cast<std::ptrdiff_t>(kBesideToHz / bin_hz_);
  if (at + to >= static_cast<std::ptrdiff_t>(floor.size()) || at - to < 1) return {};
  std::array<float, 512> beside;
  std::size_t count = 0;
  for (std::ptrdiff_t k = from; k <= to && count + 2 <= beside.size(); ++k) {
    beside[count++] = floor[static_cast<std::size_t>(at - k)];
    beside[count++] = floor[static_cast<std::size_t>(at + k)];
  }
  // Sidebands: a loop's tempo or a vibrato. Hum has none.
  const auto middle = beside.begin() + static_cast<std::ptrdiff_t>(count / 2);
  const auto here_power = floor[static_cast<std::size_t>(at)];
  float pair = 0.0F;
  for (std::size_t i = 0; i + 1 < count; i += 2) pair = std::max(pair, std::min(beside[i], beside[i + 1]));
  std::nth_element(beside.begin(), middle, beside.begin() + static_cast<std::ptrdiff_t>(count));
  if (pair > kSideband * here_power && pair > kSidebandClear * *middle) return {};
  const auto high = static_cast<std::size_t>(kBesideQuantile * static_cast<double>(count));
  std::nth_element(beside.begin(), beside.begin() + static_cast<std::ptrdiff_t>(high),
                   beside.begin() + static_cast<std::ptrdiff_t>(count));
  const auto here = static_cast<double>(floor[static_cast<std::size_t>(at)]);
  const double neighbours = std::max(static_cast<double>(beside[high]), 1e-17);
  Line result;
  if (!(here > 1e-15)) return result;
  result.over_db = 10.0 * std::log10(here / neighbours);
  if (result.over_db < kLineDb) return result;
  for (std::ptrdiff_t k = -2; k <= 2; ++k)
    result.power += static_cast<double>(floor[static_cast<std::size_t>(at + k)]);
  result.steady = lowest_moments(hz) >= kSteadyPower * result.power;
  return result;
}

LowsMeter::Comb LowsMeter::best_comb(const std::vector<float>& floor, double mains_hz) const {
  Comb best;
  for (double hz = mains_hz - kMainsReachHz; hz <= mains_hz + kMainsReachHz; hz += kMainsStepHz) {
    Comb comb;
    comb.hz = hz;
    for (int k = 1; k <= kHarmonics; ++k) {
      const Line found = line(floor, k * hz);
      if (found.over_db < kLineDb || !found.steady) continue;
      ++comb.lines;
      comb.odd = comb.odd || k == 1 || k == 3;
      comb.score += std::min(found.over_db, kLineMostDb);
      comb.power += found.power;
    }
    if (comb.score > best.score || (comb.score == best.score && comb.power > best.power)) best = comb;
  }
  return best;
}

void LowsMeter::seek_hum(double from_s, double to_s) {
  since_hum_ = 0;
  std::vector<float> floor(ring_[0].power.size());
  std::array<float, kRing> values{};
  const auto place = static_cast<std::ptrdiff_t>(kQuantile * static_cast<double>(ring_used_));
  for (std::size_t b = 0; b < floor.size(); ++b) {
    for (std::size_t f = 0; f < ring_used_; ++f) values[f] = ring_[f].power[b];
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(ring_used_);
    std::nth_element(values.begin(), values.begin() + place, end);
    floor[b] = values[static_cast<std::size_t>(place)];
  }
  for (std::size_t mains = 0; mains < kMainsHz.size(); ++mains) {
    const Comb comb = best_comb(floor, kMainsHz[mains]);
    const double off_hz = std::abs(comb.hz - kMainsHz[mains]);
    const bool enough = comb.lines > kLeastLines
                            ? comb.score >= kMoreLinesScore && off_hz < kMainsReachHz - kMainsStepHz
                            : comb.score >= kTwoLinesScore && off_hz < kTwoLinesReachHz;
    const bool hum = comb.lines >= kLeastLines && comb.odd && enough;
    const double since_s = hum_since_s_[mains];
    hum_since_s_[mains] = !hum ? -1.0 : since_s < 0.0 ? from_s : since_s;
    // Twice in a row, or beyond doubt.
    if (!hum || (since_s < 0.0 && comb.score < kSureScore)) continue;
    const double seconds = to_s - from_s;
    hum_when_[mains].add(hum_since_s_[mains], to_s);
    hum_hz_weighted_[mains] += comb.hz * comb.score;
    hum_weight_[mains] += comb.score;
    hum_power_[mains] += comb.power * seconds;
    hum_seconds_[mains] += seconds;
    hum_lines_[mains] = std::max(hum_lines_[mains], comb.lines);
  }
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
  if (ring_used_ >= kLeastFrames && since_hum_ > 0) {
    const double to_s = static_cast<double>(low_position_ - kHop + kFrame) / low_rate_hz_;
    seek_hum(std::max(0.0, to_s - (static_cast<double>(ring_used_ - 1) * kHop + kFrame) / low_rate_hz_),
             to_s);
  }
}

HumResult LowsMeter::hum() const {
  HumResult result;
  const std::size_t mains = hum_weight_[1] > hum_weight_[0] ? 1 : 0;
  if (hum_weight_[mains] <= 0.0) return result;
  result.present = true;
  result.hz = hum_hz_weighted_[mains] / hum_weight_[mains];
  result.level_dbfs = power_to_db(hum_power_[mains] / hum_seconds_[mains]);
  result.lines = hum_lines_[mains];
  result.when = hum_when_[mains].ranges();
  return result;
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
