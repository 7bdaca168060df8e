#include "judge/tone.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "judge/tone_bursts.h"

namespace lacquer {
namespace {

// The words of the vocabulary that are faults when they apply.
constexpr std::array<std::string_view, 7> kFaultTerms = {"boomy", "muddy", "boxy", "nasal",
                                                         "harsh", "dull",  "thin"};
constexpr double kRangeSlack = 1.01;
constexpr std::size_t kMiddleBand = 15;  // 630 Hz

const VocabularyTerm* find_term(const Knowledge& known, std::string_view id) {
  for (const VocabularyTerm& term : known.vocabulary)
    if (term.id == id) return &term;
  return nullptr;
}

// A target to judge against. The worse it fits, the more it tolerates.
struct Against {
  const TargetCurve* curve = nullptr;
  double leniency = 1.0;  // factor of its tolerance
};

// One fault in the making: what its term asks of levels.
class Search {
 public:
  Search(const VocabularyTerm& term, const TonalRules& rules)
      : sign_(term.names == WordState::kDeficiency ? -1.0 : 1.0) {
    const auto& broad = rules.broad;
    const double least_hz = sign_ < 0.0 ? std::max(term.low_hz, broad.shortage_from_hz) : term.low_hz;
    for (std::size_t band = 0; band < kTargetBands; ++band)
      if (is_in_range(band, least_hz, term.high_hz)) bands_.push_back(band);
    const double run = term.high_hz <= broad.low_hz ? broad.low_bands : broad.bands;
    run_ = std::min(bands_.size(), static_cast<std::size_t>(std::max(1.0, run)));
  }

  struct Run {
    double over_db = -HUGE_VAL;  // the least among its bands, beyond the tolerance
    std::size_t first = 0;       // in bands_
  };
  // The neighbouring bands that lie furthest beyond the tolerance.
  Run worst(const BandLevels& levels, const Against& target) const {
    Run best;
    for (std::size_t first = 0; first + run_ <= bands_.size() && run_ > 0; ++first)
      if (const double over = over_db(levels, target, first); over > best.over_db) best = {over, first};
    return best;
  }
  double over_db(const BandLevels& levels, const Against& target, std::size_t first) const {
    return least(first, [&](std::size_t band) {
      return sign_ * (levels[band] - target.curve->level_db[band]) -
             target.leniency * target.curve->tolerance_db[band];
    });
  }
  // By how much all bands of the run stand above what is usual.
  double above(const BandLevels& levels, const BandLevels& usual, std::size_t first) const {
    return least(first, [&](std::size_t band) { return levels[band] - usual[band]; });
  }
  double mean_deviation_db(const BandLevels& levels, const TargetCurve& curve, std::size_t first) const {
    double sum = 0.0;
    for (std::size_t i = first; i < first + run_; ++i) sum += levels[bands_[i]] - curve.level_db[bands_[i]];
    return sum / static_cast<double>(run_);
  }
  double mean_tolerance_db(const TargetCurve& curve, std::size_t first) const {
    double sum = 0.0;
    for (std::size_t i = first; i < first + run_; ++i) sum += curve.tolerance_db[bands_[i]];
    return sum / static_cast<double>(run_);
  }
  // How far the run deviates beyond the bands beside it; of a shortage, those on the side of the middle.
  double prominence_db(const BandLevels& levels, const TargetCurve& curve, std::size_t first,
                       std::size_t neighbours) const {
    const std::size_t low = bands_[first];
    const std::size_t high = bands_[first + run_ - 1];
    const bool below_middle = high < kMiddleBand;
    double sum = 0.0;
    int count = 0;
    for (std::size_t band = 0; band < kTargetBands; ++band) {
      const bool under = band < low && band + neighbours >= low;
      const bool over = band > high && band <= high + neighbours;
      if (!(sign_ > 0.0 ? under || over : (below_middle ? over : under))) continue;
      const double deviation = levels[band] - curve.level_db[band];
      if (std::isfinite(deviation)) sum += deviation, ++count;
    }
    return count == 0 ? 0.0 : sign_ * (mean_deviation_db(levels, curve, first) - sum / count);
  }
  double centre_hz(std::size_t first) const {
    return std::sqrt(target_band_hz(static_cast<int>(bands_[first])) *
                     target_band_hz(static_cast<int>(bands_[first + run_ - 1])));
  }
  bool is_shortage() const { return sign_ < 0.0; }
  std::size_t runs() const { return bands_.size() < run_ || run_ == 0 ? 0 : bands_.size() - run_ + 1; }

 private:
  template <class Value>
  double least(std::size_t first, Value value) const {
    double lowest = HUGE_VAL;
    for (std::size_t i = first; i < first + run_; ++i) {
      const double here = value(bands_[i]);
      lowest = std::isfinite(here) ? std::min(lowest, here) : -HUGE_VAL;
    }
    return lowest;
  }

  double sign_;
  std::vector<std::size_t> bands_;
  std::size_t run_ = 0;
};

// The stretches of a piece with what is usual among them.
struct Stretches {
  std::vector<ToneStretch> all;
  BandLevels usual_relative_db{};
  BandLevels usual_dbfs{};
};

// Neighbouring stretches follow each other without gap; those that touch become one.
void add_time(std::vector<TimeRange>& times, const TimeRange& when) {
  constexpr double kTouching = 1e-6;
  if (!times.empty() && when.from_s <= times.back().to_s + kTouching)
    times.back().to_s = std::max(times.back().to_s, when.to_s);
  else
    times.push_back(when);
}

// An excess or a shortage somewhere in the piece.
struct Spot {
  double over_db = -HUGE_VAL;
  double deviation_db = 0.0;
  double usual_db = 0.0;
  double prominence_db = 0.0;
  std::size_t first = 0;
  TimeRange when;
};
struct AtTimes {
  Spot worst;
  std::vector<TimeRange> when;
};

Spot spot_at(const Search& search, const Against& target, const BandLevels& levels, std::size_t first,
             const TonalRules& rules) {
  const auto neighbours = static_cast<std::size_t>(std::max(1.0, rules.words.neighbour_bands));
  Spot spot;
  spot.over_db = search.over_db(levels, target, first);
  spot.deviation_db = search.mean_deviation_db(levels, *target.curve, first);
  spot.usual_db = search.mean_tolerance_db(*target.curve, first);
  spot.prominence_db = search.prominence_db(levels, *target.curve, first, neighbours);
  spot.first = first;
  return spot;
}

// Where in one stretch an excess stands out most from the target and from the rest of the piece.
Spot search_stretch(const Search& search, const Against& target, const ToneStretch& stretch,
                    const Stretches& stretches, const TonalRules& rules) {
  const auto& limits = rules.at_times;
  Spot found;
  for (std::size_t first = 0; first < search.runs(); ++first) {
    const double over = search.over_db(stretch.relative_db, target, first);
    if (over > limits.over_tolerance_db.look && over > found.over_db &&
        search.above(stretch.relative_db, stretches.usual_relative_db, first) > limits.contrast_db &&
        search.above(stretch.level_dbfs, stretches.usual_dbfs, first) > limits.rise_db)
      found = spot_at(search, target, stretch.relative_db, first, rules);
  }
  found.when = stretch.when;
  return found;
}

// The times in which an excess stands out, as far as they last.
AtTimes search_stretches(const Search& search, const Against& target, const Stretches& stretches,
                         const TonalRules& rules) {
  std::vector<Spot> spots;
  AtTimes found;
  for (const ToneStretch& stretch : stretches.all) {
    const Spot spot = search_stretch(search, target, stretch, stretches, rules);
    if (!(spot.over_db > rules.at_times.over_tolerance_db.look)) continue;
    spots.push_back(spot);
    add_time(found.when, spot.when);
  }
  std::erase_if(found.when,
                [&](const TimeRange& range) { return range.to_s - range.from_s < rules.at_times.least_s; });
  for (const Spot& spot : spots)
    for (const TimeRange& range : found.when)
      if (spot.when.from_s >= range.from_s && spot.when.to_s <= range.to_s &&
          spot.over_db > found.worst.over_db)
        found.worst = spot;
  return found;
}

// The stretches in which the run that is wrong on the whole is beyond the tolerance.
std::vector<TimeRange> when_over(const Search& search, const Against& target, std::size_t first,
                                 const Stretches& stretches) {
  std::vector<TimeRange> times;
  for (const ToneStretch& stretch : stretches.all)
    if (search.over_db(stretch.relative_db, target, first) > 0.0) add_time(times, stretch.when);
  return times;
}

// The whole image, and its middle alone.
struct AverageLevels {
  BandLevels image{};
  BandLevels centre{};
};

// How far the whole lies beyond the tolerance. What only the sides have is a matter of width: where the
// middle of the image has less of it, both count for one half, and where it has none of it, there is no
// fault. Of a shortage the middle may have a little less.
double on_the_whole_db(const Search& search, const AverageLevels& average, const Against& target,
                       const TonalRules& rules) {
  const double image_db = search.worst(average.image, target).over_db;
  const double centre_db = search.worst(average.centre, target).over_db +
                           (search.is_shortage() ? rules.broad.shortage_centre_db : 0.0);
  return image_db > 0.0 && centre_db > 0.0 ? std::min(image_db, (image_db + centre_db) / 2.0) : -HUGE_VAL;
}

// To be fixed is only what every target that may be meant finds too much, and most of them far too much.
bool is_to_be_fixed(const Search& search, const AverageLevels& average, const std::vector<Against>& targets,
                    const TonalRules& rules) {
  std::size_t far = 0;
  for (const Against& target : targets) {
    const double over_db = on_the_whole_db(search, average, target, rules);
    if (!(over_db > 0.0)) return false;
    if (over_db > rules.broad.over_tolerance_db.fix) ++far;
  }
  return 2 * far > targets.size();
}

// The same of a passage.
bool is_to_be_fixed_at_times(const Search& search, const std::vector<Against>& targets,
                             const Stretches& stretches, const TonalRules& rules) {
  if (search.is_shortage()) return false;
  std::size_t far = 0;
  for (const Against& target : targets) {
    const double over_db = search_stretches(search, target, stretches, rules).worst.over_db;
    if (!(over_db > 0.0)) return false;
    if (over_db > rules.at_times.over_tolerance_db.fix) ++far;
  }
  return 2 * far > targets.size();
}

std::optional<ToneFault> judge_term(const VocabularyTerm& term, const AverageLevels& average,
                                    const std::vector<Against>& targets, const Stretches& stretches,
                                    const TonalRules& rules) {
  const Search search(term, rules);
  const auto& limits = rules.broad.over_tolerance_db;
  for (const Against& target : targets) {  // the best one that says so is the one to speak of
    const bool chosen = &target == &targets.front();
    const double whole_db = on_the_whole_db(search, average, target, rules) - limits.look;
    // What is wrong only at times, and only against a target that was not chosen, is too little to speak of.
    AtTimes at_times;
    if (chosen && !search.is_shortage()) at_times = search_stretches(search, target, stretches, rules);
    const double times_db = at_times.worst.over_db - rules.at_times.over_tolerance_db.look;
    const double beyond_db = std::max(whole_db, times_db);
    if (!(beyond_db > 0.0)) continue;
    Spot worst = at_times.worst;
    if (whole_db >= times_db)
      worst = spot_at(search, target, average.image, search.worst(average.image, target).first, rules);
    ToneFault found;
    found.term = &term;
    found.at_times = !(whole_db > 0.0);
    found.second_target = !chosen;
    const bool fix = is_to_be_fixed(search, average, targets, rules) ||
                     is_to_be_fixed_at_times(search, targets, stretches, rules);
    found.severity = fix ? Severity::kFix : Severity::kLook;
    found.first_passes =
        !chosen && !found.at_times && !(on_the_whole_db(search, average, targets.front(), rules) > 0.0);
    found.deviation_db = worst.deviation_db;
    found.usual_db = worst.usual_db;
    found.over_db = beyond_db + limits.look;
    found.hz = search.centre_hz(worst.first);
    // How far beyond `fix` it lies no longer counts: how much it stands out from what is beside it does.
    found.rank = std::min(found.over_db, limits.fix) +
                 rules.words.prominence * std::min(worst.prominence_db, rules.words.most_prominence_db) -
                 (search.is_shortage() ? rules.broad.shortage_handicap_db : 0.0) -
                 (found.at_times ? rules.at_times.handicap_db : 0.0) -
                 (chosen ? 0.0 : rules.broad.second_target_handicap_db);
    found.target = target.curve->name;
    found.when = at_times.when.empty() ? when_over(search, target, worst.first, stretches) : at_times.when;
    return found;
  }
  return std::nullopt;
}

BandLevels deviation_from(const BandLevels& levels, const TargetCurve& curve) {
  BandLevels deviation = levels;
  for (std::size_t band = 0; band < deviation.size(); ++band) deviation[band] -= curve.level_db[band];
  return deviation;
}

double common_lift_db(const Tone& tone) {
  const auto low = mean_in_range(tone.deviation_db, 40.0, 125.0);
  const auto high = mean_in_range(tone.deviation_db, 6000.0, 12000.0);
  return tone.drums > 0.0 && low && high ? std::max(0.0, std::min(*low, *high)) : 0.0;
}

// Where between the two frequencies the excess, in tolerances, is highest; smoothed over three bands, so that
// one note does not decide.
std::optional<double> excess_peak_hz(const Tone& tone, double low_hz, double high_hz) {
  const auto excess = [&](std::size_t band) {
    return tone.deviation_db[band] / tone.choice.target->curve.tolerance_db[band];
  };
  double most = -HUGE_VAL;
  std::optional<double> peak_hz;
  for (std::size_t band = 1; band + 1 < tone.deviation_db.size(); ++band) {
    if (!is_in_range(band, low_hz, high_hz)) continue;
    const double here = 0.25 * excess(band - 1) + 0.5 * excess(band) + 0.25 * excess(band + 1);
    if (here > most) most = here, peak_hz = target_band_hz(static_cast<int>(band));
  }
  return peak_hz;
}

// Of two words whose ranges overlap and which both apply, the one on whose side of the overlap's middle the
// excess is highest is the better name: 125 Hz is muddy, 100 Hz boomy, though both words reach there.
void settle_overlaps(Tone& tone) {
  if (!tone.choice.target) return;
  for (ToneFault& lower : tone.faults)
    for (ToneFault& upper : tone.faults) {
      const VocabularyTerm& low = *lower.term;
      const VocabularyTerm& high = *upper.term;
      const bool overlap = low.low_hz < high.low_hz && high.low_hz < low.high_hz;
      const bool by_level = low.measured_by == "level" && high.measured_by == "level";
      if (!overlap || !by_level || lower.deviation_db < 0.0 || upper.deviation_db < 0.0) continue;
      const auto peak_hz = excess_peak_hz(tone, low.low_hz, high.high_hz);
      if (!peak_hz) continue;
      const bool upper_leads = *peak_hz > std::sqrt(high.low_hz * low.high_hz);
      if (upper_leads == (upper.rank >= lower.rank)) continue;
      std::swap(lower.rank, upper.rank);
    }
}

}  // namespace

bool is_in_range(std::size_t band, double low_hz, double high_hz) {
  const double hz = target_band_hz(static_cast<int>(band));
  return hz * kRangeSlack >= low_hz && hz <= high_hz * kRangeSlack;
}

std::optional<double> mean_in_range(const BandLevels& levels, double low_hz, double high_hz) {
  double sum = 0.0;
  int count = 0;
  for (std::size_t band = 0; band < levels.size(); ++band)
    if (is_in_range(band, low_hz, high_hz) && std::isfinite(levels[band])) sum += levels[band], ++count;
  if (count == 0) return std::nullopt;
  return sum / count;
}

bool is_steady_resonance(const Resonance& resonance, const TonalRules::Resonance& rules) {
  return std::isfinite(resonance.hz) && resonance.hz > 0.0 && std::isfinite(resonance.excess_db) &&
         resonance.excess_db >= rules.excess_db && resonance.width_octaves <= rules.width_octaves &&
         resonance.persistence >= rules.persistence && resonance.drift_octaves <= rules.drift_octaves;
}

const ToneFault* Tone::fault(std::string_view id) const {
  for (const ToneFault& fault : faults)
    if (fault.term->id == id) return &fault;
  return nullptr;
}

Tone hear_tone(const Measurements& audio, const Circumstances& circumstances, const Knowledge& known) {
  Tone tone;
  const BandLevels levels = average_levels(audio);
  tone.choice = choose_target(audio, levels, circumstances, known);
  tone.drums = percussion(audio, known.tonal);
  tone.deviation_db = levels;
  if (tone.choice.target) {
    const TonalRules& rules = known.tonal;
    tone.deviation_db = deviation_from(levels, tone.choice.target->curve);
    tone.lift_db = common_lift_db(tone);
    std::vector<Against> targets = {{&tone.choice.target->curve}};
    // Percussion lifts both ends: where the rhythm speaks against drums, to lack what a target with drums has
    // there is no shortage.
    std::vector<Against> for_shortages = targets;
    for (const NearTarget& other : tone.choice.near) {
      targets.push_back({&other.curve, 1.0 + other.misfit});
      if (tone.drums >= 0.0 || !other.curve.percussive) for_shortages.push_back(targets.back());
    }
    Stretches stretches{tone_stretches(audio, rules.at_times.stretch_s), {}, {}};
    stretches.usual_relative_db = usual_levels(stretches.all, &ToneStretch::relative_db);
    stretches.usual_dbfs = usual_levels(stretches.all, &ToneStretch::level_dbfs);
    for (const std::string_view id : kFaultTerms) {
      const VocabularyTerm* term = find_term(known, id);
      if (!term) continue;
      const bool shortage = term->names == WordState::kDeficiency;
      auto fault = judge_term(*term, {levels, centre_levels(audio)}, shortage ? for_shortages : targets,
                              stretches, rules);
      if (!fault) continue;
      if (fault->second_target) fault->certainty *= rules.certainty.one_target;
      tone.faults.push_back(std::move(*fault));
    }
  }
  if (const VocabularyTerm* sibilant = find_term(known, "sibilant"))
    if (auto fault = judge_bursts(audio, *sibilant, tone.deviation_db, known.tonal))
      tone.faults.push_back(std::move(*fault));
  // What resembles no record (speech, noise, one sound) has no tone to be mended after one.
  if (tone.choice.unlike)
    for (ToneFault& fault : tone.faults) {
      fault.certainty *= known.tonal.certainty.unlike;
      fault.severity = Severity::kLook;
    }
  settle_overlaps(tone);
  std::stable_sort(tone.faults.begin(), tone.faults.end(),
                   [](const ToneFault& a, const ToneFault& b) { return a.rank > b.rank; });
  return tone;
}

}  // namespace lacquer
