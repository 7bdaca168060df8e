#include "report/summary.h"

#include "report/format.h"

namespace lacquer {
namespace {

std::vector<std::string> titles(const Diagnosis& diagnosis, Verdict verdict) {
  std::vector<std::string> found;
  for (const Finding& finding : diagnosis.findings) {
    if (finding.verdict == verdict)
      found.push_back(finding.title.empty() ? label(finding.id) : finding.title);
  }
  return found;
}

std::string softer_verdicts(std::size_t look, std::size_t listen) {
  std::vector<std::string> parts;
  if (look > 0) parts.push_back(counted(look, "item asks", "items ask") + " for a look");
  if (listen > 0) parts.push_back(std::to_string(listen) + " for your ears");
  if (look == 0 && listen > 0) parts.back() = counted(listen, "item asks", "items ask") + " for your ears";
  return join_and(parts);
}

std::string changes_text(const std::vector<ItemChange>& items) {
  std::vector<std::string> parts;
  for (const std::string_view change : {"fixed", "better", "worse"}) {
    const auto count = std::count_if(items.begin(), items.end(),
                                     [&](const ItemChange& item) { return item.change == change; });
    if (count > 0) parts.push_back(std::to_string(count) + " " + std::string(change));
  }
  return parts.empty() ? "no item changed" : join_and(parts) + " of the twelve items";
}

template <typename Range>
void append_all(std::vector<TimeRange>& times, const Range& more) {
  times.insert(times.end(), more.begin(), more.end());
}

}  // namespace

std::string check_sentence(const Diagnosis& diagnosis) {
  const std::vector<std::string> fix = titles(diagnosis, Verdict::kFix);
  const std::size_t look = titles(diagnosis, Verdict::kLook).size();
  const std::size_t listen = titles(diagnosis, Verdict::kListen).size();
  const std::string softer = softer_verdicts(look, listen);
  if (!fix.empty()) {
    const bool mix = mix_must_be_fixed(diagnosis);
    std::string text = mix ? "Fix the mix before mastering: " : "To fix: ";
    text += join_and(fix) + ".";
    if (!softer.empty()) text += " Beyond that, " + softer + ".";
    return text;
  }
  if (!softer.empty()) return "Nothing has to be fixed; " + softer + ".";
  const std::size_t passed = titles(diagnosis, Verdict::kPass).size();
  if (passed == 0) return "Nothing could be judged.";
  return passed == diagnosis.findings.size() ? "Nothing to do: all twelve items pass."
                                             : "Nothing to do: every item that could be judged passes.";
}

std::string plan_sentence(const Plan& plan) {
  std::vector<std::string> on;
  for (const PlanStage& stage : plan.stages) {
    if (stage.state == StageState::kOn) on.emplace_back(title(stage.stage));
  }
  std::string text = plan.loudness_lufs ? "Lands on " + quantity(plan.loudness_lufs, "LUFS") + " under "
                                        : "Keeps its loudness, under ";
  text += quantity(plan.ceiling_dbtp, "dBTP");
  if (on.empty()) return text + "; no stage is needed.";
  return text + " with " + counted(on.size(), "stage", "stages") + " of seven: " + join_and(on) + ".";
}

std::string master_sentence(const MasterResult& result) {
  std::string text = "Mastered to " + quantity(result.after.loudness.integrated_lufs, "LUFS") +
                     " with peaks at " + quantity(result.after.peak.true_dbtp, "dBTP") + ": " +
                     changes_text(result.items);
  if (result.verified.empty()) return text + ".";
  const auto broken = static_cast<std::size_t>(std::count_if(
      result.verified.begin(), result.verified.end(), [](const VerifiedClaim& c) { return !c.holds; }));
  if (broken == 0) return text + ", and every promise holds.";
  return text + ", but " + counted(broken, "promise does", "promises do") + " not hold.";
}

std::vector<KeyNumber> key_numbers(const Measurements& measurements) {
  const DynamicsResult dynamics = measurements.dynamics.value_or(DynamicsResult());
  return {{"Integrated loudness", "Integrated", "LUFS", measurements.loudness.integrated_lufs},
          {"True peak", "True peak", "dBTP", measurements.peak.true_dbtp},
          {"Loudness range", "Range", "LU", measurements.loudness.range_lu},
          {"Peak to loudness (PLR)", "PLR", "dB", dynamics.plr_db},
          {"Lowest peak to short-term (PSR5)", "PSR5", "dB", dynamics.psr_p5_db},
          {"Crest factor", "Crest", "dB", dynamics.crest_db}};
}

std::vector<VerdictCount> verdict_counts(const Diagnosis& diagnosis) {
  std::vector<VerdictCount> counts;
  for (const Verdict verdict :
       {Verdict::kFix, Verdict::kLook, Verdict::kListen, Verdict::kPass, Verdict::kNotApplicable}) {
    const std::size_t count = titles(diagnosis, verdict).size();
    if (count > 0) counts.push_back({verdict, count});
  }
  return counts;
}

std::string_view stage_heading(CheckStage stage) {
  switch (stage) {
    case CheckStage::kBefore:
      return "Before anything is switched on";
    case CheckStage::kListen:
      return "The diagnostic listen";
    case CheckStage::kExport:
      return "Before export";
  }
  return {};
}

std::string_view state_words(StageState state) {
  switch (state) {
    case StageState::kOn:
      return "applied";
    case StageState::kOffered:
      return "offered";
    case StageState::kOff:
      return "left out";
  }
  return {};
}

std::string_view tag_words(std::string_view tag) {
  if (tag == "if-needed") return "if needed";
  if (tag == "always-last") return "always last";
  return tag;
}

std::string role_text(const Role& role) {
  std::string text = "Judged as a " + std::string(to_string(role.as)) + " for ";
  text += role.purpose == Role::Purpose::kBoth ? "streaming and club" : std::string(to_string(role.purpose));
  text += role.guessed ? " (a guess)." : ".";
  return role.why.empty() ? text : text + " " + role.why;
}

std::string fault_name(std::string_view id) { return label(id); }

std::vector<TimeMarks> time_marks(const Measurements& measurements, const Diagnosis& diagnosis) {
  std::vector<TimeMarks> marks = {{"clipped", measurements.peak.clipped_when, true},
                                  {"overs", measurements.peak.intersample_overs_when, true},
                                  {"fix", {}, true},
                                  {"look", {}, false}};
  for (const Finding& finding : diagnosis.findings) {
    if (finding.verdict == Verdict::kFix) append_all(marks[2].when, finding.when);
    if (finding.verdict == Verdict::kLook) append_all(marks[3].when, finding.when);
  }
  for (const Fault& fault : diagnosis.faults) {
    if (fault.id == "clipping" || fault.id == "intersample-overs") continue;
    append_all(marks[fault.severity == Severity::kFix ? 2 : 3].when, fault.when);
  }
  for (TimeMarks& mark : marks) {
    std::sort(mark.when.begin(), mark.when.end(),
              [](const TimeRange& a, const TimeRange& b) { return a.from_s < b.from_s; });
  }
  return marks;
}

}  // namespace lacquer
