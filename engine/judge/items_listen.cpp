#include <algorithm>
#include <array>
#include <cmath>

#include "judge/faults.h"
#include "judge/finding_draft.h"
#include "judge/items.h"
#include "judge/prose.h"
#include "judge/translation.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

double longest_s(const std::vector<TimeRange>& times) {
  double longest = 0.0;
  for (const TimeRange& range : times) longest = std::max(longest, range.to_s - range.from_s);
  return longest;
}

// What the verdict on too much width asks for.
constexpr const char* kNarrow =
    "In the mix, find the widest part there and narrow it; listen on headphones for a hole in the middle.";

void raise_band_widths(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto& rules = judged.rules.stereo_width;
  for (std::size_t i = 0; i < kWidthBands.size(); ++i) {
    const WidthBand& band = kWidthBands[i];
    const std::optional<double> side = band_width_db(judged, band);
    const Verdict wide = draft.above(band.metric, side, "dB", rules.band_db[i]);
    if (wide != Verdict::kPass)
      draft.raise(wide,
                  std::string("The image is very wide ") + band.name + ": side to mid is " + db(*side) +
                      ", above " + db(rules.band_db[i].look) + ".",
                  kNarrow, Where::kMix);
    else if (side && *side < rules.band_narrow_db[i])
      draft.raise(
          Verdict::kLook,
          std::string("The image is narrow ") + band.name + ": side to mid is " + db(*side) + ".",
          "Decide whether the arrangement is meant to be this narrow there; nothing needs doing if it is.",
          Where::kMix);
  }
}

// A band that is too wide only for a while: not over the whole piece, where raise_band_widths says it.
void raise_local_widths(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto& rules = judged.rules.stereo_width;
  for (std::size_t i = 0; i < kWidthBands.size(); ++i) {
    const std::optional<double> side = band_width_db(judged, kWidthBands[i]);
    if (!side || *side > rules.band_db[i].look) continue;
    std::vector<TimeRange> when = wide_stretches(judged, i, rules.band_db[i].fix, rules.local_s);
    if (when.empty()) continue;
    draft.note(std::string("longest_wide_") + (kWidthBands[i].metric + 12), longest_s(when), "s");
    if (draft.verdict() == Verdict::kPass) draft.when(when);
    draft.raise(Verdict::kLook,
                std::string("For ") + seconds(total_s(when)) + ", first from " + seconds(when[0].from_s) +
                    ", the image is very wide " + kWidthBands[i].name + ": more side than middle.",
                kNarrow, Where::kMix);
  }
}

void raise_whole_width(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto& rules = judged.rules.stereo_width;
  const Readings& reads = judged.reads;
  const std::optional<double> width = whole_width_db(judged);
  const Verdict wide = draft.above("side_to_mid", width, "dB", rules.broadband_db);
  if (wide != Verdict::kPass)
    draft.raise(wide, "The whole image is very wide: side to mid is " + db(*width) + ".", kNarrow,
                Where::kMix);
  else if (reads.side_to_mid_db && *reads.side_to_mid_db < rules.broadband_narrow_db)
    draft.raise(
        Verdict::kLook,
        *reads.side_to_mid_db < rules.broadband_mono_db
            ? "The image is as good as mono: side to mid is " + db(*reads.side_to_mid_db) + "."
            : "The image is narrow: side to mid is " + db(*reads.side_to_mid_db) + ".",
        "Decide whether stereo was meant; if it was, check the panning and the bounce settings in the mix.",
        Where::kMix);
  const Verdict correlation = draft.below("correlation_median", reads.correlation, "", rules.correlation);
  if (correlation != Verdict::kPass)
    draft.raise(correlation,
                "Left and right have little in common: the correlation is " + decimal(*reads.correlation, 2) +
                    " for half of the time or more.",
                kNarrow, Where::kMix);
}

void raise_balance(FindingDraft& draft, const DiagnosticCase& judged) {
  const std::optional<double> balance = judged.reads.balance_lu;
  if (!balance) return;
  const Verdict verdict =
      draft.above("balance", std::abs(*balance), "LU", judged.rules.stereo_width.balance_lu);
  if (verdict == Verdict::kPass) return;
  const std::string louder = *balance > 0.0 ? "left" : "right";
  draft.raise(verdict, "The " + louder + " channel is " + lu(std::abs(*balance)) + " louder than the other.",
              "Ask whether that is meant; if not, look for a part panned to the " + louder +
                  " without its counterpart, or a balance control, in the mix.",
              Where::kMix);
}

}  // namespace

Finding judge_stereo_width(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 7);
  if (judged.is_silent()) return draft.not_applicable(kNothingToHear, kCheckTheBounce);
  if (judged.audio.channels == 1)
    return draft.not_applicable("The file is mono, so it has no stereo image.", "Nothing.");
  if (!judged.is_stereo() || !judged.audio.stereo)
    return draft.not_applicable("The stereo image of this file was not measured.",
                                "Run the full check on a stereo file.");
  if (const auto silent = silent_channel(judged))
    draft.raise_defect(
        Verdict::kFix, std::string("The ") + (*silent == 0 ? "left" : "right") + " channel is silent.",
        "Bounce the mix again with both channels, or as a mono file if it is meant to be mono.", Where::kMix);
  if (has_same_channels(judged))
    draft.raise(
        Verdict::kLook, "Both channels carry the same sound, so this is a mono piece in a stereo file.",
        "Decide whether stereo was meant; if it was, check the panning and the bounce settings in the mix.",
        Where::kMix);
  raise_balance(draft, judged);
  raise_whole_width(draft, judged);
  raise_band_widths(draft, judged);
  raise_local_widths(draft, judged);
  if (!draft.has_evidence() && draft.verdict() == Verdict::kPass)
    return draft.not_applicable("There is too little sound here to judge the stereo image.",
                                "Use a longer piece.");
  draft.listen(
      loudest(judged),
      "Eyes shut, on loudspeakers: point at the vocal. On headphones: is there a hole in the middle?");
  const std::string width =
      judged.reads.side_to_mid_db ? " (side to mid " + db(*judged.reads.side_to_mid_db) + ")" : "";
  return draft.settle(judged.rules.certainty.measured,
                      "The image is neither too wide nor too narrow" + width +
                          ", over the whole and in every passage, and sits in the middle.",
                      "Nothing; listen for whether the chorus opens.");
}

namespace {

// The system that loses most beyond what any record loses there, and how many lose at all.
struct WorstLoss {
  const SystemTranslation* system = nullptr;
  const PartLoss* loss = nullptr;
  std::size_t losing = 0;
};

WorstLoss worst_loss(const std::vector<SystemTranslation>& systems) {
  WorstLoss worst;
  for (const SystemTranslation& one : systems) {
    if (one.lost.empty()) continue;
    ++worst.losing;
    if (worst.loss == nullptr || gravity(one.lost.front()) > gravity(*worst.loss))
      worst.system = &one, worst.loss = &one.lost.front();
  }
  return worst;
}

std::string heard_metric(const WorstLoss& worst) {
  std::string name = std::string(worst.loss->part->id) + "_heard_on_" + worst.system->system.id;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

constexpr const char* kOneSentenceEach =
    "Play the passage on a phone, on earbuds and in a car, and write one sentence for each: the same "
    "complaint everywhere is the track, a different one each time is not.";

}  // namespace

Finding judge_translation(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 8);
  draft.listen(
      loudest(judged),
      "On at least three systems, one of them the one you use every day: what gets lost, and is it the same "
      "on each?");
  if (judged.is_silent()) return draft.not_applicable(kNothingToHear, kCheckTheBounce);
  std::vector<SystemTranslation> systems;
  if (judged.tone.choice.target)
    systems = translate(judged.audio, judged.tone.choice.target->curve, judged.known.systems,
                        judged.known.translation);
  if (systems.empty())
    return draft.left_to_ears("Whether it survives on other loudspeakers is for ears to say.",
                              kOneSentenceEach);
  const WorstLoss worst = worst_loss(systems);
  draft.note("systems_that_lose_more", static_cast<double>(worst.losing), "count");
  const std::string modelled = std::to_string(systems.size()) + " modelled systems";
  if (worst.loss == nullptr)
    return draft.left_to_ears("None of " + modelled +
                                  " loses more of it than of a record of the target's shape; whether that "
                                  "is enough is for ears to say.",
                              kOneSentenceEach);
  const double least = judged.known.translation.kept_of_target * worst.loss->target_audible;
  draft.below(heard_metric(worst), worst.loss->audible, "share", {least, least});
  if (worst.loss->local) draft.when(worst.loss->when);
  return draft.left_to_ears("Of " + modelled + ", " + std::to_string(worst.losing) +
                                (worst.losing == 1 ? " loses" : " lose") +
                                " more of it than of a record of the target's shape; most, " +
                                worst.system->system.name + ". " + worst.loss->why,
                            worst.loss->action + " " + kOneSentenceEach);
}

}  // namespace lacquer
