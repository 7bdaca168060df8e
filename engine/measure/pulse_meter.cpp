#include "measure/pulse_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "core/decibels.h"

namespace lacquer {

namespace {

constexpr double kStepS = 0.010;
constexpr int kWindow = 3;  // steps that a level is taken over
constexpr double kRiseDb = 3.0;
constexpr int kAround = 3;                // steps in which a rise must be the largest
constexpr std::int64_t kApart = 6;        // steps between onsets
constexpr double kHoldPerStep = 0.97724;  // 10 dB a second
constexpr double kDepth = 3.16e-4;        // 35 dB
constexpr double kSilence = 1e-10;        // mean square of the differences: -100 dB
constexpr double kLevelS = 0.05;
constexpr double kLowestBeatHz = 0.5, kHighestBeatHz = 5.0;
constexpr double kDeepestDb = 30.0;  // under the window's highest level nothing is heard any more

struct Sums {
  double energy = 0.0;
  double difference = 0.0;
};

// Squares of the samples and of their differences; eight sums side by side for the compiler's vectors.
Sums sums_of(std::span<const float> x, float before) {
  float energy[8] = {}, difference[8] = {};
  const float first = x[0] - before;
  Sums sums{static_cast<double>(x[0]) * x[0], static_cast<double>(first) * first};
  std::size_t i = 1;
  for (; i + 8 <= x.size(); i += 8)
    for (std::size_t k = 0; k < 8; ++k) {
      const float d = x[i + k] - x[i + k - 1];
      energy[k] += x[i + k] * x[i + k];
      difference[k] += d * d;
    }
  for (; i < x.size(); ++i) {
    const float d = x[i] - x[i - 1];
    energy[0] += x[i] * x[i];
    difference[0] += d * d;
  }
  for (int k = 0; k < 8; ++k) sums.energy += energy[k], sums.difference += difference[k];
  return sums;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

PulseMeter::PulseMeter(const StreamFormat& format)
    : format_(format),
      grid_(kStepS, format.sample_rate_hz),
      step_end_(grid_.frame(1)),
      last_(static_cast<std::size_t>(format.channels), 0.0F) {
  for (std::size_t i = 0; i < kWindowLevels; ++i)
    cosines_[i] = std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / kWindowLevels);
}

void PulseMeter::add(ConstAudioBlock block) {
  for (int done = 0; done < block.frames();) {
    const int part = static_cast<int>(std::min<std::int64_t>(block.frames() - done, step_end_ - frame_));
    for (int c = 0; c < format_.channels && part > 0; ++c) {
      const auto x = block.channel(c).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(part));
      float& before = last_[static_cast<std::size_t>(c)];
      const Sums sums = sums_of(x, before);
      before = x.back();
      energy_ += sums.energy;
      difference_ += sums.difference;
    }
    frame_ += part;
    done += part;
    if (frame_ == step_end_) end_step();
  }
}

void PulseMeter::end_step() {
  // A stream that is no audio must not stay in the meter's memory.
  if (!std::isfinite(energy_) || !std::isfinite(difference_)) energy_ = difference_ = 0.0;
  const double samples = static_cast<double>(grid_.frame(step_ + 1) - grid_.frame(step_)) * format_.channels;
  differences_[static_cast<std::size_t>(step_) % kRing] = samples > 0.0 ? difference_ / samples : 0.0;
  level_energy_ += samples > 0.0 ? energy_ / samples / kStepsPerLevel : 0.0;
  energy_ = difference_ = 0.0;
  look_for_onset();
  ++step_;
  step_end_ = grid_.frame(step_ + 1);
  if (step_ % kStepsPerLevel != 0) return;
  levels_.push_back(level_energy_);
  level_energy_ = 0.0;
  if (levels_.size() == kWindowLevels) end_window();
}

void PulseMeter::look_for_onset() {
  const auto at = [](const auto& ring, std::int64_t step) {
    return ring[static_cast<std::size_t>(step + 64) % kRing];
  };
  double now = 0.0, before = 0.0;
  for (int i = 0; i < kWindow; ++i) {
    now += at(differences_, step_ - i) / kWindow;
    before += step_ >= i + kWindow ? at(differences_, step_ - i - kWindow) / kWindow : 0.0;
  }
  held_ = std::max(now, held_ * kHoldPerStep);
  const double floor = std::max(kSilence, kDepth * held_);
  sounding_steps_ += held_ > kSilence;
  rises_[static_cast<std::size_t>(step_) % kRing] =
      now > floor ? 10.0 * std::log10(now / std::max(before, floor * 0.1)) : 0.0;
  // The step that is looked at lies kAround back: by now its neighbours are known.
  const std::int64_t middle = step_ - kAround;
  bool onset = middle >= 0 && at(rises_, middle) >= kRiseDb && middle - last_onset_ >= kApart;
  for (std::int64_t k = middle - kAround; onset && k <= step_; ++k) {
    const double other = k < 0 ? 0.0 : at(rises_, k);
    onset = other < at(rises_, middle) || k == middle || (k > middle && other == at(rises_, middle));
  }
  if (onset) last_onset_ = middle;
  count_onset(onset);
}

void PulseMeter::count_onset(bool onset) {
  onsets_ += onset;
  column_onsets_ += onset;
  if (++column_steps_ < steps_per_column_) return;
  columns_.push_back(column_onsets_);
  column_steps_ = 0;
  column_onsets_ = 0;
  if (columns_.size() < kMostColumns) return;
  for (std::size_t i = 0; i < kMostColumns / 2; ++i) columns_[i] = columns_[2 * i] + columns_[2 * i + 1];
  columns_.resize(kMostColumns / 2);
  steps_per_column_ *= 2;
}

void PulseMeter::end_window() {
  constexpr double kCount = kWindowLevels;
  const double highest = *std::max_element(levels_.begin(), levels_.end());
  double mean_power = 0.0;
  std::array<double, kWindowLevels> db{};
  double mean = 0.0, slope = 0.0, spread = 0.0;
  for (std::size_t i = 0; i < kWindowLevels; ++i) {
    mean_power += levels_[i] / kCount;
    db[i] = 10.0 * std::log10(std::max({levels_[i], highest * db_to_power(-kDeepestDb), 1e-20}));
    mean += db[i] / kCount;
  }
  const auto position = [](std::size_t i) { return static_cast<double>(i) - (kCount - 1.0) / 2.0; };
  for (std::size_t i = 0; i < kWindowLevels; ++i) {
    slope += db[i] * position(i);
    spread += position(i) * position(i);
  }
  slope /= spread;
  double strongest = 0.0, strongest_hz = 0.0;
  constexpr double kBinHz = 1.0 / (kCount * kLevelS);
  for (int k = static_cast<int>(std::ceil(kLowestBeatHz / kBinHz)); k * kBinHz <= kHighestBeatHz; ++k) {
    double real = 0.0, imaginary = 0.0;
    for (std::size_t i = 0; i < kWindowLevels; ++i) {
      const std::size_t turn = i * static_cast<std::size_t>(k) % kWindowLevels;
      const double value = (db[i] - mean - slope * position(i)) * (0.5 - 0.5 * cosines_[i]);
      real += value * cosines_[turn];
      imaginary += value * cosines_[(turn + kWindowLevels / 4) % kWindowLevels];
    }
    // A Hann window halves an amplitude, a real signal's transform halves it again; top to bottom is twice
    // it.
    const double depth = 2.0 * 4.0 * std::hypot(real, imaginary) / kCount;
    if (depth > strongest) strongest = depth, strongest_hz = k * kBinHz;
  }
  if (mean_power > 0.0)
    windows_.push_back({static_cast<double>(levels_before_) * kLevelS,
                        static_cast<float>(10.0 * std::log10(mean_power)), static_cast<float>(strongest_hz),
                        static_cast<float>(strongest)});
  levels_.erase(levels_.begin(), levels_.begin() + kWindowLevels / 2);
  levels_before_ += kWindowLevels / 2;
}

void PulseMeter::report(double gate_lufs, DynamicsResult& into) const {
  if (sounding_steps_ > 0) {
    into.onsets_per_second = static_cast<double>(onsets_) / (static_cast<double>(sounding_steps_) * kStepS);
    into.onset_column_s = steps_per_column_ * kStepS;
    for (const std::uint32_t count : columns_)
      into.onset_series.push_back(static_cast<float>(count / into.onset_column_s));
  }
  std::vector<double> depths, rates;
  LevelModulation modulation;
  for (const Window& window : windows_) {
    if (window.level_db <= gate_lufs) continue;
    depths.push_back(window.depth_db);
    rates.push_back(window.hz);
    if (window.depth_db <= modulation.deepest_db) continue;
    modulation.deepest_db = window.depth_db;
    modulation.deepest_hz = window.hz;
    modulation.deepest_when = {window.from_s, window.from_s + kWindowLevels * kLevelS};
  }
  if (depths.empty()) return;
  modulation.depth_db = median(depths);
  modulation.hz = median(rates);
  into.modulation = modulation;
}

}  // namespace lacquer
