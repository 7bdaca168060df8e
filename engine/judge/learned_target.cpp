#include "judge/learned_target.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "judge/prose.h"

namespace lacquer {
namespace {

constexpr auto kBands = static_cast<std::size_t>(kTargetBands);
// 200 Hz to 2 kHz, whose mean is 0 dB.
constexpr std::size_t kFirstMiddle = 10;
constexpr std::size_t kEndMiddle = 21;
// Where both ends are wide, a curve is told from another by what lies between them: 40 Hz to 12.5 kHz.
constexpr std::size_t kFirstCompared = 3;
constexpr std::size_t kEndCompared = 29;
constexpr double kNormal = 1.4826;      // median deviation to standard deviation, of a normal distribution
constexpr double kSameChannels = 0.95;  // share of the blocks whose channels are one

constexpr double kLeastDb = -100.0;  // what a target file may hold
constexpr double kMostDb = 60.0;

using Shape = std::array<std::optional<double>, kBands>;

bool is_mono(const Measurements& audio) {
  return audio.channels == 1 ||
         (audio.source && audio.source->dual_mono_share.value_or(0.0) >= kSameChannels);
}

// Upper edge of a third octave.
double upper_edge_hz(std::size_t band) {
  return target_band_hz(static_cast<int>(band)) * std::pow(10.0, 0.05);
}

// Where the encoder's cut or the sample rate ends the record.
double end_hz(const Measurements& audio) {
  double end = audio.sample_rate_hz / 2.0;
  if (audio.source && audio.source->lossy.suspected && audio.source->lossy.shelf_hz)
    end = std::min(end, *audio.source->lossy.shelf_hz);
  return end;
}

// Takes the mean of the middle off; nothing where a part of the middle is missing.
bool normalise(Shape& shape) {
  double mean = 0.0;
  for (std::size_t b = kFirstMiddle; b < kEndMiddle; ++b) {
    if (!shape[b]) return false;
    mean += *shape[b] / static_cast<double>(kEndMiddle - kFirstMiddle);
  }
  for (auto& level : shape)
    if (level) *level -= mean;
  return true;
}

std::optional<Shape> shape_of(const Measurements& audio) {
  if (!audio.spectrum || audio.spectrum->third_octaves.size() != kBands) return std::nullopt;
  const double end = end_hz(audio);
  Shape shape;
  for (std::size_t b = 0; b < kBands; ++b) {
    const auto& level = audio.spectrum->third_octaves[b].level_db;
    if (level && std::isfinite(*level) && upper_edge_hz(b) <= end) shape[b] = level;
  }
  if (!normalise(shape)) return std::nullopt;
  return shape;
}

ReadRecord unusable(UnusableRecord::Reason reason, const std::string& why) {
  ReadRecord record;
  record.unusable = UnusableRecord{reason, why};
  return record;
}

struct Weighed {
  double value = 0.0;
  double weight = 0.0;
};

// Half of the weight lies on either side; between the two middle ones where it is even.
double weighted_median(std::vector<Weighed> values) {
  std::sort(values.begin(), values.end(),
            [](const Weighed& a, const Weighed& b) { return a.value < b.value; });
  double half = 0.0;
  for (const Weighed& one : values) half += one.weight / 2.0;
  constexpr double kEven = 1e-9;
  double below = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    below += values[i].weight;
    if (below > half + kEven) return values[i].value;
    if (below > half - kEven && i + 1 < values.size()) return (values[i].value + values[i + 1].value) / 2.0;
  }
  return values.back().value;
}

double weighted_mean(const std::vector<Weighed>& values) {
  double sum = 0.0;
  double weight = 0.0;
  for (const Weighed& one : values) {
    sum += one.value * one.weight;
    weight += one.weight;
  }
  return sum / weight;
}

std::vector<Weighed> band_of(const std::vector<RecordShape>& records, std::size_t band) {
  std::vector<Weighed> values;
  for (const RecordShape& record : records)
    if (record.level_db[band]) values.push_back({*record.level_db[band], record.weight});
  return values;
}

double robust_deviation(const std::vector<Weighed>& values, double middle) {
  std::vector<Weighed> away;
  for (const Weighed& one : values) away.push_back({std::abs(one.value - middle), one.weight});
  return kNormal * weighted_median(std::move(away));
}

const TargetCurve& nearest(const Shape& levels, const std::vector<TargetCurve>& built_in) {
  const TargetCurve* best = &built_in.front();
  double least = std::numeric_limits<double>::infinity();
  for (const TargetCurve& curve : built_in) {
    double away = 0.0;
    for (std::size_t b = kFirstCompared; b < kEndCompared; ++b)
      if (levels[b]) away += (*levels[b] - curve.level_db[b]) * (*levels[b] - curve.level_db[b]);
    if (away < least) {
      least = away;
      best = &curve;
    }
  }
  return *best;
}

// Bands without a level take the curve's, moved so that it meets the known band next to them.
void fill(Shape& levels, const TargetCurve& base) {
  const auto away = [&](std::size_t band) { return *levels[band] - base.level_db[band]; };
  std::size_t first = 0;
  std::size_t last = kBands - 1;
  while (!levels[first]) ++first;
  while (!levels[last]) --last;
  const double below = away(first);
  const double above = away(last);
  for (std::size_t b = 0; b < kBands; ++b)
    if (!levels[b]) levels[b] = base.level_db[b] + (b < first ? below : b > last ? above : 0.0);
}

// One band of few records is a matter of chance: each leans on its neighbours, 1 to 2 to 1.
std::array<double, kBands> evened(const std::array<double, kBands>& spread) {
  std::array<double, kBands> even{};
  for (std::size_t b = 0; b < kBands; ++b)
    even[b] = (spread[b > 0 ? b - 1 : 0] + 2.0 * spread[b] + spread[std::min(b + 1, kBands - 1)]) / 4.0;
  return even;
}

}  // namespace

ReadRecord read_record(const Measurements& audio, const LearningRules& rules) {
  using Reason = UnusableRecord::Reason;
  if (!audio.loudness.integrated_lufs)
    return unusable(Reason::kSilent, "it is silent, so it has no tone to learn from; leave it out");
  if (!(audio.duration_s >= rules.least_s))
    return unusable(Reason::kShort, "it is shorter than " + prose::decimal(rules.least_s, 0) + " s" +
                                        ", too short to tell a record's tone; use the whole record");
  const std::optional<Shape> shape = shape_of(audio);
  if (!shape)
    return unusable(
        Reason::kNoSpectrum,
        "its sound does not reach from 200 Hz to 2 kHz, so its tone cannot be compared; leave it out");
  ReadRecord record;
  record.shape = RecordShape{*shape, 1.0, ""};
  record.mono = is_mono(audio);
  record.sound = hear(audio);
  if (audio.duration_s < rules.whole_s) {
    record.shape->weight = rules.part_weight;
    record.shape->caution = "it is shorter than " + prose::decimal(rules.whole_s, 0) + " s" +
                            ", so it counts " + prose::share(rules.part_weight);
  } else if (record.mono) {
    record.shape->weight = rules.part_weight;
    record.shape->caution = "it is mono, so it counts " + prose::share(rules.part_weight);
  }
  return record;
}

LearnedTarget learn_target(const std::vector<RecordShape>& records, const std::vector<TargetCurve>& built_in,
                           const LearningRules& rules) {
  LearnedTarget learned;
  learned.own_tolerance = static_cast<double>(records.size()) >= rules.own_spread_records;
  Shape levels;
  for (std::size_t b = 0; b < kBands; ++b) {
    const std::vector<Weighed> values = band_of(records, b);
    if (values.empty() || 2 * values.size() < records.size()) continue;
    levels[b] = learned.own_tolerance ? weighted_median(values) : weighted_mean(values);
  }
  normalise(levels);
  const TargetCurve& base = nearest(levels, built_in);
  learned.base = base.name;
  std::array<double, kBands> spread{};
  for (std::size_t b = 0; b < kBands; ++b) {
    const std::vector<Weighed> values = band_of(records, b);
    spread[b] = levels[b] && learned.own_tolerance
                    ? rules.spread_factor * robust_deviation(values, weighted_median(values))
                    : base.tolerance_db[b];
  }
  if (learned.own_tolerance) spread = evened(spread);
  fill(levels, base);
  for (std::size_t b = 0; b < kBands; ++b) {
    learned.curve.level_db[b] = std::clamp(*levels[b], kLeastDb, kMostDb);
    learned.curve.tolerance_db[b] =
        learned.own_tolerance ? std::clamp(spread[b], rules.least_tolerance * base.tolerance_db[b], kMostDb)
                              : base.tolerance_db[b];
  }
  return learned;
}

}  // namespace lacquer
