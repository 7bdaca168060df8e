#include "judge/finding_draft.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lacquer {
namespace {

struct ItemWords {
  const char* id;
  CheckStage stage;
  const char* title;
};

constexpr std::array<ItemWords, 12> kItems = {{
    {"fresh-ears", CheckStage::kBefore, "Fresh ears"},
    {"peak-level", CheckStage::kBefore, "Peak level on the master channel"},
    {"mono-compatibility", CheckStage::kBefore, "Mono compatibility"},
    {"source-integrity", CheckStage::kBefore, "What is already on the file"},
    {"low-end", CheckStage::kListen, "Low-end balance"},
    {"harshness", CheckStage::kListen, "High-frequency harshness"},
    {"stereo-width", CheckStage::kListen, "Stereo width"},
    {"translation", CheckStage::kListen, "Translation to other systems"},
    {"platform-loudness", CheckStage::kExport, "Platform loudness"},
    {"true-peak-ceiling", CheckStage::kExport, "True-peak ceiling"},
    {"file-format", CheckStage::kExport, "File format"},
    {"playback", CheckStage::kExport, "Playback beside the mix"},
}};
constexpr int kMonoItem = 3;
constexpr int kWidthItem = 7;

}  // namespace

FindingDraft::FindingDraft(const DiagnosticCase& judged, int number) : judged_(judged) {
  const ItemWords& words = kItems[static_cast<std::size_t>(number - 1)];
  finding_.item = number;
  finding_.id = words.id;
  finding_.stage = words.stage;
  finding_.title = words.title;
}

void FindingDraft::note(const std::string& metric, std::optional<double> value, const std::string& unit) {
  if (known(value)) finding_.evidence.push_back({metric, *value, unit, std::nullopt, std::nullopt});
}

void FindingDraft::note_limit(const std::string& metric, double value, const std::string& unit,
                              double limit) {
  above(metric, value, unit, {limit, limit});
}

Verdict FindingDraft::weigh(const std::string& metric, std::optional<double> value, const std::string& unit,
                            Limits limits, double sign) {
  if (!known(value)) return Verdict::kPass;
  const double distance = sign * (limits.look - *value);
  if (!std::isfinite(distance)) return Verdict::kPass;
  finding_.evidence.push_back({metric, *value, unit, limits.look, distance});
  if (distance >= 0.0) return Verdict::kPass;
  return sign * (limits.fix - *value) >= 0.0 ? Verdict::kLook : Verdict::kFix;
}

Verdict FindingDraft::above(const std::string& metric, std::optional<double> value, const std::string& unit,
                            Limits limits) {
  return weigh(metric, value, unit, limits, 1.0);
}

Verdict FindingDraft::below(const std::string& metric, std::optional<double> value, const std::string& unit,
                            Limits limits) {
  return weigh(metric, value, unit, limits, -1.0);
}

void FindingDraft::raise(Verdict verdict, const std::string& why, const std::string& action, Where where) {
  const bool is_of_music = finding_.item == kMonoItem || (finding_.item >= 5 && finding_.item <= kWidthItem);
  const bool capped = judged_.instead && is_of_music && verdict == Verdict::kFix;
  raise_defect(capped ? Verdict::kLook : verdict, why, action, where);
}

void FindingDraft::raise_defect(Verdict verdict, const std::string& why, const std::string& action,
                                Where where) {
  if (*verdict_rank(verdict) > *verdict_rank(gravest_.verdict)) gravest_ = {verdict, why, action, where};
}

Verdict FindingDraft::verdict() const { return gravest_.verdict; }

void FindingDraft::listen(TimeRange passage, const std::string& how) {
  finding_.listen = ListenPassage{passage.from_s, passage.to_s, how};
}

Finding FindingDraft::settle(double confidence, const std::string& why, const std::string& action) {
  if (judged_.is_short()) confidence *= judged_.rules.certainty.short_factor;
  // The tonal items know by themselves that it resembles no record.
  const bool of_the_image = finding_.item == kMonoItem || finding_.item == kWidthItem;
  if (judged_.instead && of_the_image) {
    confidence *= judged_.known.tonal.certainty.unlike;
    gravest_.why += " " + says_little_of(*judged_.instead);
  }
  if (gravest_.verdict == Verdict::kPass)
    return finish(Verdict::kPass, confidence, Concern{Verdict::kPass, why, action, Where::kNone});
  return finish(gravest_.verdict, confidence, gravest_);
}

Finding FindingDraft::left_to_ears(const std::string& why, const std::string& action) {
  return finish(Verdict::kListen, judged_.rules.certainty.open,
                Concern{Verdict::kPass, why, action, Where::kNone});
}

Finding FindingDraft::not_applicable(const std::string& why, const std::string& action) {
  return finish(Verdict::kNotApplicable, judged_.rules.certainty.certain,
                Concern{Verdict::kPass, why, action, Where::kNone});
}

Finding FindingDraft::finish(Verdict verdict, double confidence, const Concern& concern) {
  finding_.verdict = verdict;
  finding_.confidence = std::clamp(confidence, 0.0, 1.0);
  finding_.why = concern.why;
  finding_.action = concern.action;
  finding_.where = concern.where;
  return std::move(finding_);
}

}  // namespace lacquer
