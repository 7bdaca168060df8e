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
  Heard low_track;  // their low ends alone
  Heard low_target;
};

// Where a part is found in a comparison.
struct PartView {
  const Heard& track;
  const Heard& target;
  int first_band;
  int end_band;
};

std::array<double, kThirdOctaves> reference_image(const TranslationRules& rules) {
  std::array<double, kThirdOctaves> side{};
  for (std::size_t t = 0; t < side.size(); ++t)
    side[t] = kThirdOctaveHz[t] < 120.0   ? rules.low_side_db
              : kThirdOctaveHz[t] < 500.0 ? rules.mid_side_db
                                          : rules.high_side_db;
  return side;
}

// A low note is known by its fundamental and its lowest harmonics: what the middle of the bass, by power
// below 112 Hz, has within two octaves. The rest of the spectrum is no part of it, and is left out of the
// columns; the mean still tells how loud the whole is.
constexpr std::size_t kBassThirds = 8;  // 20 to 100 Hz
constexpr double kHighestHarmonic = 4.0;
constexpr int kLowEndBands = 5;  // to 447 Hz, four times 112

MusicOverTime low_end_of(MusicOverTime music) {
  double power = 0.0, octaves = 0.0;
  for (std::size_t t = 0; t < kBassThirds; ++t) {
    const double third = music.mean.mid[t] + music.mean.side[t];
    power += third;
    octaves += third * std::log2(kThirdOctaveHz[t]);
  }
  const double middle_hz = power > 0.0 ? std::exp2(octaves / power) : kThirdOctaveHz[kBassThirds - 1];
  for (MidSide& column : music.columns)
    for (std::size_t t = 0; t < kThirdOctaves; ++t)
      if (kThirdOctaveHz[t] > kHighestHarmonic * middle_hz) column.mid[t] = column.side[t] = 0.0;
  return music;
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

PartView view_of(const Comparison& heard, const MusicPart& part) {
  if (part.first_band == 0) return {heard.low_track, heard.low_target, 0, kLowEndBands};
  return {heard.track, heard.target, part.first_band, part.end_band};
}

class Listener {
 public:
  Listener(const Measurements& audio, const TargetCurve& target, const std::vector<PlaybackSystem>& systems,
           const TranslationRules& rules)
      : audio_(audio), systems_(systems), rules_(rules), music_(music_of(audio)) {
    static_assert(kTargetBands == kThirdOctaves);
    target_ = steady_music(target.level_db, reference_image(rules));
    low_music_ = low_end_of(music_);
    low_target_ = low_end_of(target_);
    if (has_sound()) on_reference_ = compare(systems.front(), {true, true});
  }

  bool has_sound() const { return !music_.columns.empty(); }
  SystemTranslation listen(const PlaybackSystem& system) const;

 private:
  Comparison compare(const PlaybackSystem& system, Traits traits) const {
    const PlaybackSystem& reference = systems_.front();
    return {hear(music_, system, reference, traits), hear(target_, system, reference, traits),
            hear(low_music_, system, reference, traits), hear(low_target_, system, reference, traits)};
  }
  // Whether the part is loud enough on the reference, at its level, to be missed.
  bool matters(const MusicPart& part, double least_share) const {
    const PartView view = view_of(on_reference_, part);
    const Columns every = all_columns(view.track);
    return loudness_of(view.track, every, view.first_band, view.end_band).on_reference >=
           least_share * loudness_of(on_reference_.track, every, 0, kBarkBands).on_reference;
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
  MusicOverTime low_music_, low_target_;
  Comparison on_reference_;
};

// From the lowest to the highest band of the part that is lost by half or more, small ones aside.
void find_edges(PartLoss& loss, const PartView& part, const Columns& columns) {
  double most = 0.0;
  for (int b = part.first_band; b < part.end_band; ++b)
    most = std::max(most, loudness_of(part.track, columns, b, b + 1).on_reference);
  bool any = false;
  for (int b = part.first_band; b < part.end_band; ++b) {
    const Loudness band = loudness_of(part.track, columns, b, b + 1);
    if (band.on_reference < 0.25 * most || band.on_system > 0.5 * band.on_reference) continue;
    const BarkBand& edges = bark_bands()[static_cast<std::size_t>(b)];
    if (!any) loss.low_hz = edges.low_hz;
    loss.high_hz = edges.high_hz;
    any = true;
  }
  if (any) return;
  loss.low_hz = bark_bands()[static_cast<std::size_t>(loss.part->first_band)].low_hz;
  loss.high_hz = bark_bands()[static_cast<std::size_t>(loss.part->end_band - 1)].high_hz;
}

// The moments in which a part is there, and those in which it is lost.
struct Moments {
  std::size_t active = 0;
  Columns lost;
};

Moments moments_of(const PartView& part, double least_loudness, double target, const LossLimits& limits) {
  Moments moments;
  for (std::size_t column = 0; column < part.track.on_reference.size(); ++column) {
    const Loudness one = loudness_of(part.track, column, part.first_band, part.end_band);
    if (one.on_reference < least_loudness || !one.share()) continue;
    ++moments.active;
    if (is_lost(*one.share(), target, limits)) moments.lost.push_back(column);
  }
  return moments;
}

// What is lost in passages only has to be lost more deeply.
std::optional<PartLoss> Listener::find_loss(const Comparison& heard, const MusicPart& part,
                                            const LossLimits& limits) const {
  const PartView view = view_of(heard, part);
  const Columns every = all_columns(view.track);
  const Loudness whole = loudness_of(view.track, every, view.first_band, view.end_band);
  const auto share = whole.share();
  const auto target_share = loudness_of(view.target, Columns{0}, view.first_band, view.end_band).share();
  if (!share || !target_share) return std::nullopt;
  PartLoss loss;
  loss.part = &part;
  loss.target_audible = *target_share;
  loss.local = !is_lost(*share, *target_share, limits);
  const LossLimits deep{std::min(limits.kept_of_target, rules_.noise_kept_of_target), limits.least_gap};
  const Moments moments =
      moments_of(view, rules_.passage_matters * whole.on_reference / static_cast<double>(every.size()),
                 *target_share, loss.local ? deep : limits);
  const auto lost = static_cast<double>(moments.lost.size());
  if (loss.local && (lost * music_.column_s < rules_.local_s ||
                     lost < rules_.local_share * static_cast<double>(moments.active)))
    return std::nullopt;
  const Columns& counted = loss.local ? moments.lost : every;
  loss.audible = loudness_of(view.track, counted, view.first_band, view.end_band).share().value_or(0.0);
  loss.when = times_of(moments.lost, music_.column_s, audio_.duration_s);
  find_edges(loss, view, counted);
  return loss;
}

// What the loudspeaker and its mono lose is judged in quiet; what only noise covers comes after.
std::optional<PartLoss> Listener::judge(const PlaybackSystem& system, const Comparison& heard,
                                        const Comparison& in_quiet, const MusicPart& part) const {
  if (!matters(part, rules_.part_matters)) return std::nullopt;
  const LossLimits plain{rules_.kept_of_target, rules_.least_gap};
  if (std::optional<PartLoss> loss = find_loss(in_quiet, part, plain)) {
    const bool stereo_keeps_it =
        system.mono_below_hz > 0.0 && !find_loss(compare(system, {false, false}), part, plain);
    loss->cause = stereo_keeps_it ? LossCause::kMono : LossCause::kResponse;
    return loss;
  }
  if (!matters(part, rules_.noise_part_matters)) return std::nullopt;
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
  const auto stretch = [&](const PartView& view, double low_hz, double high_hz) {
    return BandHeard{low_hz, high_hz, loudness_of(view.track, every, view.first_band, view.end_band).share(),
                     loudness_of(view.target, Columns{0}, view.first_band, view.end_band).share()};
  };
  for (int b = 0; b < kBarkBands; ++b) {
    const BarkBand& band = bark_bands()[static_cast<std::size_t>(b)];
    result.bands.push_back(stretch({heard.track, heard.target, b, b + 1}, band.low_hz, band.high_hz));
  }
  for (const MusicPart& part : kMusicParts)
    result.parts.push_back(stretch(view_of(heard, part),
                                   bark_bands()[static_cast<std::size_t>(part.first_band)].low_hz,
                                   bark_bands()[static_cast<std::size_t>(part.end_band - 1)].high_hz));
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
