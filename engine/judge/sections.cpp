#include "judge/sections.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "core/decibels.h"
#include "judge/target.h"

namespace lacquer {
namespace {

constexpr double kLoudnessStepS = 0.1;     // of LoudnessResult::momentary_lufs …
constexpr double kMomentaryHalfS = 0.2;    // … whose windows end there; so far back lies their middle
constexpr double kColumnS = 1.0;           // what is looked at at once
constexpr std::size_t kMostColumns = 900;  // the cuts take time by its square: a millisecond or two
constexpr double kTopShare = 0.95;         // the loudest twentieth may stand out
constexpr std::size_t kFeatures = 3;       // loudness, bass, treble

using Column = std::array<double, kFeatures>;

struct Course {
  double column_s = kColumnS;
  std::vector<Column> columns;
};

constexpr double kBassToHz = 125.0;
constexpr double kTrebleFromHz = 4000.0;

double audio_s(const Measurements& audio) {
  return std::isfinite(audio.duration_s) ? std::max(0.0, audio.duration_s) : 0.0;
}

std::optional<double> mean_loudness(const std::vector<float>& momentary, double from_s, double to_s) {
  const auto index = [&](double at_s) {
    const double place = std::round((at_s + kMomentaryHalfS) / kLoudnessStepS);
    return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(momentary.size())));
  };
  const std::size_t first = index(from_s);
  const std::size_t end = index(to_s);
  double power = 0.0;
  for (std::size_t i = first; i < end; ++i)
    if (std::isfinite(momentary[i])) power += db_to_power(std::clamp<double>(momentary[i], -120.0, 60.0));
  return end > first ? power_to_db(power / static_cast<double>(end - first)) : std::nullopt;
}

// Level of the third octaves in [low, high) at a time; nothing where the matrix has nothing.
std::optional<double> band_level(const BandsOverTime& matrix, double at_s, double low_hz, double high_hz) {
  if (!(matrix.column_s > 0.0) || matrix.bands != kTargetBands) return std::nullopt;
  const auto bands = static_cast<std::size_t>(matrix.bands);
  const double column = std::floor(at_s / matrix.column_s);
  const std::size_t columns = matrix.values.size() / bands;
  if (!(column >= 0.0) || column >= static_cast<double>(columns)) return std::nullopt;
  double power = 0.0;
  for (std::size_t b = 0; b < bands; ++b) {
    const double hz = target_band_hz(static_cast<int>(b));
    const float level = matrix.values[static_cast<std::size_t>(column) * bands + b];
    if (hz >= low_hz && hz < high_hz && std::isfinite(level))
      power += db_to_power(std::clamp<double>(level, -200.0, 60.0));
  }
  return power_to_db(power);
}

// What is further below the level that only the loudest twentieth passes is as quiet as that.
void limit_depth(std::vector<Column>& columns, std::size_t feature, double depth) {
  std::vector<double> levels;
  for (const Column& column : columns) levels.push_back(column[feature]);
  const auto top =
      levels.begin() + static_cast<std::ptrdiff_t>(kTopShare * static_cast<double>(levels.size() - 1));
  std::nth_element(levels.begin(), top, levels.end());
  for (Column& column : columns) column[feature] = std::max(column[feature], *top - depth);
}

Course course_of(const Measurements& audio, const SectionRules& rules) {
  constexpr double kNothing = -200.0;
  Course course;
  const double length_s = audio_s(audio);
  course.column_s = std::max(kColumnS, length_s / static_cast<double>(kMostColumns));
  const auto count = static_cast<std::size_t>(length_s / course.column_s);
  for (std::size_t c = 0; c < count; ++c) {
    const double from_s = static_cast<double>(c) * course.column_s;
    const double middle_s = from_s + course.column_s / 2.0;
    Column column{
        mean_loudness(audio.loudness.momentary_lufs, from_s, from_s + course.column_s).value_or(kNothing),
        0.0, 0.0};
    if (audio.spectrum) {
      const BandsOverTime& matrix = audio.spectrum->third_octaves_over_time;
      column[1] = band_level(matrix, middle_s, 0.0, kBassToHz).value_or(kNothing);
      column[2] = band_level(matrix, middle_s, kTrebleFromHz, 20'000.0).value_or(kNothing);
    }
    course.columns.push_back(column);
  }
  if (course.columns.empty()) return course;
  for (std::size_t f = 0; f < kFeatures; ++f) limit_depth(course.columns, f, rules.depth_lu);
  return course;
}

// Sums from the start, so that the spread of any stretch about its mean is found at once.
class Spread {
 public:
  Spread(const std::vector<Column>& columns, double band_weight)
      : weights_{1.0, band_weight, band_weight}, sums_(columns.size() + 1), squares_(columns.size() + 1) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      for (std::size_t f = 0; f < kFeatures; ++f) {
        sums_[c + 1][f] = sums_[c][f] + columns[c][f];
        squares_[c + 1][f] = squares_[c][f] + columns[c][f] * columns[c][f];
      }
  }
  double mean_loudness(std::size_t from, std::size_t to) const {
    return (sums_[to][0] - sums_[from][0]) / static_cast<double>(to - from);
  }
  double operator()(std::size_t from, std::size_t to) const {
    double total = 0.0;
    for (std::size_t f = 0; f < kFeatures; ++f) {
      const double sum = sums_[to][f] - sums_[from][f];
      total +=
          weights_[f] * (squares_[to][f] - squares_[from][f] - sum * sum / static_cast<double>(to - from));
    }
    return std::max(0.0, total);
  }

 private:
  std::array<double, kFeatures> weights_;
  std::vector<Column> sums_;
  std::vector<Column> squares_;
};

// A stretch of columns [from, to).
struct Stretch {
  std::size_t from = 0;
  std::size_t to = 0;
  double loudness = 0.0;
  bool loud = false;
};

std::vector<Stretch> cut(const Spread& spread, std::size_t columns, std::size_t least, double price) {
  std::vector<double> best(columns + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> begin(columns + 1, 0);
  best[0] = -price;
  for (std::size_t end = least; end <= columns; ++end)
    for (std::size_t from = 0; from + least <= end; ++from) {
      if (!std::isfinite(best[from])) continue;
      const double total = best[from] + spread(from, end) + price;
      if (total < best[end]) {
        best[end] = total;
        begin[end] = from;
      }
    }
  std::vector<Stretch> stretches;
  for (std::size_t end = columns; end > 0; end = begin[end])
    stretches.push_back({begin[end], end, spread.mean_loudness(begin[end], end), false});
  std::reverse(stretches.begin(), stretches.end());
  return stretches;
}

// Marks the loud ones; returns by how much the two kinds differ, 0 where there is but one.
double tell_apart(std::vector<Stretch>& stretches) {
  std::vector<Stretch> by_loudness = stretches;
  std::sort(by_loudness.begin(), by_loudness.end(),
            [](const Stretch& a, const Stretch& b) { return a.loudness < b.loudness; });
  double all = 0.0;
  double all_weight = 0.0;
  for (const Stretch& one : by_loudness) {
    all += one.loudness * static_cast<double>(one.to - one.from);
    all_weight += static_cast<double>(one.to - one.from);
  }
  double below = 0.0;
  double weight = 0.0;
  double best = 0.0;
  double limit = -std::numeric_limits<double>::infinity();
  double difference = 0.0;
  for (std::size_t i = 0; i + 1 < by_loudness.size(); ++i) {
    below += by_loudness[i].loudness * static_cast<double>(by_loudness[i].to - by_loudness[i].from);
    weight += static_cast<double>(by_loudness[i].to - by_loudness[i].from);
    const double apart = (all - below) / (all_weight - weight) - below / weight;
    const double between = weight * (all_weight - weight) * apart * apart;
    if (between <= best) continue;
    best = between;
    limit = by_loudness[i].loudness;
    difference = apart;
  }
  for (Stretch& one : stretches) one.loud = one.loudness > limit;
  return difference;
}

std::vector<Stretch> joined(const std::vector<Stretch>& stretches) {
  std::vector<Stretch> parts;
  for (const Stretch& one : stretches) {
    if (!parts.empty() && parts.back().loud == one.loud)
      parts.back().to = one.to;
    else
      parts.push_back(one);
  }
  return parts;
}

// How much a feature rises where a part begins: the mean of what follows less that of what came before, each
// up to 5 s, the columns at the boundary left out.
double rise(const std::vector<Column>& columns, std::size_t at, std::size_t feature) {
  constexpr std::size_t kSide = 5;
  const auto mean = [&](std::size_t from, std::size_t to) {
    double sum = 0.0;
    for (std::size_t c = from; c < to; ++c) sum += columns[c][feature];
    return to > from ? sum / static_cast<double>(to - from) : 0.0;
  };
  if (at < 2 || at + 2 > columns.size()) return 0.0;
  return mean(at + 1, std::min(columns.size(), at + 1 + kSide)) -
         mean(at > kSide ? at - 1 - kSide : 0, at - 1);
}

// Bass and drums that went away and come back at once. Their first entry is none: every band comes in once.
bool is_drop(const std::vector<Stretch>& parts, std::size_t n, const Course& course,
             const SectionRules& rules) {
  return parts[n].loud && n >= 2 && rise(course.columns, parts[n].from, 0) >= rules.drop_loudness_lu &&
         rise(course.columns, parts[n].from, 1) >= rules.drop_bass_db;
}

std::string name_of(const std::vector<Stretch>& parts, std::size_t n, const Course& course,
                    const SectionRules& rules) {
  const Stretch& part = parts[n];
  if (part.loud) return is_drop(parts, n, course, rules) ? "drop" : "loud";
  const double length_s = static_cast<double>(part.to - part.from) * course.column_s;
  const double whole_s = static_cast<double>(course.columns.size()) * course.column_s;
  if (length_s > rules.edge_s || length_s > rules.edge_share * whole_s) return "quiet";
  return n == 0 ? "intro" : n + 1 == parts.size() ? "outro" : "quiet";
}

}  // namespace

std::vector<Section> find_sections(const Measurements& audio, const SectionRules& rules) {
  const double length_s = audio_s(audio);
  if (!(rules.least_s > 0.0) || length_s < rules.least_piece_s) return {};
  const Course course = course_of(audio, rules);
  const auto least = static_cast<std::size_t>(std::ceil(rules.least_s / course.column_s));
  if (course.columns.size() < 2 * least) return {};
  const Spread spread(course.columns, rules.band_weight);
  // Two stretches of n columns that differ by d spread n d^2 / 2 less about two means than about one.
  const double price = static_cast<double>(least) * rules.step_lu * rules.step_lu / 2.0;
  std::vector<Stretch> stretches = cut(spread, course.columns.size(), least, price);
  if (tell_apart(stretches) < rules.contrast_lu) return {};
  const std::vector<Stretch> parts = joined(stretches);
  std::vector<Section> sections;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    const double from_s = static_cast<double>(parts[n].from) * course.column_s;
    const double to_s = n + 1 == parts.size() ? length_s : static_cast<double>(parts[n].to) * course.column_s;
    constexpr double kFloorLufs = -70.0;  // BS.1770's absolute gate: what is below counts as silence
    sections.push_back(
        {name_of(parts, n, course, rules),
         {from_s, to_s},
         std::max(kFloorLufs,
                  mean_loudness(audio.loudness.momentary_lufs, from_s, to_s).value_or(kFloorLufs))});
  }
  return sections;
}

}  // namespace lacquer
