#include "report/departures.h"

#include <cmath>

namespace lacquer {
namespace {

constexpr double kNoFaultBelow_hz = 60.0;
// Below lies what rumble is measured by, above what encoders and converters leave of the last band.
constexpr double kLowest_hz = 30.0;
constexpr double kHighest_hz = 17000.0;

const ThirdOctave* band_at(const std::vector<ThirdOctave>& bands, double hz) {
  for (const ThirdOctave& band : bands) {
    // A nominal centre lies within 1.6 % of the exact one, the next one 26 % away.
    if (band.hz > hz * 0.95 && band.hz < hz * 1.05 && band.level_db && std::isfinite(*band.level_db))
      return &band;
  }
  return nullptr;
}

}  // namespace

std::vector<BandDeparture> departures(const std::vector<ThirdOctave>& bands, const TargetCurve& target) {
  std::vector<BandDeparture> out;
  for (int i = 0; i < kTargetBands; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const ThirdOctave* band = band_at(bands, target_band_hz(i));
    const double tolerance = target.tolerance_db[at];
    if (band == nullptr || !std::isfinite(target.level_db[at]) || !std::isfinite(tolerance)) continue;
    const double deviation = *band->level_db - target.level_db[at];
    const bool is_missing_sub = deviation < 0.0 && band->hz < kNoFaultBelow_hz;
    const bool is_judged = band->hz > kLowest_hz && band->hz < kHighest_hz && !is_missing_sub;
    out.push_back(
        {band->hz, target.level_db[at], deviation, tolerance, is_judged && std::abs(deviation) > tolerance});
  }
  return out;
}

std::vector<DepartureRun> departure_runs(const std::vector<BandDeparture>& bands) {
  std::vector<DepartureRun> runs;
  bool open = false;
  for (const BandDeparture& band : bands) {
    if (!band.outside) {
      open = false;
      continue;
    }
    if (!open || (runs.back().peak.deviation_db > 0.0) != (band.deviation_db > 0.0))
      runs.push_back({band.hz, band.hz, band});
    open = true;
    DepartureRun& run = runs.back();
    run.high_hz = band.hz;
    if (std::abs(band.deviation_db) > std::abs(run.peak.deviation_db)) run.peak = band;
  }
  return runs;
}

std::vector<Word> standing_out(const std::vector<Word>& words) {
  std::vector<Word> out;
  for (const Word& word : words) {
    const bool drawable = std::isfinite(word.low_hz) && std::isfinite(word.high_hz) && word.low_hz > 0.0 &&
                          word.high_hz > word.low_hz && std::isfinite(word.deviation_db);
    if (word.state != WordState::kNormal && drawable) out.push_back(word);
  }
  return out;
}

}  // namespace lacquer
