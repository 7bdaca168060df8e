#include "report/summary.h"

#include "report/departures.h"
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

std::string what_it_buys(const LoudnessStep& step) {
  if (!step.within_budget) return step.only_costs ? "too dear, only costs" : "too dear";
  return step.only_costs ? "only costs" : "";
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

std::string target_text(const std::optional<ChosenTarget>& target) {
  if (!target) return {};
  std::string text = "Judged against: " + target->curve.name;
  switch (target->origin) {
    case ChosenTarget::Origin::kGuessed:
      text += " (guessed)";
      break;
    case ChosenTarget::Origin::kNamed:
      text += " (as asked)";
      break;
    case ChosenTarget::Origin::kLearned:
      text += " (learned)";
      break;
    case ChosenTarget::Origin::kReference:
      text += " (your reference)";
      break;
  }
  return target->why.empty() ? text + "." : text + ": " + target->why;
}

std::string_view where_words(Where where) {
  switch (where) {
    case Where::kMix:
      return "in the mix";
    case Where::kMaster:
      return "in mastering";
    case Where::kExport:
      return "at export";
    case Where::kNone:
      return {};
  }
  return {};
}

std::string confidence_text(const Finding& finding) {
  if (finding.verdict == Verdict::kNotApplicable) return {};
  std::string text(confidence_words(finding.confidence));
  const std::string_view where = where_words(finding.where);
  if (where.empty() || finding.verdict == Verdict::kPass) return text;
  if (!text.empty()) text += "; ";
  return text.append("to be done ").append(where);
}

std::string listen_text(const ListenPassage& passage) {
  const std::string when = time_range({passage.from_s, passage.to_s});
  return passage.how.empty() ? when : when + ": " + passage.how;
}

std::string word_numbers(const Word& word) {
  std::vector<std::string> parts = {signed_quantity(word.deviation_db, "dB"),
                                    band_text(word.low_hz, word.high_hz)};
  if (!word.when.empty()) parts.push_back(times(word.when, 4));
  return join(parts, ", ");
}

std::string departure_sentence(const Measurements& measurements, const std::optional<ChosenTarget>& target) {
  if (!target || !measurements.spectrum) return {};
  const auto bands = departures(measurements.spectrum->third_octaves, target->curve);
  if (bands.empty()) return {};
  std::vector<std::string> parts;
  for (const DepartureRun& run : departure_runs(bands))
    parts.push_back(signed_quantity(run.peak.deviation_db, "dB") + " at " + hz_text(run.peak.hz));
  if (parts.empty()) return "The tone stays inside the tolerance of " + target->curve.name + ".";
  return "Past the tolerance of " + target->curve.name + ": " + join_and(parts) + ".";
}

std::vector<std::string> source_notes(const SourceInfo& source) {
  std::vector<std::string> notes;
  if (source.truncated)
    notes.emplace_back("The file ends early or is damaged; what could be read was judged.");
  if (source.non_finite_samples > 0)
    notes.push_back(
        counted(static_cast<std::size_t>(source.non_finite_samples), "sample was", "samples were") +
        " not a number, or louder than any audio, and taken as silence.");
  return notes;
}

std::vector<Finding> to_do(const Diagnosis& diagnosis) {
  std::vector<Finding> found;
  for (const Verdict verdict : {Verdict::kFix, Verdict::kLook}) {
    for (const Finding& finding : diagnosis.findings) {
      if (finding.verdict == verdict) found.push_back(finding);
    }
  }
  return found;
}

namespace {

void mark_peaks(std::vector<TimeMarks>& marks, const Measurements& measurements, const Diagnosis& diagnosis) {
  const auto named = [&](std::string_view id) {
    return std::any_of(diagnosis.faults.begin(), diagnosis.faults.end(),
                       [&](const Fault& fault) { return fault.id == id && !fault.when.empty(); });
  };
  if (!named("clipping")) marks.push_back({"Clipped", measurements.peak.clipped_when, TimeMarks::Kind::kFix});
  if (!named("intersample-overs"))
    marks.push_back({"Overs", measurements.peak.intersample_overs_when, TimeMarks::Kind::kLook});
}

// The faults of one kind share a lane.
void mark_faults(std::vector<TimeMarks>& marks, const Diagnosis& diagnosis) {
  for (const Fault& fault : diagnosis.faults) {
    const auto kind = fault.severity == Severity::kFix ? TimeMarks::Kind::kFix : TimeMarks::Kind::kLook;
    const std::string name = fault_name(fault.id);
    const auto known = std::find_if(marks.begin(), marks.end(), [&](const TimeMarks& mark) {
      return mark.name == name && mark.kind == kind;
    });
    if (known == marks.end()) {
      marks.push_back({name, fault.when, kind});
    } else {
      known->when.insert(known->when.end(), fault.when.begin(), fault.when.end());
    }
  }
}

// A finding whose times a fault shows already would say the same twice.
void mark_findings(std::vector<TimeMarks>& marks, const Diagnosis& diagnosis) {
  for (const Finding& finding : to_do(diagnosis)) {
    const bool shown = std::any_of(marks.begin(), marks.end(),
                                   [&](const TimeMarks& mark) { return mark.when == finding.when; });
    if (shown) continue;
    marks.push_back({std::to_string(finding.item) + " " + label(finding.id), finding.when,
                     finding.verdict == Verdict::kFix ? TimeMarks::Kind::kFix : TimeMarks::Kind::kLook});
  }
}

// One passage may serve several items; one of most of the piece needs no mark.
TimeMarks passages(const Diagnosis& diagnosis, double duration_s) {
  TimeMarks marks{"To play, by item", {}, TimeMarks::Kind::kListen};
  for (const Finding& finding : diagnosis.findings) {
    if (!finding.listen || finding.verdict == Verdict::kNotApplicable) continue;
    const TimeRange when{finding.listen->from_s, finding.listen->to_s};
    if (!(when.to_s - when.from_s < 0.5 * duration_s)) continue;
    const auto known = std::find(marks.when.begin(), marks.when.end(), when);
    if (known == marks.when.end()) {
      marks.when.push_back(when);
      marks.labels.push_back(std::to_string(finding.item));
    } else {
      marks.labels[static_cast<std::size_t>(known - marks.when.begin())] +=
          ", " + std::to_string(finding.item);
    }
  }
  return marks;
}

}  // namespace

std::vector<TimeMarks> time_marks(const Measurements& measurements, const Diagnosis& diagnosis) {
  std::vector<TimeMarks> marks;
  mark_faults(marks, diagnosis);
  mark_peaks(marks, measurements, diagnosis);
  mark_findings(marks, diagnosis);
  marks.push_back(passages(diagnosis, measurements.duration_s));
  std::erase_if(marks, [](const TimeMarks& mark) { return mark.when.empty(); });
  std::stable_sort(marks.begin(), marks.end(),
                   [](const TimeMarks& a, const TimeMarks& b) { return a.kind < b.kind; });
  return marks;
}

}  // namespace lacquer
