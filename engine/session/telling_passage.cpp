#include "session/telling_passage.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "judge/prose.h"

namespace lacquer {
namespace {

constexpr double kStepS = 0.1;     // of the grid on which everything is laid out
constexpr double kLoudest = 0.89;  // a share within 0.5 dB of the loudest counts as the loudest
constexpr double kHardest = 0.8;
constexpr double kAudibleDb = 0.5;  // less gain reduction than this is not worth a word

using Grid = std::vector<double>;

// Sums of every stretch of `length` steps.
Grid windowed(const Grid& values, std::size_t length) {
  Grid sums(values.size() - length + 1);
  double sum = std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(length), 0.0);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] = std::max(0.0, sum);
    if (i + length < values.size()) sum += values[i + length] - values[i];
  }
  return sums;
}

void scale_to_one(Grid& values) {
  const double most = *std::max_element(values.begin(), values.end());
  if (most <= 0.0) return;
  for (double& value : values) value /= most;
}

// Momentary loudness of the window of 400 ms that ends at each step, as power, moved back by half of it.
Grid powers(const Measurements& measurements, std::size_t steps) {
  const auto& lufs = measurements.loudness.momentary_lufs;
  Grid values(steps, 0.0);
  for (std::size_t i = 0; i < steps && i + 2 < lufs.size(); ++i)
    if (std::isfinite(lufs[i + 2])) values[i] = std::pow(10.0, 0.1 * lufs[i + 2]);
  return values;
}

Grid reductions(const LimiterWork& limiter, double column_s, std::size_t steps) {
  Grid values(steps, 0.0);
  if (limiter.reduction_db.empty() || column_s <= 0.0) return values;
  for (std::size_t i = 0; i < steps; ++i) {
    const auto column = static_cast<std::size_t>((static_cast<double>(i) + 0.5) * kStepS / column_s);
    values[i] = limiter.reduction_db[std::min(column, limiter.reduction_db.size() - 1)];
  }
  return values;
}

struct Pointed {
  const Finding* finding;
  double weight;
};

std::vector<Pointed> pointed_at(const Diagnosis& diagnosis) {
  std::vector<Pointed> all;
  for (const Finding& finding : diagnosis.findings) {
    if (finding.when.empty()) continue;
    if (finding.verdict == Verdict::kFix) all.push_back({&finding, 2.0});
    if (finding.verdict == Verdict::kLook) all.push_back({&finding, 1.0});
  }
  return all;
}

// What shows at the very edge of a passage is not heard in it.
bool shows_within(const Finding& finding, double from_s, double seconds) {
  constexpr double kEdge = 0.1;
  const double to_s = from_s + (1.0 - kEdge) * seconds;
  from_s += kEdge * seconds;
  return std::any_of(finding.when.begin(), finding.when.end(),
                     [&](const TimeRange& when) { return when.to_s > from_s && when.from_s < to_s; });
}

}  // namespace

TellingPassage most_telling(const MasterResult& master, double seconds) {
  const double duration_s = master.before.duration_s;
  if (duration_s <= seconds) return {{0.0, duration_s}, "it is all of the piece"};
  const auto steps = std::max<std::size_t>(1, static_cast<std::size_t>(duration_s / kStepS));
  const auto length = std::clamp<std::size_t>(static_cast<std::size_t>(seconds / kStepS), 1, steps);
  const Grid reduction = reductions(master.limiter, master.after.overview.column_s, steps);
  Grid loud = windowed(powers(master.before, steps), length);
  Grid limited = windowed(reduction, length);
  scale_to_one(loud);
  scale_to_one(limited);
  const std::vector<Pointed> pointed = pointed_at(master.diagnosis_before);
  double weight = 0.0;
  for (const Pointed& one : pointed) weight += one.weight;

  std::size_t best = 0;
  double highest = -1.0;
  for (std::size_t i = 0; i < loud.size(); ++i) {
    const double from_s = static_cast<double>(i) * kStepS;
    double found = 0.0;
    for (const Pointed& one : pointed)
      if (shows_within(*one.finding, from_s, seconds)) found += one.weight / weight;
    const double score = loud[i] + limited[i] + found;
    if (score > highest + 1e-9) {
      highest = score;
      best = i;
    }
  }

  const double from_s = static_cast<double>(best) * kStepS;
  TellingPassage passage{{from_s, from_s + seconds}, {}};
  const auto add = [&](const std::string& reason) {
    passage.why += (passage.why.empty() ? "" : "; ") + reason;
  };
  if (loud[best] >= kLoudest) add("it is the loudest here");
  const auto first = reduction.begin() + static_cast<std::ptrdiff_t>(best);
  const double most_db = *std::max_element(first, first + static_cast<std::ptrdiff_t>(length));
  if (limited[best] >= kHardest && most_db >= kAudibleDb)
    add("the limiter takes up to " + prose::db(most_db));
  for (const Pointed& one : pointed)
    if (shows_within(*one.finding, from_s, seconds))
      add(one.finding->id + " (item " + std::to_string(one.finding->item) + ") shows here");
  if (passage.why.empty()) add("it holds most of what there is to hear");
  return passage;
}

}  // namespace lacquer
