#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/prose.h"

namespace lacquer {

using namespace prose;  // NOLINT(google-build-using-namespace)

namespace {

constexpr double kClickS = 0.01;  // shown around a click

Severity fix_if(bool grave) { return grave ? Severity::kFix : Severity::kLook; }

}  // namespace

DiagnosticRules::Limits dc_limits(const DiagnosticCase& judged) {
  DiagnosticRules::Limits limits = judged.rules.source_integrity.dc_dbfs;
  if (const auto programme = programme_dbfs(judged)) {
    const double least = *programme + judged.rules.faults.dc_under_programme_db;
    limits = {std::max(limits.look, least), std::max(limits.fix, least)};
  }
  return limits;
}

std::optional<Fault> find_dc_offset(const DiagnosticCase& judged) {
  if (!judged.audio.source) return std::nullopt;
  const DiagnosticRules::Limits limits = dc_limits(judged);
  const auto& whole = judged.reads.dc_dbfs;
  if (whole && *whole > limits.look)
    return make_fault(judged, "dc-offset", fix_if(*whole > limits.fix), clearness(limits, *whole),
                      "The waveform is off centre by " + dbfs(*whole) + ".", judged.audio.source->dc_when);
  const auto part = known(judged.audio.source->dc_offset_max_dbfs);
  const double least =
      std::max(judged.rules.source_integrity.dc_dbfs.fix,
               programme_dbfs(judged).value_or(-INFINITY) + judged.rules.faults.dc_part_under_programme_db);
  if (!part || !(*part > least)) return std::nullopt;
  return make_fault(judged, "dc-offset", Severity::kLook, 0.5,
                    "For a while the waveform is off centre by up to " + dbfs(*part) + ".",
                    judged.audio.source->dc_when);
}

std::optional<Fault> find_hum(const DiagnosticCase& judged) {
  if (!judged.audio.source || !judged.audio.source->hum.present) return std::nullopt;
  const HumResult& hum = judged.audio.source->hum;
  const auto level = known(hum.level_dbfs);
  const auto programme = programme_dbfs(judged);
  const auto& limits = judged.rules.faults.hum_db;
  const double under = level && programme ? *level - *programme : limits.fix;
  if (!(under > limits.look)) return std::nullopt;
  const std::string mains = known(hum.hz) ? " at " + frequency(std::round(*hum.hz * 10.0) / 10.0) : "";
  return make_fault(judged, "hum", fix_if(under > limits.fix), clearness(limits, under),
                    "Mains hum" + mains + " and its harmonics, " +
                        (level ? "at " + dbfs(*level) : std::string("at an unknown level")) + ".",
                    hum.when);
}

std::optional<Fault> find_rumble(const DiagnosticCase& judged) {
  if (!judged.audio.source) return std::nullopt;
  const auto level = known(judged.audio.source->rumble_db);
  const auto& limits = judged.rules.faults.rumble_db;
  if (!level || !(*level > limits.look)) return std::nullopt;
  return make_fault(judged, "rumble", fix_if(*level > limits.fix), clearness(limits, *level),
                    "What lies below 25 Hz is only " + db(-*level) + " under the whole, and nobody hears it.",
                    judged.audio.source->rumble_when);
}

std::optional<Fault> find_lossy_source(const DiagnosticCase& judged) {
  if (judged.source.lossy)
    return Fault{"lossy-source",
                 Severity::kFix,
                 judged.rules.certainty.certain,
                 {},
                 "The file was made by a lossy encoder."};
  if (!judged.audio.source || judged.is_silent()) return std::nullopt;
  const LossyResult& lossy = judged.audio.source->lossy;
  const auto& rules = judged.rules.faults;
  const auto shelf = known(lossy.shelf_hz);
  if (!lossy.suspected || !shelf || !(lossy.confidence >= rules.lossy_confidence)) return std::nullopt;
  return make_fault(judged, "lossy-source", fix_if(*shelf < rules.lossy_fix_hz), lossy.confidence,
                    "Above " + frequency(std::round(*shelf / 100.0) * 100.0) +
                        " the spectrum breaks off as a lossy encoder leaves it" +
                        (lossy.codec.empty() ? "" : " (" + lossy.codec + ")") + ".",
                    lossy.when);
}

std::optional<Fault> find_upsampled(const DiagnosticCase& judged) {
  if (!judged.audio.source) return std::nullopt;
  const auto from = known(judged.audio.source->upsampled_from_hz);
  if (!from) return std::nullopt;
  return make_fault(judged, "upsampled", fix_if(*from < judged.rules.faults.upsampled_fix_hz), 1.0,
                    "Nothing lies above " + frequency(*from / 2.0) + ": it was converted up from " +
                        sample_rate(*from) + ".");
}

std::optional<Fault> find_padded_bits(const DiagnosticCase& judged) {
  const auto& used = judged.reads.effective_bits;
  if (!used || !judged.source.bits || !judged.is_fixed_point() || *used <= 0 || *used >= *judged.source.bits)
    return std::nullopt;
  return Fault{
      "padded-bits",
      fix_if(*used < judged.rules.faults.padded_fix_bits),
      judged.rules.certainty.certain,
      {},
      "Only " + std::to_string(*used) + " of its " + std::to_string(*judged.source.bits) + " bits are used."};
}

std::optional<Fault> find_dropouts(const DiagnosticCase& judged) {
  if (!judged.audio.source || judged.audio.source->dropouts <= 0) return std::nullopt;
  const SourceResult& source = *judged.audio.source;
  return make_fault(judged, "dropout", Severity::kFix, 1.0,
                    "The sound breaks off and comes back " +
                        amount(static_cast<double>(source.dropouts), "time", "times") + ".",
                    source.dropout_when);
}

std::optional<Fault> find_clicks(const DiagnosticCase& judged) {
  if (!judged.audio.source) return std::nullopt;
  const SourceResult& source = *judged.audio.source;
  const auto clicks = static_cast<double>(source.clicks);
  const auto& limits = judged.rules.faults.clicks;
  if (!(clicks > limits.look)) return std::nullopt;
  std::vector<TimeRange> when;
  for (const ClickPlace& place : source.click_places)
    if (std::isfinite(place.at_s))
      when.push_back({std::max(0.0, place.at_s - kClickS), std::max(0.0, place.at_s) + kClickS});
  return make_fault(judged, "click", fix_if(clicks > limits.fix), clearness(limits, clicks),
                    amount(clicks, "sample stands", "samples stand") +
                        " out of the waveform as a click or a digital error does.",
                    std::move(when));
}

}  // namespace lacquer
