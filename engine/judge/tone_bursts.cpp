#include "judge/tone_bursts.h"

#include <algorithm>
#include <cmath>

namespace lacquer {
namespace {

constexpr double kMostColumns = 1e6;
constexpr double kMostOver = 1.25;      // beyond this it no longer matters for the order
constexpr double kMostPerMinute = 1e6;  // what is beyond is no measurement

// Bursts a minute in the stretch of `columns` that begins at `first`.
double rate_at(const std::vector<float>& series, std::size_t first, std::size_t columns, double length_s) {
  double count = 0.0;
  for (std::size_t i = first; i < std::min(first + columns, series.size()); ++i)
    if (std::isfinite(series[i])) count += std::clamp(static_cast<double>(series[i]), 0.0, 1e6);
  return count * 60.0 / length_s;
}

}  // namespace

BurstRates burst_rates(const Measurements& audio, const TonalRules& rules) {
  BurstRates rates;
  if (!audio.spectrum) return rates;
  const BurstResult& bursts = audio.spectrum->bursts;
  if (bursts.per_minute && std::abs(*bursts.per_minute) < kMostPerMinute)
    rates.per_minute = *bursts.per_minute;
  if (!(bursts.column_s > 0.0) || !std::isfinite(bursts.column_s)) return rates;
  const double stretch_columns = std::max(1.0, std::round(rules.bursts.stretch_s / bursts.column_s));
  const double length_s = stretch_columns * bursts.column_s;
  if (!(audio.duration_s >= length_s && stretch_columns < kMostColumns)) return rates;
  const auto columns = static_cast<std::size_t>(stretch_columns);
  std::vector<double> of_stretch(bursts.series.size());
  for (std::size_t first = 0; first < of_stretch.size(); ++first) {
    of_stretch[first] = rate_at(bursts.series, first, columns, length_s);
    rates.busiest_per_minute =
        std::max(rates.busiest_per_minute, std::min(of_stretch[first], kMostPerMinute));
  }
  const double limit = rates.busiest_per_minute > rules.bursts.stretch_per_minute.look
                           ? rules.bursts.stretch_per_minute.look
                           : rules.bursts.per_minute.look;
  for (std::size_t first = 0; first < of_stretch.size(); ++first) {
    if (!(of_stretch[first] > limit)) continue;
    const double from_s = static_cast<double>(first) * bursts.column_s;
    const double to_s = std::min(from_s + length_s, audio.duration_s);
    if (to_s <= from_s) continue;
    if (!rates.busy_when.empty() && from_s <= rates.busy_when.back().to_s)
      rates.busy_when.back().to_s = to_s;
    else
      rates.busy_when.push_back({from_s, to_s});
  }
  return rates;
}

std::optional<ToneFault> judge_bursts(const Measurements& audio, const VocabularyTerm& sibilant,
                                      const BandLevels& deviation_db, const TonalRules& rules) {
  const BurstRates rates = burst_rates(audio, rules);
  // How far on the way from `look` to `fix`, or beyond.
  const auto progress = [](double rate, const TonalRules::Limits& limits) {
    return (rate - limits.look) / std::max(limits.fix - limits.look, 1e-9);
  };
  const double whole = rates.per_minute ? progress(*rates.per_minute, rules.bursts.per_minute) : -HUGE_VAL;
  const double busiest = progress(rates.busiest_per_minute, rules.bursts.stretch_per_minute);
  const double strongest = std::max(whole, busiest);
  if (!(strongest > 0.0)) return std::nullopt;
  const auto& broad = rules.broad.over_tolerance_db;
  ToneFault fault;
  fault.term = &sibilant;
  fault.severity = strongest > 1.0 ? Severity::kFix : Severity::kLook;
  fault.deviation_db = mean_in_range(deviation_db, sibilant.low_hz, sibilant.high_hz).value_or(0.0);
  fault.hz = std::sqrt(sibilant.low_hz * sibilant.high_hz);
  fault.at_times = true;
  fault.when = rates.busy_when;
  // On the scale of the other faults, so that they can be put in one order.
  fault.over_db = broad.look + strongest * (broad.fix - broad.look);
  // A burst stands out from all that is around it: as much again as it is over. What is so at times only
  // comes after what is so throughout.
  const auto rank = [&](double way) {
    return 2.0 * std::min(broad.look + way * (broad.fix - broad.look), kMostOver * broad.fix);
  };
  fault.rank = std::max(whole > 0.0 ? rank(whole) : -HUGE_VAL, rank(busiest) - rules.at_times.handicap_db);
  return fault;
}

}  // namespace lacquer
