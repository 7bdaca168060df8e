#include "judge/faults.h"

#include <algorithm>
#include <cmath>

#include "judge/items.h"

namespace lacquer {
namespace {

using FindFault = std::optional<Fault> (*)(const DiagnosticCase&);

constexpr FindFault kOfAnySound[] = {
    find_clipping,   find_intersample_overs, find_over_limited, find_dc_offset, find_hum,
    find_rumble,     find_dropouts,          find_clicks,       find_upsampled, find_abrupt_start,
    find_abrupt_end,
};
constexpr FindFault kOfAStereoImage[] = {
    find_channel_imbalance, find_mono_as_stereo, find_too_narrow,   find_polarity_inverted,
    find_mono_cancellation, find_too_wide,       find_low_end_wide,
};
// What is wrong with any signal, music or not.
bool is_of_any_signal(std::string_view id) {
  constexpr std::string_view kIds[] = {"clipping", "intersample-overs", "dc-offset", "hum",
                                       "polarity-inverted"};
  return std::find(std::begin(kIds), std::end(kIds), id) != std::end(kIds);
}

constexpr FindFault kOfAnyFile[] = {find_lossy_source, find_padded_bits, find_long_silence};

const Fault* with_id(const std::vector<Fault>& faults, std::string_view id) {
  const auto found =
      std::find_if(faults.begin(), faults.end(), [&](const Fault& fault) { return fault.id == id; });
  return found == faults.end() ? nullptr : &*found;
}

// What one cause brings with it in passing is not a second finding: sides as loud as the middle are why mono
// loses so much, and the high-pass that takes an offset takes the little that lies just above it.
void leave_out_second_names(std::vector<Fault>& faults) {
  constexpr std::pair<std::string_view, std::string_view> kCauses[] = {{"mono-cancellation", "too-wide"},
                                                                       {"dc-offset", "rumble"}};
  for (const auto& [cause, other] : kCauses) {
    const Fault* first = with_id(faults, cause);
    const Fault* second = with_id(faults, other);
    if (!first || !second || first->severity != Severity::kFix || second->severity == Severity::kFix)
      continue;
    std::erase_if(faults, [id = other](const Fault& fault) { return fault.id == id; });
  }
}

}  // namespace

double clearness(DiagnosticRules::Limits limits, double value) {
  const double span = limits.fix - limits.look;
  if (span == 0.0) return 1.0;
  const double share = (value - limits.look) / span;
  return std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 1.0;
}

Fault make_fault(const DiagnosticCase& judged, const char* id, Severity severity, double clear,
                 std::string why, std::vector<TimeRange> when) {
  const auto& rules = judged.rules.certainty;
  double confidence = rules.partly + (rules.measured - rules.partly) * std::clamp(clear, 0.0, 1.0);
  if (judged.is_short()) confidence *= rules.short_factor;
  // What only music has to be like is no fault of noise, a tone or a voice.
  if (judged.instead && !is_of_any_signal(id)) {
    severity = Severity::kLook;
    confidence *= judged.known.tonal.certainty.unlike;
    why += " " + says_little_of(*judged.instead);
  }
  return {id, severity, confidence, std::move(when), std::move(why)};
}

std::optional<double> programme_dbfs(const DiagnosticCase& judged) {
  if (!judged.reads.sample_dbfs || !judged.reads.crest_db) return std::nullopt;
  return known(*judged.reads.sample_dbfs - *judged.reads.crest_db);
}

double total_s(const std::vector<TimeRange>& times) {
  double sum = 0.0;
  for (const TimeRange& range : times) sum += range.to_s - range.from_s;
  return sum;
}

std::vector<Fault> find_faults(const DiagnosticCase& judged) {
  std::vector<Fault> faults;
  const auto add = [&](FindFault find) {
    if (std::optional<Fault> fault = find(judged)) faults.push_back(std::move(*fault));
  };
  if (!judged.is_silent()) {
    for (const FindFault find : kOfAnySound) add(find);
    if (judged.is_stereo() && judged.audio.stereo)
      for (const FindFault find : kOfAStereoImage) add(find);
  }
  for (const FindFault find : kOfAnyFile) add(find);
  leave_out_second_names(faults);
  if (!judged.is_silent()) add_tonal_faults(judged, faults);
  return faults;
}

}  // namespace lacquer
