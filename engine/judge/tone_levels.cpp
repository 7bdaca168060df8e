#include "judge/tone_levels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/decibels.h"

namespace lacquer {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBands = kTargetBands;
// The bands from 200 Hz to 2 kHz.
constexpr std::size_t kMiddleFirst = 10, kMiddleEnd = 21;
// Loudness is made above this: K-weighting falls off below, and is nearly level over most of the rest.
constexpr std::size_t kAudibleFirst = 7;  // 100 Hz
constexpr double kPlausibleDb = 300.0;    // what lies further from 0 is no measurement
constexpr double kGateLu = 10.0;          // the relative gate of BS.1770 …
constexpr double kSilenceDbfs = -70.0;    // … and the absolute one
constexpr double kLeastActiveShare = 0.5;
constexpr double kStepShare = 1.0 / 8.0;  // of a stretch, from one to the next

bool is_plausible(double value) { return std::abs(value) < kPlausibleDb; }  // false for NaN

BandLevels around_middle(BandLevels levels) {
  double sum = 0.0;
  int count = 0;
  for (std::size_t band = kMiddleFirst; band < kMiddleEnd; ++band)
    if (std::isfinite(levels[band])) sum += levels[band], ++count;
  if (count == 0) {
    levels.fill(kUnknown);
    return levels;
  }
  for (double& level : levels) level -= sum / count;
  return levels;
}

// Running sums over the columns that are loud enough, to take the mean of any stretch at once.
struct ColumnSums {
  std::vector<std::array<double, kBands>> power;  // before column i
  std::vector<int> active;
};

double power_at(const BandsOverTime& bands, std::size_t column, std::size_t band) {
  const double level = static_cast<double>(bands.values[column * kBands + band]);
  return is_plausible(level) ? db_to_power(level) : 0.0;
}

ColumnSums sum_columns(const BandsOverTime& bands, std::size_t columns) {
  std::vector<double> loudness(columns);
  double sum = 0.0;
  int count = 0;
  const double silence = db_to_power(kSilenceDbfs);
  for (std::size_t column = 0; column < columns; ++column) {
    for (std::size_t band = kAudibleFirst; band < kBands; ++band)
      loudness[column] += power_at(bands, column, band);
    if (loudness[column] > silence) sum += loudness[column], ++count;
  }
  const double gate = std::max(silence, count > 0 ? sum / count * db_to_power(-kGateLu) : silence);
  ColumnSums sums;
  sums.power.resize(columns + 1);
  sums.active.resize(columns + 1);
  for (std::size_t column = 0; column < columns; ++column) {
    const bool active = loudness[column] > gate;
    sums.active[column + 1] = sums.active[column] + (active ? 1 : 0);
    for (std::size_t band = 0; band < kBands; ++band)
      sums.power[column + 1][band] =
          sums.power[column][band] + (active ? power_at(bands, column, band) : 0.0);
  }
  return sums;
}

BandLevels mean_levels(const ColumnSums& sums, std::size_t from, std::size_t to) {
  BandLevels levels{};
  const double active = std::max(1, sums.active[to] - sums.active[from]);
  for (std::size_t band = 0; band < kBands; ++band) {
    const double power = (sums.power[to][band] - sums.power[from][band]) / active;
    levels[band] = power_to_db(std::max(0.0, power)).value_or(kUnknown);
    if (!is_plausible(levels[band])) levels[band] = kUnknown;
  }
  return levels;
}

}  // namespace

BandLevels average_levels(const Measurements& audio) {
  BandLevels levels{};
  levels.fill(kUnknown);
  if (!audio.spectrum) return levels;
  for (const ThirdOctave& third : audio.spectrum->third_octaves) {
    const double band = std::round(10.0 * std::log10(third.hz / 1000.0)) + 17.0;
    if (band >= 0.0 && band < kTargetBands && third.level_db && is_plausible(*third.level_db))
      levels[static_cast<std::size_t>(band)] = *third.level_db;
  }
  return around_middle(levels);
}

BandLevels centre_levels(const Measurements& audio) {
  BandLevels levels = average_levels(audio);
  if (!audio.stereo) return levels;
  for (std::size_t band = 0; band < kBands; ++band) {
    const double hz = target_band_hz(static_cast<int>(band));
    const StereoBand* nearest = nullptr;
    double least = HUGE_VAL;
    for (const StereoBand& octave : audio.stereo->octaves) {
      if (!octave.side_to_mid_db || !is_plausible(*octave.side_to_mid_db)) continue;
      const double distance = std::abs(std::log2(octave.low_hz * octave.high_hz / (hz * hz)));
      if (distance < least) least = distance, nearest = &octave;
    }
    // Power of both channels is twice that of mid and side together.
    if (nearest != nullptr) levels[band] -= 10.0 * std::log10(1.0 + db_to_power(*nearest->side_to_mid_db));
  }
  return around_middle(levels);
}

BandLevels side_to_mid_levels(const Measurements& audio) {
  BandLevels levels{};
  levels.fill(kUnknown);
  if (!audio.spectrum || !audio.stereo) return levels;
  const BandsOverTime& power = audio.spectrum->third_octaves_over_time;
  const BandsOverTime& share = audio.stereo->side_share_over_time;
  if (power.bands != kTargetBands || share.values.size() != power.values.size()) return levels;
  for (std::size_t band = 0; band < kBands; ++band) {
    double both = 0.0;
    double side = 0.0;
    for (std::size_t column = 0; (column + 1) * kBands <= power.values.size(); ++column) {
      const double of_side = static_cast<double>(share.values[column * kBands + band]);
      if (!(of_side >= 0.0 && of_side <= 1.0)) continue;
      both += power_at(power, column, band);
      side += power_at(power, column, band) * of_side;
    }
    constexpr double kLeast = 1e-6;
    if (both > 0.0)
      levels[band] = 10.0 * std::log10(std::max(side, kLeast * both) / std::max(both - side, kLeast * both));
  }
  return levels;
}

OctaveShift largest_octave_shift(const Measurements& before, const Measurements& after) {
  const BandLevels was = average_levels(before);
  const BandLevels is = average_levels(after);
  OctaveShift most;
  constexpr std::size_t kFirst = 3, kEnd = 30;
  for (std::size_t band = kFirst; band < kEnd; band += 3) {
    double sum = 0.0;
    int count = 0;
    for (std::size_t third = band; third < band + 3; ++third)
      if (std::isfinite(is[third] - was[third])) sum += is[third] - was[third], ++count;
    if (count > 0 && std::abs(sum / count) > std::abs(most.db))
      most = {target_band_hz(static_cast<int>(band) + 1), sum / count};
  }
  return most;
}

std::vector<ToneStretch> tone_stretches(const Measurements& audio, double length_s) {
  std::vector<ToneStretch> stretches;
  if (!audio.spectrum) return stretches;
  const BandsOverTime& bands = audio.spectrum->third_octaves_over_time;
  if (bands.bands != kTargetBands || !(bands.column_s > 0.0) || !std::isfinite(bands.column_s))
    return stretches;
  const std::size_t columns = bands.values.size() / kBands;
  const double length_columns = std::max(1.0, std::round(length_s / bands.column_s));
  const bool fits = length_columns <= static_cast<double>(columns) &&
                    static_cast<double>(columns - 1) * bands.column_s <= audio.duration_s;
  if (!fits) return stretches;
  const auto length = static_cast<std::size_t>(length_columns);
  const auto step =
      static_cast<std::size_t>(std::max(1.0, std::round(static_cast<double>(length) * kStepShare)));
  const ColumnSums sums = sum_columns(bands, columns);
  for (std::size_t from = 0; from + length <= columns; from += step) {
    const std::size_t to = from + length;
    const double active = sums.active[to] - sums.active[from];
    if (active < kLeastActiveShare * static_cast<double>(length) || active < 1.0) continue;
    ToneStretch stretch;
    const auto begin_s = static_cast<double>(from) * bands.column_s;
    const double end_s = std::min(static_cast<double>(to) * bands.column_s, audio.duration_s);
    const double quarter_s = (end_s - begin_s) / 4.0;
    stretch.when = {from == 0 ? 0.0 : begin_s + quarter_s,
                    from + length + step > columns ? end_s : end_s - quarter_s};
    stretch.level_dbfs = mean_levels(sums, from, to);
    stretch.relative_db = around_middle(stretch.level_dbfs);
    stretches.push_back(stretch);
  }
  return stretches;
}

BandLevels usual_levels(const std::vector<ToneStretch>& stretches, BandLevels ToneStretch::*which) {
  BandLevels usual{};
  usual.fill(kUnknown);
  for (std::size_t band = 0; band < kBands; ++band) {
    std::vector<double> values;
    for (const ToneStretch& stretch : stretches)
      if (std::isfinite((stretch.*which)[band])) values.push_back((stretch.*which)[band]);
    if (values.empty()) continue;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    usual[band] = *middle;
  }
  return usual;
}

}  // namespace lacquer
