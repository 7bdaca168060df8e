#include "measure/burst_meter.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lacquer {

namespace {

constexpr double kMiddleHz[] = {500.0, 2000.0};
constexpr double kSibilanceHz[] = {5000.0, 9000.0};
constexpr double kAirHz[] = {12000.0, 16000.0};
constexpr float kRiseDb = 9.0F;
constexpr float kCalmDb = 2.0F;
constexpr float kQuietLufs = -60.0F;
constexpr float kUnderMedianLu = 15.0F;
constexpr std::size_t kLeastMoments = 16;  // fewer have no median worth the name

float band_db(const SpectrumFrame& frame, const double (&range_hz)[2]) {
  const auto bin = [&](double hz) {
    return std::min(static_cast<std::size_t>(std::lround(hz / frame.bin_hz)), frame.left.size());
  };
  float power = 0.0F;
  for (std::size_t k = bin(range_hz[0]); k < bin(range_hz[1]); ++k) power += frame.left[k];
  if (!frame.right.empty())
    for (std::size_t k = bin(range_hz[0]); k < bin(range_hz[1]); ++k) power += frame.right[k];
  return 10.0F * std::log10(power * static_cast<float>(frame.scale) + 1e-14F);
}

}  // namespace

void BurstMeter::on_frame(const SpectrumFrame& frame) {
  hop_s_ = 0.5 / frame.bin_hz;
  around_.push_back({static_cast<double>(frame.centre_frame) / sample_rate_hz_, band_db(frame, kSibilanceHz),
                     band_db(frame, kMiddleHz), band_db(frame, kAirHz),
                     static_cast<float>(frame.loudness_lufs)});
  if (around_.size() < kAround) return;
  judge(began_ ? kAround / 2 : 0, kAround / 2 + 1);
  began_ = true;
  around_.erase(around_.begin());
}

void BurstMeter::finish() {
  if (around_.size() >= kLeastMoments) judge(began_ ? kAround / 2 : 0, around_.size());
}

float BurstMeter::median(float Moment::*value) const {
  std::array<float, kAround> sorted{};
  std::transform(around_.begin(), around_.end(), sorted.begin(), [&](const Moment& m) { return m.*value; });
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(around_.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(around_.size()));
  return *middle;
}

void BurstMeter::judge(std::size_t first, std::size_t end) {
  const float sibilance_db = median(&Moment::sibilance_db);
  const float middle_db = median(&Moment::middle_db);
  const float air_db = median(&Moment::air_db);
  const float least_lufs = std::max(kQuietLufs, median(&Moment::loudness_lufs) - kUnderMedianLu);
  for (std::size_t i = first; i < end; ++i) {
    const Moment& moment = around_[i];
    const bool active = moment.loudness_lufs >= least_lufs;
    active_ += active ? 1 : 0;
    const float rise_db = moment.sibilance_db - sibilance_db;
    const bool burst = active && rise_db >= kRiseDb && moment.middle_db - middle_db < kCalmDb &&
                       rise_db >= moment.air_db - air_db;
    if (burst && !in_burst_) count(moment.at_s);
    if (burst) when_.add(std::max(0.0, moment.at_s - hop_s_ / 2.0), moment.at_s + hop_s_ / 2.0);
    in_burst_ = burst;
  }
}

void BurstMeter::count(double at_s) {
  ++bursts_;
  while (at_s >= column_s_ * static_cast<double>(kMostColumns)) {
    std::vector<std::uint32_t> joined((columns_.size() + 1) / 2);
    for (std::size_t i = 0; i < columns_.size(); ++i) joined[i / 2] += columns_[i];
    columns_ = std::move(joined);
    column_s_ *= 2.0;
  }
  const auto column = static_cast<std::size_t>(at_s / column_s_);
  if (columns_.size() <= column) columns_.resize(column + 1);
  ++columns_[column];
}

BurstResult BurstMeter::result() const {
  BurstResult result;
  result.count = bursts_;
  if (active_ > 0)
    result.per_minute = static_cast<double>(bursts_) * 60.0 / (static_cast<double>(active_) * hop_s_);
  result.column_s = column_s_;
  result.series.assign(columns_.begin(), columns_.end());
  result.when = when_.ranges();
  return result;
}

}  // namespace lacquer
