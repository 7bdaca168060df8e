#include "judge/tonal_prose.h"

#include <algorithm>
#include <cmath>

#include "judge/prose.h"
#include "judge/tone_bursts.h"

namespace lacquer::tonal_prose {
namespace {

using prose::clock;
using prose::db;

constexpr std::size_t kTimesNamed = 2;
constexpr double kMostOfIt = 0.85;  // of the piece: not worth naming times

bool is_bursts(const ToneFault& fault) { return fault.term->measured_by == "bursts"; }

double total_s(const std::vector<TimeRange>& when) {
  double sum = 0.0;
  for (const TimeRange& range : when) sum += std::max(0.0, range.to_s - range.from_s);
  return sum;
}

}  // namespace

std::string around(double hz) {
  const double step = std::pow(10.0, std::floor(std::log10(std::max(hz, 1.0))) - 1.0);
  return prose::frequency(std::round(hz / step) * step);
}

std::string amount(const DiagnosticCase& judged, const ToneFault& fault) {
  if (is_bursts(fault)) {
    const BurstRates rates = burst_rates(judged.audio, judged.known.tonal);
    const double rate = std::max(rates.per_minute.value_or(0.0), rates.busiest_per_minute);
    return prose::amount(std::round(rate), "burst", "bursts") + " a minute from 5 to 9 kHz";
  }
  return db(std::abs(fault.deviation_db)) + (fault.deviation_db < 0.0 ? " under" : " over") +
         " the target around " + around(fault.hz);
}

std::string mostly(const DiagnosticCase& judged, const std::vector<TimeRange>& when) {
  if (when.empty() || !(total_s(when) < kMostOfIt * judged.audio.duration_s)) return "";
  std::vector<TimeRange> longest = when;
  std::stable_sort(longest.begin(), longest.end(), [](const TimeRange& a, const TimeRange& b) {
    return a.to_s - a.from_s > b.to_s - b.from_s;
  });
  if (longest.size() > kTimesNamed) longest.resize(kTimesNamed);
  std::sort(longest.begin(), longest.end(),
            [](const TimeRange& a, const TimeRange& b) { return a.from_s < b.from_s; });
  std::string text;
  for (const TimeRange& range : longest)
    text += (text.empty() ? ", mostly " : " and ") + clock(range.from_s) + " to " + clock(range.to_s);
  return text;
}

std::string fault_why(const DiagnosticCase& judged, const ToneFault& fault) {
  const std::string doubt = judged.instead ? " " + says_little_of(*judged.instead)
                            : judged.tone.choice.unlike
                                ? " It resembles no record that the targets describe, so this says little."
                                : "";
  if (is_bursts(fault))
    return "There are up to " + amount(judged, fault) + ", while the middle stays calm" +
           mostly(judged, fault.when) + "." + doubt;
  std::string why = "The level is " + amount(judged, fault) + " (" + fault.target + ")";
  if (fault.usual_db > 0.0) why += ", where up to " + db(fault.usual_db) + " are usual";
  why += mostly(judged, fault.when) + ".";
  why += doubt;
  if (doubt.empty() && fault.first_passes && judged.tone.choice.target)
    why += " Against " + judged.tone.choice.target->curve.name + " it would pass.";
  return why;
}

Advice advice(const DiagnosticCase& judged, const ToneFault& fault) {
  const bool cut = fault.deviation_db >= 0.0;
  const std::string there = around(fault.hz);
  if (is_bursts(fault))
    return {
        "De-ess the voice in the mix; if only the stereo file is left, hold 5 to 9 kHz down by 2 to 3 dB in "
        "these moments with one band of a multiband compressor.",
        Where::kMix};
  if (fault.severity == Severity::kFix)
    return {
        cut ? "In the mix, find the part that fills the range around " + there +
                  " and take it down or out of the way; it is more than equalising a master should take."
            : "In the mix, find what takes the range around " + there +
                  " away (a filter, a gap in the arrangement) and give it back; it is more than equalising a "
                  "master should give.",
        Where::kMix};
  if (fault.at_times)
    return {
        "Hold the band around " + there +
            " down by 1 to 3 dB in these moments only, with one band of a multiband compressor, or ride the "
            "part in the mix; a fixed cut would thin the rest.",
        judged.is_master() ? Where::kMaster : Where::kMix};
  return {std::string("Listen beside a record you know at the same loudness; if you agree, ") +
              (cut ? "cut " : "lift ") + "1 to 2 dB around " + there + " with a wide bell, Q about 0.7.",
          Where::kMaster};
}

}  // namespace lacquer::tonal_prose
