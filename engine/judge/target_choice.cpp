#include "judge/target_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "judge/kind_of_sound.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

// Added before taking logarithms, so that a piece without onsets or range stays finite.
constexpr double kLeastOnsets = 0.3;
constexpr double kLeastRangeLu = 1.0;

double octaves_over(double value, double reference, double least) {
  return std::log2((std::max(0.0, value) + least) / (reference + least));
}

std::optional<double> finite(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> onset_rate(const Measurements& audio) {
  return audio.dynamics ? finite(audio.dynamics->onsets_per_second) : std::nullopt;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

// By how much the levels from `from_hz` up to `to_hz` stand higher than the curve as a whole, within the
// shift that is allowed.
double shift_db(const BandLevels& levels, const TargetCurve& curve, double from_hz, double to_hz,
                double allowed_db) {
  std::vector<double> deviations;
  for (std::size_t band = 0; band < levels.size(); ++band) {
    const double hz = target_band_hz(static_cast<int>(band));
    const double deviation = levels[band] - curve.level_db[band];
    if (hz >= from_hz && hz < to_hz && std::isfinite(deviation)) deviations.push_back(deviation);
  }
  return std::clamp(median(std::move(deviations)), -allowed_db, allowed_db);
}

// Mean over the bands, in tolerances; each band counts as `most` at most.
double distance(const BandLevels& levels, const TargetCurve& curve, double most) {
  double sum = 0.0;
  int count = 0;
  for (std::size_t band = 0; band < levels.size(); ++band) {
    const double off = std::abs(levels[band] - curve.level_db[band]) / curve.tolerance_db[band];
    if (std::isfinite(off)) sum += std::min(off, most), ++count;
  }
  return count > 0 ? sum / count : most;
}

// The same of the shape: lows and highs that stand higher or lower as a whole are what a fault does, and that
// must not choose the target which excuses it.
double shape_distance(const BandLevels& levels, const TargetCurve& curve, const TonalRules::Choice& rules) {
  constexpr double kEnd = std::numeric_limits<double>::infinity();
  const double low_db = shift_db(levels, curve, 0.0, rules.low_hz, rules.shift_db);
  const double high_db = shift_db(levels, curve, rules.high_hz, kEnd, rules.shift_db);
  BandLevels shape = levels;
  for (std::size_t band = 0; band < shape.size(); ++band) {
    const double hz = target_band_hz(static_cast<int>(band));
    shape[band] -= (hz < rules.low_hz ? low_db : 0.0) + (hz >= rules.high_hz ? high_db : 0.0);
  }
  return distance(shape, curve, rules.most_distance);
}

std::string explain(const Measurements& audio, double drums, const TargetCurve& best,
                    const std::vector<NearTarget>& near) {
  std::string why;
  const auto onsets = onset_rate(audio);
  const auto range = finite(audio.loudness.range_lu);
  if (onsets && range)
    why = prose::decimal(*onsets) + " onsets a second and a loudness range of " + prose::lu(*range) +
          (drums > 0.0 ? " speak for music with drums" : " speak for music without drums") +
          ((drums > 0.0) == best.percussive ? ", and its shape comes nearest."
                                            : ", but its shape comes so much nearer that it decides.");
  else
    why = "Its shape comes nearest; the rhythm is not known.";
  for (const NearTarget& other : near) why += " The target " + other.curve.name + " fits nearly as well.";
  return why;
}

}  // namespace

double percussion(const Measurements& audio, const TonalRules& rules) {
  const auto onsets = onset_rate(audio);
  const auto range = finite(audio.loudness.range_lu);
  double octaves = 0.0;
  if (onsets) octaves += octaves_over(*onsets, rules.choice.onsets_per_second, kLeastOnsets);
  if (range) octaves -= octaves_over(*range, rules.choice.range_lu, kLeastRangeLu);
  return std::clamp(octaves / rules.choice.octaves, -1.0, 1.0);
}

TargetChoice choose_target(const Measurements& audio, const BandLevels& levels,
                           const Circumstances& circumstances, const Knowledge& known) {
  TargetChoice choice;
  if (std::none_of(levels.begin(), levels.end(), [](double level) { return std::isfinite(level); }))
    return choice;
  const auto& rules = known.tonal.choice;
  const auto resembles_none = [&](const TargetCurve& curve) {
    return heard_instead_of_music(audio, known.tonal) ||
           distance(levels, curve, std::numeric_limits<double>::infinity()) > rules.unlike;
  };
  if (circumstances.target) {
    choice.target = circumstances.target;
    choice.unlike = resembles_none(circumstances.target->curve);
    return choice;
  }
  struct Rated {
    double cost = 0.0;
    double shape = 0.0;
    const TargetCurve* curve = nullptr;
  };
  const double drums = percussion(audio, known.tonal);
  std::vector<Rated> rated;
  for (const TargetCurve& curve : known.targets) {
    const double shape = shape_distance(levels, curve, rules);
    rated.push_back({shape + (curve.percussive ? 0.0 : rules.rhythm_weight * drums), shape, &curve});
  }
  std::stable_sort(rated.begin(), rated.end(),
                   [](const Rated& a, const Rated& b) { return a.cost < b.cost; });
  if (rated.empty()) return choice;
  for (std::size_t i = 1; i < rated.size(); ++i)
    if (rated[i].cost - rated[0].cost <= rules.near)
      choice.near.push_back({*rated[i].curve, std::max(0.0, rated[i].shape - rated[0].shape)});
  choice.target = ChosenTarget{ChosenTarget::Origin::kGuessed, *rated[0].curve,
                               explain(audio, drums, *rated[0].curve, choice.near)};
  choice.unlike = resembles_none(*rated[0].curve);
  return choice;
}

}  // namespace lacquer
