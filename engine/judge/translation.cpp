#include "judge/translation.h"

#include <algorithm>
#include <cmath>

#include "judge/translation_prose.h"

namespace lacquer {
namespace {

using Columns = std::vector<std::size_t>;

struct Loudness {
  double on_system = 0.0;
  double on_reference = 0.0;
  std::optional<double> share() const {
    if (!(on_reference > 0.0)) return std::nullopt;
    return std::min(1.0, on_system / on_reference);
  }
};

// A band counts no more than it does on the reference: what a system exaggerates makes up for no loss.
Loudness loudness_of(const Heard& heard, std::size_t column, int first_band, int end_band) {
  Loudness sum;
  for (auto b = static_cast<std::size_t>(first_band); b < static_cast<std::size_t>(end_band); ++b) {
    sum.on_reference += heard.on_reference[column][b];
    sum.on_system += std::min(heard.on_system[column][b], heard.on_reference[column][b]);
  }
  return sum;
}

Loudness loudness_of(const Heard& heard, const Columns& columns, int first_band, int end_band) {
  Loudness sum;
  for (const std::size_t column : columns) {
    const Loudness one = loudness_of(heard, column, first_band, end_band);
    sum.on_reference += one.on_reference;
    sum.on_system += one.on_system;
  }
  return sum;
}

Columns all_columns(const Heard& heard) {
  Columns columns(heard.on_reference.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = i;
  return columns;
}

// How much less than of the target's record may be heard.
struct LossLimits {
  double kept_of_target;
  double least_gap;
};

bool is_lost(double audible, double target, const LossLimits& limits) {
  return audible < limits.kept_of_target * target && target - audible >= limits.least_gap;
}

// A piece and the target's record on one system.
struct Comparison {
  Heard track;
  Heard target;
};

std::array<double, kThirdOctaves> reference_image(const TranslationRules& rules) {
  std::array<double, kThirdOctaves> side{};
  for (std::size_t t = 0; t < side.size(); ++t)
    side[t] = kThirdOctaveHz[t] < 120.0   ? rules.low_side_db
              : kThirdOctaveHz[t] < 500.0 ? rules.mid_side_db
                                          : rules.high_side_db;
  return side;
}

std::vector<TimeRange> times_of(const Columns& columns, double column_s, double duration_s) {
  std::vector<TimeRange> when;
  for (const std::size_t column : columns) {
    const double from = static_cast<double>(column) * column_s;
    const double to = std::min(from + column_s, duration_s);
    if (to <= from) continue;
    if (!when.empty() && from - when.back().to_s < 1.5 * column_s)
      when.back().to_s = to;
    else
      when.push_back({from, to});
  }
  return when;
}

class Listener {
 public:
  Listener(const Measurements& audio, const TargetCurve& target, const std::vector<PlaybackSystem>& systems,
           const TranslationRules& rules)
      : audio_(audio), systems_(systems), rules_(rules), music_(music_of(audio)) {
    static_assert(kTargetBands == kThirdOctaves);
    target_ = steady_music(target.level_db, reference_image(rules));
  }

  bool has_sound() const { return !music_.columns.empty(); }
  SystemTranslation listen(const PlaybackSystem& system) const;

 private:
  Comparison compare(const PlaybackSystem& system, Traits traits) const {
    return {hear(music_, system, systems_.front(), traits), hear(target_, system, systems_.front(), traits)};
  }
  std::optional<PartLoss> find_loss(const Comparison& heard, const MusicPart& part,
                                    const LossLimits& limits) const;
  std::optional<PartLoss> judge(const PlaybackSystem& system, const Comparison& heard,
                                const Comparison& in_quiet, const MusicPart& part) const;

  const Measurements& audio_;
  const std::vector<PlaybackSystem>& systems_;
  const TranslationRules& rules_;
  MusicOverTime music_;
  MusicOverTime target_;
};

// From the lowest to the highest band of the part that is lost by half or more, small ones aside.
void find_edges(PartLoss& loss, const Heard& heard, const Columns& columns) {
  const int first = loss.part->first_band, end = loss.part->end_band;
  double most = 0.0;
  for (int b = first; b < end; ++b) most = std::max(most, loudness_of(heard, columns, b, b + 1).on_reference);
  loss.low_hz = bark_bands()[static_cast<std::size_t>(end - 1)].high_hz;
  for (int b = first; b < end; ++b) {
    const Loudness band = loudness_of(heard, columns, b, b + 1);
    if (band.on_reference < 0.25 * most || band.on_system > 0.5 * band.on_reference) continue;
    const BarkBand& edges = bark_bands()[static_cast<std::size_t>(b)];
    loss.low_hz = std::min(loss.low_hz, edges.low_hz);
    loss.high_hz = edges.high_hz;
  }
  if (loss.high_hz > 0.0) return;
  loss.low_hz = bark_bands()[static_cast<std::size_t>(first)].low_hz;
  loss.high_hz = bark_bands()[static_cast<std::size_t>(end - 1)].high_hz;
}

std::optional<PartLoss> Listener::find_loss(const Comparison& heard, const MusicPart& part,
                                            const LossLimits& limits) const {
  const Heard& track = heard.track;
  const Columns every = all_columns(track);
  const Loudness whole = loudness_of(track, every, part.first_band, part.end_band);
  const double all = loudness_of(track, every, 0, kBarkBands).on_reference;
  const auto share = whole.share();
  const auto target_share = loudness_of(heard.target, {0}, part.first_band, part.end_band).share();
  if (!share || !target_share || whole.on_reference < rules_.part_matters * all) return std::nullopt;
  // The moments in which the part is there, and those in which it is lost.
  const double mean = whole.on_reference / static_cast<double>(every.size());
  Columns lost;
  std::size_t active = 0;
  for (const std::size_t column : every) {
    const Loudness one = loudness_of(track, column, part.first_band, part.end_band);
    if (one.on_reference < rules_.passage_matters * mean || !one.share()) continue;
    ++active;
    if (is_lost(*one.share(), *target_share, limits)) lost.push_back(column);
  }
  PartLoss loss;
  loss.part = &part;
  loss.target_audible = *target_share;
  loss.local = !is_lost(*share, *target_share, limits);
  if (loss.local && (static_cast<double>(lost.size()) * music_.column_s < rules_.local_s ||
                     static_cast<double>(lost.size()) < rules_.local_share * static_cast<double>(active)))
    return std::nullopt;
  const Columns& counted = loss.local ? lost : every;
  loss.audible = loudness_of(track, counted, part.first_band, part.end_band).share().value_or(0.0);
  loss.when = times_of(lost, music_.column_s, audio_.duration_s);
  find_edges(loss, track, counted);
  return loss;
}

// What the loudspeaker and its mono lose is judged in quiet; what only noise covers comes after.
std::optional<PartLoss> Listener::judge(const PlaybackSystem& system, const Comparison& heard,
                                        const Comparison& in_quiet, const MusicPart& part) const {
  const LossLimits plain{rules_.kept_of_target, rules_.least_gap};
  if (std::optional<PartLoss> loss = find_loss(in_quiet, part, plain)) {
    const bool stereo_keeps_it =
        system.mono_below_hz > 0.0 && !find_loss(compare(system, {false, false}), part, plain);
    loss->cause = stereo_keeps_it ? LossCause::kMono : LossCause::kResponse;
    return loss;
  }
  std::optional<PartLoss> loss =
      find_loss(heard, part, {rules_.noise_kept_of_target, rules_.noise_least_gap});
  if (loss) loss->cause = LossCause::kNoise;
  return loss;
}

SystemTranslation Listener::listen(const PlaybackSystem& system) const {
  SystemTranslation result;
  result.system = system;
  const Comparison heard = compare(system, {true, true}), in_quiet = compare(system, {true, false});
  result.loudness_change_lu = heard.track.loudness_change_lu;
  const Columns every = all_columns(heard.track);
  const auto stretch = [&](int first, int end) {
    return BandHeard{bark_bands()[static_cast<std::size_t>(first)].low_hz,
                     bark_bands()[static_cast<std::size_t>(end - 1)].high_hz,
                     loudness_of(heard.track, every, first, end).share(),
                     loudness_of(heard.target, {0}, first, end).share()};
  };
  for (int b = 0; b < kBarkBands; ++b) result.bands.push_back(stretch(b, b + 1));
  for (const MusicPart& part : kMusicParts) result.parts.push_back(stretch(part.first_band, part.end_band));
  for (const MusicPart& part : kMusicParts)
    if (std::optional<PartLoss> loss = judge(system, heard, in_quiet, part)) {
      describe(*loss, system);
      result.lost.push_back(*std::move(loss));
    }
  std::stable_sort(result.lost.begin(), result.lost.end(), [](const PartLoss& a, const PartLoss& b) {
    return std::make_pair(a.local, -gravity(a)) < std::make_pair(b.local, -gravity(b));
  });
  result.why = summary_of(result);
  return result;
}

}  // namespace

std::string_view to_string(LossCause cause) {
  return cause == LossCause::kMono ? "mono" : cause == LossCause::kNoise ? "noise" : "response";
}

std::vector<SystemTranslation> translate(const Measurements& audio, const TargetCurve& target,
                                         const std::vector<PlaybackSystem>& systems,
                                         const TranslationRules& rules) {
  std::vector<SystemTranslation> all;
  if (systems.size() < 2) return all;
  const Listener listener(audio, target, systems, rules);
  if (!listener.has_sound()) return all;
  for (std::size_t i = 1; i < systems.size(); ++i) all.push_back(listener.listen(systems[i]));
  return all;
}

}  // namespace lacquer
