#include <algorithm>
#include <cmath>

#include "judge/finding_draft.h"
#include "judge/items.h"
#include "judge/prose.h"
#include "judge/tonal_prose.h"
#include "judge/tone_bursts.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

std::string against(const DiagnosticCase& judged) {
  return judged.tone.choice.target ? " the target " + judged.tone.choice.target->curve.name : " the target";
}

// The faults whose words belong to an item: they lead it, each at its own severity.
void raise_faults(FindingDraft& draft, const DiagnosticCase& judged,
                  std::initializer_list<std::string_view> ids) {
  std::vector<TimeRange> when;
  for (const ToneFault& fault : judged.tone.faults) {
    if (std::find(ids.begin(), ids.end(), fault.term->id) == ids.end()) continue;
    draft.note(fault.term->id + "_deviation", fault.deviation_db, "dB");
    const tonal_prose::Advice advice = tonal_prose::advice(judged, fault);
    draft.raise(fault.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook,
                "It sounds " + fault.term->id + ": " + tonal_prose::fault_why(judged, fault), advice.action,
                advice.where);
    if (when.empty()) when = fault.when;
  }
  draft.when(when);
}

// Where to listen: in the longest stretch of the first fault of the item, else where it is loudest.
TimeRange passage(const DiagnosticCase& judged, std::initializer_list<std::string_view> ids) {
  for (const ToneFault& fault : judged.tone.faults) {
    if (std::find(ids.begin(), ids.end(), fault.term->id) == ids.end() || fault.when.empty()) continue;
    const TimeRange longest = *std::max_element(
        fault.when.begin(), fault.when.end(),
        [](const TimeRange& a, const TimeRange& b) { return a.to_s - a.from_s < b.to_s - b.from_s; });
    return passage_around(judged.audio, (longest.from_s + longest.to_s) / 2.0,
                          judged.rules.listening.passage_s);
  }
  return loudest(judged);
}

double tone_certainty(const DiagnosticCase& judged) {
  const auto& factors = judged.known.tonal.certainty;
  double certainty = judged.rules.certainty.measured;
  if (judged.tone.choice.unlike) certainty *= factors.unlike;
  for (const ToneFault& fault : judged.tone.faults)
    if (fault.second_target) return certainty * factors.one_target;
  return certainty;
}

// What resembles no record (speech, noise, one sound) need not have the tone of one.
Verdict as_far_as_a_target_tells(const DiagnosticCase& judged, Verdict verdict) {
  return judged.tone.choice.unlike && verdict == Verdict::kFix ? Verdict::kLook : verdict;
}

// The deviation of 40 to 125 Hz, without what percussion lifts at both ends; a shortage counts from 63 Hz up.
std::optional<double> low_tilt_db(const DiagnosticCase& judged) {
  const auto tilt = mean_in_range(judged.tone.deviation_db, 40.0, 125.0);
  if (!tilt) return std::nullopt;
  if (*tilt >= 0.0) return *tilt - judged.tone.lift_db;
  const auto shortage =
      mean_in_range(judged.tone.deviation_db, judged.known.tonal.broad.shortage_from_hz, 125.0);
  return shortage ? std::min(0.0, *shortage) : 0.0;
}

void raise_tilt(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto tilt = low_tilt_db(judged);
  if (!tilt) return;
  draft.note("deviation_40_125_hz", *tilt, "dB");
  const Verdict verdict =
      as_far_as_a_target_tells(judged, draft.above("distance_from_target_40_125_hz", std::abs(*tilt), "dB",
                                                   judged.known.tonal.low_end.tilt_db));
  if (verdict == Verdict::kPass) return;
  const bool much = *tilt > 0.0;
  draft.raise(
      verdict,
      "From 40 to 125 Hz the level is " + db(std::abs(*tilt)) + (much ? " over" : " under") +
          against(judged) +
          (much ? ", so the bottom may be larger than the song." : ", so the bottom may be too small."),
      verdict == Verdict::kFix
          ? "Balance kick and bass against the rest again in the mix; beside a record you know, at the same "
            "loudness, decide how much."
          : std::string("Compare with a record you know at the same loudness; if you agree, ") +
                (much ? "lower" : "raise") + " the bass by 1 to 2 dB with a low shelf.",
      verdict == Verdict::kFix ? Where::kMix : Where::kMaster);
}

void raise_rumble(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto deepest = band_level_db(judged, 19.0, 26.0);
  const auto bass = band_level_db(judged, 49.0, 81.0);
  if (!deepest || !bass) return;
  const double rumble = *deepest - *bass;
  const Verdict verdict =
      draft.above("rumble_against_bass", rumble, "dB", judged.known.tonal.low_end.rumble_db);
  if (verdict == Verdict::kPass) return;
  draft.raise(
      verdict,
      "20 to 25 Hz stands only " + db(std::abs(rumble)) + (rumble < 0.0 ? " under" : " over") +
          " 50 to 80 Hz: it is hardly heard and takes level from the rest.",
      "High-pass the parts that need nothing below 30 Hz in the mix; in the master, a high-pass at 20 to "
      "30 Hz, unless a sub effect is meant.",
      verdict == Verdict::kFix ? Where::kMix : Where::kMaster);
}

// 95th percentile over the median of a band's level over time: a bass that is away for a part of the piece is
// an arrangement, one that jumps is unsteady.
std::optional<double> jump_db(const BandsOverTime& bands, std::size_t band) {
  std::vector<float> levels;
  const auto stride = static_cast<std::size_t>(bands.bands);
  for (std::size_t i = band; i < bands.values.size(); i += stride)
    if (bands.values[i] > -100.0F && bands.values[i] < 100.0F) levels.push_back(bands.values[i]);
  if (levels.empty()) return std::nullopt;
  const auto percentile = [&](double share) {
    const auto at =
        levels.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(levels.size() - 1));
    std::nth_element(levels.begin(), at, levels.end());
    return static_cast<double>(*at);
  };
  return percentile(0.95) - percentile(0.5);
}

// How much more the low bands jump than the median band.
std::optional<double> low_spread_db(const DiagnosticCase& judged) {
  if (!judged.audio.spectrum) return std::nullopt;
  const BandsOverTime& bands = judged.audio.spectrum->third_octaves_over_time;
  if (bands.bands != kTargetBands) return std::nullopt;
  std::vector<double> all;
  double low = 0.0;
  int count = 0;
  for (std::size_t band = 0; band < kTargetBands; ++band) {
    const auto jump = jump_db(bands, band);
    if (!jump) continue;
    all.push_back(*jump);
    if (is_in_range(band, 40.0, 125.0)) low += *jump, ++count;
  }
  if (count == 0) return std::nullopt;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return low / count - *middle;
}

void raise_unsteadiness(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto spread = low_spread_db(judged);
  const double limit_db = judged.known.tonal.low_end.spread_db;
  if (!spread || !std::isfinite(*spread)) return;
  draft.note_limit("unsteadiness_40_125_hz", *spread, "dB", limit_db);
  if (*spread <= limit_db) return;
  draft.raise(
      Verdict::kLook,
      "At its strongest the level from 40 to 125 Hz jumps " + db(*spread) +
          " further above its usual level than other ranges do, so single notes may jump out.",
      "Listen for bass notes that jump; if they do, ride or compress the bass in the mix, or hold the low "
      "band with 1 to 3 dB of multiband compression.",
      Where::kMix);
}

void raise_low_width(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto side = low_side_to_mid_db(judged);
  const Verdict wide =
      draft.above("side_to_mid_below_120_hz", side, "dB", judged.rules.low_end.side_to_mid_db);
  if (wide == Verdict::kPass) return;
  draft.raise(
      wide, "Below 120 Hz side to mid is " + db(*side) + ", so the bass is not centred.",
      "In the mix, make kick and bass mono below 120 Hz, or take the widener or stereo chorus off the bass.",
      Where::kMix);
}

}  // namespace

Finding judge_low_end(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 5);
  if (judged.is_silent()) return draft.not_applicable(kNothingToHear, kCheckTheBounce);
  draft.listen(
      passage(judged, {"boomy", "muddy", "thin"}),
      "Quietly: can you still follow the bass line? Then louder: does one note jump out, and is there any "
      "bass at all on a small loudspeaker?");
  draft.note("level_40_125_hz", band_level_db(judged, 39.0, 130.0), "dB");
  raise_faults(draft, judged, {"boomy", "muddy", "thin"});
  raise_tilt(draft, judged);
  raise_rumble(draft, judged);
  raise_low_width(draft, judged);
  raise_unsteadiness(draft, judged);
  if (!draft.has_evidence() && draft.verdict() == Verdict::kPass)
    return draft.not_applicable("There is too little sound here to judge the low end.",
                                "Use a longer piece.");
  return draft.settle(tone_certainty(judged),
                      "The low end is as large as in" + against(judged) +
                          " within its tolerance, steady and "
                          "in the middle.",
                      "Nothing.");
}

namespace {

void raise_deviation(FindingDraft& draft, const DiagnosticCase& judged, const char* metric, double low_hz,
                     double high_hz, DiagnosticRules::Limits limits, const char* sounds) {
  const auto deviation = mean_in_range(judged.tone.deviation_db, low_hz, high_hz);
  if (!deviation) return;
  const double own_db = *deviation > 0.0 ? std::max(0.0, *deviation - judged.tone.lift_db) : *deviation;
  const Verdict verdict = as_far_as_a_target_tells(judged, draft.above(metric, own_db, "dB", limits));
  if (verdict == Verdict::kPass) return;
  draft.raise(
      verdict,
      "From " + frequency(low_hz) + " to " + frequency(high_hz) + " the level is " + db(own_db) + " over" +
          against(judged) + ", which " + sounds + ".",
      verdict == Verdict::kFix
          ? "In the mix, find the part that is sharp there (hats, distorted guitars, a bright voice) and "
            "take it down."
          : "Turn up by 6 dB for ten seconds: if it hurts before it excites, cut 1 to 2 dB there with a wide "
            "bell.",
      verdict == Verdict::kFix ? Where::kMix : Where::kMaster);
}

void raise_bursts(FindingDraft& draft, const DiagnosticCase& judged) {
  const BurstRates rates = burst_rates(judged.audio, judged.known.tonal);
  draft.above("bursts_5000_9000_hz", rates.per_minute, "1/min", judged.known.tonal.bursts.per_minute);
}

void raise_resonances(FindingDraft& draft, const DiagnosticCase& judged) {
  if (!judged.audio.spectrum) return;
  const auto& rules = judged.known.tonal.resonance;
  std::vector<const Resonance*> steady;
  for (const Resonance& one : judged.audio.spectrum->resonances)
    if (is_steady_resonance(one, rules) && one.hz >= 2000.0 && one.hz <= 10000.0) steady.push_back(&one);
  if (steady.empty()) return;
  const auto count = static_cast<double>(steady.size());
  draft.note_limit("resonance", steady.front()->excess_db, "dB", rules.excess_db);
  draft.note("resonance_at", steady.front()->hz, "Hz");
  draft.raise(
      count >= rules.several ? Verdict::kFix : Verdict::kLook,
      amount(count, "narrow peak stays", "narrow peaks stay") + " put while the notes move, the strongest " +
          db(steady.front()->excess_db) + " high at " + tonal_prose::around(steady.front()->hz) + ".",
      "Sweep a narrow bell around " + tonal_prose::around(steady.front()->hz) +
          " and cut 1 to 3 dB where it rings, Q 3 to 8; better still on the track that rings, in the mix.",
      count >= rules.several ? Where::kMix : Where::kMaster);
}

}  // namespace

Finding judge_harshness(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 6);
  if (judged.is_silent()) return draft.not_applicable(kNothingToHear, kCheckTheBounce);
  draft.listen(
      passage(judged, {"harsh", "sibilant"}),
      "On headphones and a bright small loudspeaker: esses, hats, distorted guitars. Turn up 6 dB for 10 s: "
      "does it hurt before it gets exciting?");
  draft.note("level_2000_5000_hz", band_level_db(judged, 1950.0, 5100.0), "dB");
  draft.note("level_4000_8000_hz", band_level_db(judged, 3900.0, 8100.0), "dB");
  const auto& rules = judged.known.tonal.harshness;
  raise_faults(draft, judged, {"harsh", "sibilant"});
  raise_deviation(draft, judged, "deviation_4000_8000_hz", 4000.0, 8000.0, rules.harsh_db, "may sound harsh");
  raise_deviation(draft, judged, "deviation_2000_5000_hz", 2000.0, 5000.0, rules.edge_db,
                  "is where hearing is most sensitive");
  raise_bursts(draft, judged);
  raise_resonances(draft, judged);
  if (!draft.has_evidence() && draft.verdict() == Verdict::kPass)
    return draft.not_applicable("There is too little sound here to judge the highs.", "Use a longer piece.");
  return draft.settle(tone_certainty(judged),
                      "From 2 to 10 kHz nothing stands out: not in level against" + against(judged) +
                          ", not in bursts, and no narrow peak stays put.",
                      "Nothing.");
}

}  // namespace lacquer
