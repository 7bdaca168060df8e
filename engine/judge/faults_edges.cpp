#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "core/decibels.h"
#include "judge/faults.h"
#include "judge/prose.h"

namespace lacquer {

using namespace prose;  // NOLINT(google-build-using-namespace)

namespace {

constexpr double kEdgeS = 0.1;  // shown of an abrupt edge

double level_of(std::initializer_list<std::optional<double>> levels_dbfs) {
  double power = 0.0;
  for (const std::optional<double>& level : levels_dbfs)
    if (known(level)) power += db_to_power(std::min(*level, 0.0));
  return power_to_db(power).value_or(-INFINITY);
}

// Of music, not of what lies under it.
bool is_loud(const DiagnosticCase& judged, const std::optional<EdgeResult>& edge) {
  if (!edge || !std::isfinite(edge->level_dbfs)) return false;
  const auto& rules = judged.rules.faults;
  const auto programme = programme_dbfs(judged);
  if (programme && edge->level_dbfs < *programme - rules.edge_under_programme_db) return false;
  // What lies under the music all the time steps up from nothing too, and is reported by itself.
  const SourceResult& source = *judged.audio.source;
  const double offset = std::max(level_of({source.dc_offset_dbfs}), level_of({source.dc_offset_max_dbfs}));
  const double moving =
      level_of({source.rumble_dbfs, source.hum.present ? source.hum.level_dbfs : std::nullopt});
  const double above_moving = moving + rules.edge_clear_db;
  // A first millisecond no higher than the offset may be music all the same: what moves around the offset
  // from there on tells.
  const bool is_clear_of_offset =
      edge->level_dbfs > offset + rules.edge_clear_dc_db ||
      (edge->moving_dbfs > above_moving && edge->moving_dbfs > offset - rules.edge_clear_dc_db);
  return edge->level_dbfs > above_moving && is_clear_of_offset;
}

}  // namespace

std::optional<Fault> find_abrupt_start(const DiagnosticCase& judged) {
  // Many sounds begin at once, a drum stroke for one; only a step from nothing is a cut.
  if (!judged.audio.source || !is_loud(judged, judged.audio.source->start)) return std::nullopt;
  if (!judged.audio.source->start->abrupt) return std::nullopt;
  const double from = std::max(0.0, judged.reads.head_silence_s.value_or(0.0));
  return make_fault(judged, "abrupt-start", Severity::kLook, 1.0,
                    "The first millisecond is already at " + dbfs(judged.audio.source->start->level_dbfs) +
                        ": the beginning is cut off.",
                    {{from, from + kEdgeS}});
}

std::optional<Fault> find_abrupt_end(const DiagnosticCase& judged) {
  // No sound ends within a millisecond by itself, even where the cut falls on a zero crossing.
  if (!judged.audio.source || !is_loud(judged, judged.audio.source->end)) return std::nullopt;
  const double to = whole_piece(judged.audio).to_s - std::max(0.0, judged.reads.tail_silence_s.value_or(0.0));
  return make_fault(judged, "abrupt-end", Severity::kFix, 1.0,
                    "The last millisecond is still at " + dbfs(judged.audio.source->end->level_dbfs) +
                        ": the end is cut off.",
                    {{std::max(0.0, to - kEdgeS), std::max(0.0, to)}});
}

std::optional<Fault> find_long_silence(const DiagnosticCase& judged) {
  const auto& rules = judged.rules.format;
  const auto& head = judged.reads.head_silence_s;
  const auto& tail = judged.reads.tail_silence_s;
  const double duration = whole_piece(judged.audio).to_s;
  std::vector<TimeRange> silences;
  const bool at_head = head && *head > rules.head_silence_s;
  if (at_head) silences.push_back({0.0, *head});
  if (tail && *tail > rules.tail_silence_s) silences.push_back({std::max(0.0, duration - *tail), duration});
  if (silences.empty()) return std::nullopt;
  return Fault{"long-silence", Severity::kLook, judged.rules.certainty.measured, silences,
               at_head ? "It starts with " + seconds(*head) + " of silence."
                       : "It ends with " + seconds(*tail) + " of silence."};
}

}  // namespace lacquer
