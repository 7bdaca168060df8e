#include "report/terminal.h"

#include "report/format.h"
#include "report/summary.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

using Cell = TextPage::Cell;

constexpr int kIndent = 6;  // below a finding's title
constexpr std::size_t kMostTimes = 6;

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(width, out.size()), ' ');
  return out;
}

void put_head(TextPage& page, std::string_view file_name, std::string_view sentence,
              const SourceInfo& source) {
  page.paragraph(0, "", std::string(file_name) + ": " + std::string(sentence), Tone::kStrong);
  page.paragraph(0, "", describe(source), Tone::kQuiet);
  if (source.truncated)
    page.paragraph(0, "! ", "The file ends early or is damaged; what could be read was judged.");
  if (source.non_finite_samples > 0) {
    page.paragraph(
        0, "! ",
        counted(static_cast<std::size_t>(source.non_finite_samples), "sample was", "samples were") +
            " not a number and taken as silence.");
  }
}

void put_key_numbers(TextPage& page, const Measurements& measurements, const TextStyle& style) {
  const std::vector<KeyNumber> numbers = key_numbers(measurements);
  std::vector<std::vector<Cell>> rows;
  const std::size_t per_row = style.width < 60 ? 1 : 2;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i % per_row == 0) rows.emplace_back();
    rows.back().push_back({numbers[i].brief});
    rows.back().push_back({number(numbers[i].value), true});
    rows.back().push_back({numbers[i].value ? numbers[i].unit : std::string()});
  }
  page.blank();
  page.table(2, rows);
}

void put_evidence(TextPage& page, const Finding& finding) {
  std::vector<std::vector<Cell>> rows;
  for (const Evidence& evidence : finding.evidence) {
    const std::string limit = evidence.threshold
                                  ? "limit " + threshold_text(evidence) + (evidence.distance ? ", " : "")
                                  : std::string();
    rows.push_back({{label(evidence.metric)},
                    {number(evidence.value, decimals_for(evidence.unit)), true},
                    {evidence.unit},
                    {limit + (evidence.distance ? distance_text(evidence) : std::string())}});
  }
  page.table(kIndent, rows);
}

void put_finding(TextPage& page, const Finding& finding, const TextStyle& style) {
  const bool quiet = finding.verdict == Verdict::kNotApplicable;
  std::string lead(finding.item < 10 ? " " : "");
  lead.append(std::to_string(finding.item)).append("  ");
  lead.append(mark(finding.verdict, style.unicode)).append(" ").append(padded(to_string(finding.verdict), 8));
  page.paragraph(0, lead, finding.title, quiet ? Tone::kQuiet : Tone::kStrong, tone_of(finding.verdict));
  put_evidence(page, finding);
  if (!finding.when.empty()) page.paragraph(kIndent, "at   ", times(finding.when, kMostTimes));
  if (!finding.why.empty()) page.paragraph(kIndent, "why  ", finding.why);
  if (!finding.action.empty()) {
    page.paragraph(kIndent, "do   ", finding.action);
  }
  if (finding.listen) {
    page.paragraph(kIndent, "play ",
                   time_range({finding.listen->from_s, finding.listen->to_s}) +
                       (finding.listen->how.empty() ? "" : ": " + finding.listen->how));
  }
}

void put_findings(TextPage& page, const Diagnosis& diagnosis, const TextStyle& style) {
  for (const CheckStage stage : {CheckStage::kBefore, CheckStage::kListen, CheckStage::kExport}) {
    bool headed = false;
    for (const Finding& finding : diagnosis.findings) {
      if (finding.stage != stage) continue;
      if (!headed) page.heading(stage_heading(stage));
      headed = true;
      put_finding(page, finding, style);
    }
  }
}

void put_faults(TextPage& page, const Diagnosis& diagnosis, const TextStyle& style) {
  if (diagnosis.faults.empty()) return;
  page.heading("Faults");
  for (const Fault& fault : diagnosis.faults) {
    const Verdict as = fault.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook;
    std::string lead(mark(as, style.unicode));
    lead.append(" ").append(padded(to_string(fault.severity), 6));
    page.paragraph(0, lead, fault_name(fault.id), Tone::kStrong, tone_of(as));
    if (!fault.when.empty()) page.paragraph(kIndent, "at   ", times(fault.when, kMostTimes));
    if (!fault.why.empty()) page.paragraph(kIndent, "why  ", fault.why);
  }
}

void put_role(TextPage& page, const Role& role) { page.paragraph(0, "", role_text(role), Tone::kQuiet); }

void put_stages(TextPage& page, const Plan& plan, const TextStyle& style) {
  page.heading("The seven stages");
  int n = 0;
  for (const PlanStage& stage : plan.stages) {
    const bool on = stage.state == StageState::kOn;
    const bool offered = stage.state == StageState::kOffered;
    std::string lead = std::to_string(++n) + "  ";
    lead += style.unicode ? (on        ? "\u25cf"
                             : offered ? "\u25cb"
                                       : "\u00b7")
                          : (on        ? "#"
                             : offered ? "o"
                                       : ".");
    lead.append(" ").append(padded(state_words(stage.state), 10));
    std::string name(title(stage.stage));
    name.append(" (").append(tag_words(tag(stage.stage))).append(")");
    page.paragraph(0, lead, name, on ? Tone::kStrong : Tone::kQuiet, on ? Tone::kGood : Tone::kQuiet);
    if (!stage.reason.empty()) page.paragraph(kIndent, "", stage.reason, on ? Tone::kPlain : Tone::kQuiet);
    std::vector<std::string> settings;
    for (const PlanParameter& parameter : stage.parameters) settings.push_back(parameter_text(parameter));
    if ((on || offered) && !settings.empty()) page.paragraph(kIndent, "", join(settings, ", "));
  }
}

void put_before_after(TextPage& page, const MasterResult& result) {
  page.heading("Before and after");
  const auto before = key_numbers(result.before);
  const auto after = key_numbers(result.after);
  std::vector<std::vector<Cell>> rows = {{{""}, {"mix", true}, {"master", true}, {"change", true}, {""}}};
  for (std::size_t i = 0; i < before.size(); ++i) {
    std::optional<double> change;
    if (before[i].value && after[i].value) change = *after[i].value - *before[i].value;
    rows.push_back({{before[i].brief},
                    {number(before[i].value), true},
                    {number(after[i].value), true},
                    {signed_number(change), true},
                    {before[i].unit}});
  }
  page.table(2, rows);
  page.paragraph(2, "",
                 "Limiter: at most " + quantity(result.limiter.reduction_max_db, "dB") + ", at work " +
                     quantity(result.limiter.active_share * 100.0, "%", 0) + " of the time, driven by " +
                     signed_quantity(result.limiter.drive_db, "dB") + ".",
                 Tone::kQuiet);
}

void put_changes(TextPage& page, const MasterResult& result) {
  page.heading("What became of the twelve items");
  std::vector<std::vector<Cell>> rows;
  for (const ItemChange& change : result.items) {
    std::string name = label(change.id);
    for (const Finding& finding : result.diagnosis_after.findings) {
      if (finding.item == change.item && !finding.title.empty()) name = finding.title;
    }
    std::string verdicts(to_string(change.before));
    if (change.before != change.after) verdicts.append(" \u2192 ").append(to_string(change.after));
    rows.push_back({{std::to_string(change.item), true},
                    {change.change},
                    {verdicts},
                    {name + (change.stage ? " (" + std::string(title(*change.stage)) + ")" : "")}});
  }
  page.table(0, rows);
}

void put_verified(TextPage& page, const std::vector<VerifiedClaim>& verified, const TextStyle& style) {
  if (verified.empty()) return;
  page.heading("Verified on the finished file");
  for (const VerifiedClaim& claim : verified) {
    const Verdict as = claim.holds ? Verdict::kPass : Verdict::kFix;
    std::string lead(mark(as, style.unicode));
    lead += claim.holds ? " holds  " : " fails  ";
    page.paragraph(0, lead, claim.claim + "  (measured " + plain_number(claim.value) + ")", Tone::kPlain,
                   tone_of(as));
  }
}

}  // namespace

std::string check_text(const CheckReport& report, const TextStyle& style) {
  TextPage page(style);
  put_head(page, report.file_name, check_sentence(report.diagnosis), report.source);
  put_role(page, report.diagnosis.role);
  put_key_numbers(page, report.measurements, style);
  put_findings(page, report.diagnosis, style);
  put_faults(page, report.diagnosis, style);
  return page.take();
}

std::string plan_text(const PlanReport& report, const TextStyle& style) {
  TextPage page(style);
  put_head(page, report.file_name, plan_sentence(report.plan), report.source);
  if (!report.plan.why.empty()) page.paragraph(0, "", report.plan.why);
  put_key_numbers(page, report.measurements, style);
  put_stages(page, report.plan, style);
  page.blank();
  page.paragraph(0, "", check_sentence(report.diagnosis));
  return page.take();
}

std::string master_text(const MasterReport& report, const TextStyle& style) {
  TextPage page(style);
  put_head(page, report.file_name, master_sentence(report.result), report.source);
  put_before_after(page, report.result);
  put_stages(page, report.result.plan, style);
  put_changes(page, report.result);
  put_verified(page, report.result.verified, style);
  page.blank();
  page.paragraph(0, "master  ", report.output_path, Tone::kStrong);
  if (!report.report_path.empty()) page.paragraph(0, "report  ", report.report_path, Tone::kStrong);
  return page.take();
}

}  // namespace lacquer
