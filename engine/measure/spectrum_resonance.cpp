#include "measure/spectrum_resonance.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "measure/loudness_meter.h"

namespace lacquer {

namespace {

constexpr int kHalfOctave = kBandsPerOctave / 2;
constexpr int kFirstBand = 8;  // 29 Hz: the lowest with half an octave of bands below it that mean something
constexpr int kEndBand = kBands - kHalfOctave;  // 15 kHz
constexpr int kNear = 4;                        // a third of an octave
constexpr double kFloorDb = -150.0;
constexpr double kLeastExcessDb = 3.0;
constexpr double kLeastFallDb = 3.0;  // within kNear on both sides: the edge of a shelf is no bump
constexpr double kLeastPersistence = 0.3;
constexpr std::size_t kMostResonances = 12;
constexpr double kOctavesPerBand = 0.0830482;  // 1 / (40 lg 2)

using Levels = std::array<double, kBands>;

Levels levels_of(std::span<const BandPower> bands) {
  Levels levels;
  for (std::size_t b = 0; b < kBands; ++b)
    levels[b] = std::max(kFloorDb, power_to_db(bands[b].both()).value_or(kFloorDb));
  return levels;
}

// R(f); one octave is twelve bands, so the two at its ends count half.
double excess(const Levels& levels, int band) {
  const auto at = [&](int b) { return levels[static_cast<std::size_t>(b)]; };
  double sum = (at(band - kHalfOctave) + at(band + kHalfOctave)) / 2.0;
  for (int b = band - kHalfOctave + 1; b < band + kHalfOctave; ++b) sum += at(b);
  return at(band) - sum / kBandsPerOctave;
}

bool is_peak(const Levels& levels, int band) {
  const auto* here = levels.data() + band;
  if (here[0] < here[-1] || here[0] <= here[1]) return false;
  const double below = *std::min_element(here - kNear, here);
  const double above = *std::min_element(here + 1, here + kNear + 1);
  return here[0] - std::max(below, above) >= kLeastFallDb;
}

double percentile(std::vector<double> values, double share) {
  const auto index = static_cast<std::ptrdiff_t>(std::lround(static_cast<double>(values.size() - 1) * share));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

}  // namespace

void ResonanceMeter::on_block(const SpectrumBlock& block) {
  bands_below_nyquist_ = block.bands_below_nyquist;
  if (blocks_ == 0) from_s_ = block.from_s;
  to_s_ = block.to_s;
  for (std::size_t b = 0; b < kBands; ++b) sum_[b] += block.bands[b];
  power_ += std::isfinite(block.loudness_lufs) ? power_of_loudness(block.loudness_lufs) : 0.0;
  if (++blocks_ == kBlocksPerSecond) end_second();
}

void ResonanceMeter::end_second() {
  if (const auto loudness = loudness_of_power(power_ / blocks_)) {
    Second second{from_s_, to_s_, *loudness, {}, {}};
    const Levels levels = levels_of(sum_);
    for (int b = kFirstBand; b < std::min(kEndBand, bands_below_nyquist_ - kHalfOctave); ++b) {
      if (excess(levels, b) < kThresholdDb) continue;
      second.above.set(static_cast<std::size_t>(b));
      if (is_peak(levels, b)) second.peaks.set(static_cast<std::size_t>(b));
    }
    seconds_.push_back(second);
  }
  sum_ = {};
  power_ = 0.0;
  blocks_ = 0;
}

void ResonanceMeter::report(std::span<const BandPower> average, double gate_lufs,
                            SpectrumResult& into) const {
  std::vector<const Second*> active;
  for (const Second& second : seconds_)
    if (second.loudness_lufs > gate_lufs) active.push_back(&second);
  if (active.empty()) return;
  const Levels levels = levels_of(average);
  for (int b = kFirstBand; b < std::min(kEndBand, bands_below_nyquist_ - kHalfOctave); ++b) {
    const double excess_db = excess(levels, b);
    const auto above = std::count_if(active.begin(), active.end(), [&](const Second* second) {
      return second->above.test(static_cast<std::size_t>(b));
    });
    into.resonance_map.push_back(
        {band_centre_hz(b), excess_db, static_cast<double>(above) / static_cast<double>(active.size())});
    if (excess_db < kLeastExcessDb || !is_peak(levels, b)) continue;
    Resonance resonance = describe(b, excess_db, active);
    if (resonance.persistence < kLeastPersistence) continue;
    const auto* here = levels.data() + b;
    // The top of the parabola through three bands.
    const double bend = here[-1] - 2.0 * here[0] + here[1];
    const double shift = bend < 0.0 ? std::clamp(0.5 * (here[-1] - here[1]) / bend, -0.5, 0.5) : 0.0;
    resonance.hz = band_centre_hz(b) * std::exp2(shift * kOctavesPerBand);
    int width = 1;
    for (int w = 1; w < kNear && here[w] > here[0] - 3.0; ++w) ++width;
    for (int w = 1; w < kNear && here[-w] > here[0] - 3.0; ++w) ++width;
    resonance.width_octaves = width * kOctavesPerBand;
    into.resonances.push_back(resonance);
  }
  std::stable_sort(into.resonances.begin(), into.resonances.end(),
                   [](const Resonance& a, const Resonance& b) { return a.excess_db > b.excess_db; });
  if (into.resonances.size() > kMostResonances) into.resonances.resize(kMostResonances);
}

// A bump between two bands falls now on one, now on the other: either neighbour counts.
Resonance ResonanceMeter::describe(int band, double excess_db,
                                   const std::vector<const Second*>& active) const {
  Resonance resonance;
  resonance.excess_db = excess_db;
  std::vector<double> places;
  int holds = 0;
  const auto at = static_cast<std::size_t>(band);
  for (const Second* second : active) {
    for (int d = 0; d <= kNear; ++d) {
      const bool below = second->peaks.test(at - static_cast<std::size_t>(d));
      const bool above = second->peaks.test(at + static_cast<std::size_t>(d));
      if (!below && !above) continue;
      places.push_back(below == above ? 0.0 : below ? -d : d);
      break;
    }
    if (!second->above.test(at) && !second->above.test(at - 1) && !second->above.test(at + 1)) continue;
    ++holds;
    if (!resonance.when.empty() && second->from_s - resonance.when.back().to_s < 0.1)
      resonance.when.back().to_s = second->to_s;
    else if (resonance.when.size() < 100)
      resonance.when.push_back({second->from_s, second->to_s});
  }
  resonance.persistence = holds / static_cast<double>(active.size());
  if (!places.empty())
    resonance.drift_octaves = (percentile(places, 0.9) - percentile(places, 0.1)) * kOctavesPerBand;
  return resonance;
}

}  // namespace lacquer
