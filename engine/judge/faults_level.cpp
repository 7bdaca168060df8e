#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/prose.h"

namespace lacquer {

using namespace prose;  // NOLINT(google-build-using-namespace)

namespace {

// Crests cut flat below full scale: at the top of the file, or at a level of their own for a while.
double flat_tops(const PeakResult& peak) {
  double at_their_level = 0.0;
  for (const CutStretch& stretch : peak.cut_stretches) at_their_level += static_cast<double>(stretch.crests);
  return std::max(static_cast<double>(peak.flat_tops.value_or(0)), at_their_level);
}

std::vector<TimeRange> flat_top_times(const PeakResult& peak) {
  if (peak.cut_stretches.empty()) return peak.flat_tops_when;
  std::vector<TimeRange> times;
  for (const CutStretch& stretch : peak.cut_stretches)  // of both channels, in order of time
    if (!times.empty() && stretch.when.from_s <= times.back().to_s)
      times.back().to_s = std::max(times.back().to_s, stretch.when.to_s);
    else
      times.push_back(stretch.when);
  return times;
}

// What a limiter has done is expected in a master: only a person can say whether it is too much.
Severity on_a_mix(const DiagnosticCase& judged, bool grave) {
  return grave && !judged.is_master() ? Severity::kFix : Severity::kLook;
}

}  // namespace

std::optional<double> flat_tops_per_min(const DiagnosticCase& judged) {
  const PeakResult& peak = judged.audio.peak;
  if (!(judged.audio.duration_s > 0.0) || (!peak.flat_tops && peak.cut_stretches.empty()))
    return std::nullopt;
  return known(flat_tops(peak) * 60.0 / judged.audio.duration_s);
}

std::optional<Fault> find_clipping(const DiagnosticCase& judged) {
  const PeakResult& peak = judged.audio.peak;
  if (peak.clipped_runs > 0)
    return make_fault(judged, "clipping", on_a_mix(judged, true), 1.0,
                      amount(static_cast<double>(peak.clipped_runs), "stretch", "stretches") +
                          " of samples cut flat at full scale.",
                      peak.clipped_when);
  const std::optional<double> per_min = flat_tops_per_min(judged);
  const auto& limits = judged.rules.faults.flat_tops_per_min;
  if (!per_min || !(*per_min > limits.look)) return std::nullopt;
  return make_fault(judged, "clipping", on_a_mix(judged, *per_min > limits.fix), clearness(limits, *per_min),
                    amount(flat_tops(peak), "crest is", "crests are") +
                        " cut flat below full scale, as by a clipper whose output was turned down or mixed "
                        "on.",
                    flat_top_times(peak));
}

std::optional<Fault> find_intersample_overs(const DiagnosticCase& judged) {
  const PeakResult& peak = judged.audio.peak;
  const auto& true_peak = judged.reads.true_dbtp;
  const auto& rules = judged.rules.ceiling;
  const double limit = rules.true_peak_dbtp.fix + rules.tolerance_db;
  if (peak.intersample_overs <= 0 || !true_peak || !(*true_peak > limit)) return std::nullopt;
  // A mix is turned down before anything is made of it; what plays a master meets these peaks.
  return make_fault(judged, "intersample-overs", judged.is_master() ? Severity::kFix : Severity::kLook,
                    clearness({limit, limit + rules.tolerance_db}, *true_peak),
                    "Between the samples the waveform passes full scale " +
                        amount(static_cast<double>(peak.intersample_overs), "time", "times") + ", up to " +
                        dbtp(*true_peak) + ".",
                    peak.intersample_overs_when);
}

std::optional<Fault> find_over_limited(const DiagnosticCase& judged) {
  // The peaks of a tone or of noise stand no higher by nature, and strokes of a click track are all alike.
  if (judged.instead && *judged.instead != NotMusic::kVoice) return std::nullopt;
  const auto& rules = judged.rules.source_integrity;
  const auto& psr = judged.reads.psr_p5_db;
  const auto& plr = judged.reads.plr_db;
  if (psr && *psr < rules.psr_p5_db.fix)
    return make_fault(
        judged, "over-limited", on_a_mix(judged, true), clearness(rules.psr_p5_db, *psr),
        "In the densest moments the peaks stand only " + db(*psr) + " above the loudness around them.");
  if (plr && *plr < rules.plr_db.fix)
    return make_fault(judged, "over-limited", on_a_mix(judged, true), clearness(rules.plr_db, *plr),
                      "The highest peak stands only " + db(*plr) + " above the loudness of the whole.");
  const auto& ceiling = judged.audio.peak.sample_ceiling;
  if (!ceiling || !std::isfinite(ceiling->level_db) || !std::isfinite(ceiling->share) ||
      !(ceiling->share > judged.rules.faults.limited_share))
    return std::nullopt;
  // Peaks between the samples make PLR and PSR look better than what the limiter has left.
  const auto& loudness = judged.reads.integrated_lufs;
  const double room = loudness ? ceiling->level_db - *loudness : rules.plr_db.look;
  if (room < rules.plr_db.fix)
    return make_fault(judged, "over-limited", on_a_mix(judged, true), clearness(rules.plr_db, room),
                      "The limiter's ceiling stands only " + db(room) +
                          " above the loudness of the whole, and " + share(ceiling->share) +
                          " of all tenths of a second reach it.",
                      ceiling->when);
  if (judged.is_master()) return std::nullopt;
  return make_fault(judged, "over-limited", Severity::kLook,
                    clearness({judged.rules.faults.limited_share, 1.0}, ceiling->share),
                    "In " + share(ceiling->share) + " of all tenths of a second the highest peak stops at " +
                        dbfs(ceiling->level_db) + ", as a limiter that never lets go leaves it.",
                    ceiling->when);
}

}  // namespace lacquer
