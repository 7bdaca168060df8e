#include "report/terminal.h"

#include <algorithm>
#include <cmath>

#include "report/departures.h"
#include "report/format.h"
#include "report/summary.h"
#include "report/text_page.h"
#include "report/tone_chart.h"

namespace lacquer {
namespace {

using Cell = TextPage::Cell;

constexpr int kIndent = 6;  // below a finding's title
constexpr std::size_t kMostTimes = 6;
constexpr std::size_t kLongestTerm = 24;

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
            " not a number, or louder than any audio, and taken as silence.");
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

std::vector<Cell> evidence_row(const Evidence& evidence) {
  const auto [value, unit] = value_and_unit(evidence);
  std::string limit = evidence.threshold ? "limit " + threshold_text(evidence) : std::string();
  if (evidence.threshold && evidence.distance) limit += ", ";
  if (evidence.distance) limit += distance_text(evidence);
  return {{label(evidence.metric)}, {value, true}, {unit}, {limit}};
}

void put_evidence(TextPage& page, const Finding& finding) {
  std::vector<std::vector<Cell>> rows;
  for (const Evidence& evidence : finding.evidence) rows.push_back(evidence_row(evidence));
  page.table(kIndent, rows);
}

void put_near_misses(TextPage& page, const Finding& finding) {
  std::vector<std::vector<Cell>> rows;
  for (const Evidence& evidence : finding.evidence) {
    if (is_near_miss(evidence)) rows.push_back(evidence_row(evidence));
  }
  page.table(kIndent, rows);
}

std::string title_of(const Finding& finding) {
  return finding.title.empty() ? label(finding.id) : finding.title;
}

void put_title(TextPage& page, const Finding& finding, std::string_view title, const TextStyle& style) {
  const bool quiet = finding.verdict == Verdict::kNotApplicable;
  std::string lead(finding.item < 10 ? " " : "");
  lead.append(std::to_string(finding.item)).append("  ");
  lead.append(mark(finding.verdict, style.unicode)).append(" ").append(padded(to_string(finding.verdict), 8));
  page.paragraph(0, lead, title, quiet ? Tone::kQuiet : Tone::kStrong, tone_of(finding.verdict));
}

void put_listen(TextPage& page, const Finding& finding) {
  if (finding.listen) page.paragraph(kIndent, "play ", listen_text(*finding.listen));
}

void put_to_do(TextPage& page, const Diagnosis& diagnosis, const TextStyle& style) {
  const std::vector<Finding> found = to_do(diagnosis);
  if (found.empty()) return;
  page.heading("What to do, in this order");
  for (const Finding& finding : found) {
    put_title(page, finding, title_of(finding), style);
    const std::string sure = confidence_text(finding);
    if (!sure.empty()) page.paragraph(kIndent, "", sure, Tone::kQuiet);
    put_evidence(page, finding);
    if (!finding.when.empty()) page.paragraph(kIndent, "at   ", times(finding.when, kMostTimes));
    if (!finding.why.empty()) page.paragraph(kIndent, "why  ", finding.why);
    if (!finding.action.empty()) page.paragraph(kIndent, "do   ", finding.action);
    put_listen(page, finding);
  }
}

// What is to be done stands above in full; of the rest, what a person needs who acts on it or trusts it.
void put_short(TextPage& page, const Finding& finding, const TextStyle& style) {
  switch (finding.verdict) {
    case Verdict::kFix:
    case Verdict::kLook:
      put_title(page, finding, title_of(finding) + " (above)", style);
      return;
    case Verdict::kNotApplicable:
      put_title(page, finding, title_of(finding) + (finding.why.empty() ? "" : ": " + finding.why), style);
      return;
    case Verdict::kPass:
      put_title(page, finding, title_of(finding), style);
      put_near_misses(page, finding);
      put_listen(page, finding);
      return;
    case Verdict::kListen:
      put_title(page, finding, title_of(finding), style);
      if (!finding.why.empty()) page.paragraph(kIndent, "why  ", finding.why);
      if (!finding.action.empty()) page.paragraph(kIndent, "do   ", finding.action);
      put_listen(page, finding);
      return;
  }
}

void put_findings(TextPage& page, const Diagnosis& diagnosis, const TextStyle& style) {
  for (const CheckStage stage : {CheckStage::kBefore, CheckStage::kListen, CheckStage::kExport}) {
    bool headed = false;
    for (const Finding& finding : diagnosis.findings) {
      if (finding.stage != stage) continue;
      if (!headed) page.heading(stage_heading(stage));
      headed = true;
      put_short(page, finding, style);
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
    const std::string_view sure = confidence_words(fault.confidence);
    page.paragraph(0, lead, fault_name(fault.id) + (sure.empty() ? "" : " (" + std::string(sure) + ")"),
                   Tone::kStrong, tone_of(as));
    if (!fault.when.empty()) page.paragraph(kIndent, "at   ", times(fault.when, kMostTimes));
    if (!fault.why.empty()) page.paragraph(kIndent, "why  ", fault.why);
  }
}

void put_tone(TextPage& page, const CheckReport& report, const TextStyle& style) {
  const std::vector<Word> words = standing_out(report.diagnosis.words);
  const std::string sentence = departure_sentence(report.measurements, report.diagnosis.target);
  if (words.empty() && sentence.empty()) return;
  page.heading("The tone");
  std::size_t width = 0;
  for (const Word& word : words) width = std::max(width, word.term.size());
  for (const Word& word : words) {
    page.paragraph(0, padded(word.term.substr(0, kLongestTerm), std::min(width, kLongestTerm)) + "  ",
                   word_numbers(word), Tone::kPlain, Tone::kStrong);
    if (!word.text.empty()) page.paragraph(kIndent, "", word.text);
  }
  if (!sentence.empty()) page.paragraph(0, "", sentence);
  put_tone_chart(page, report.measurements, report.diagnosis.target, style);
}

void put_role(TextPage& page, const Diagnosis& diagnosis) {
  page.paragraph(0, "", role_text(diagnosis.role), Tone::kQuiet);
  const std::string target = target_text(diagnosis.target);
  if (!target.empty()) page.paragraph(0, "", target, Tone::kQuiet);
}

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
    if ((on || offered) && !stage.parameters.empty()) page.paragraph(kIndent, "", settings_text(stage));
    if (stage.trial && !stage.trial->note.empty())
      page.paragraph(kIndent, "", stage.trial->note, Tone::kQuiet);
    if (on && stage.trial && !stage.too_far.empty())
      page.paragraph(kIndent, "", "Too far: " + stage.too_far, Tone::kQuiet);
  }
}

// What loudness buys, in decibels of drive; the step nearest to where the plan lands is marked.
void put_loudness_curve(TextPage& page, const LoudnessCurve& curve, std::optional<double> lands_lufs,
                        const TextStyle& style) {
  if (curve.steps.empty()) return;
  page.heading("What loudness buys");
  std::size_t nearest = curve.steps.size();
  if (lands_lufs) {
    nearest = 0;
    for (std::size_t i = 1; i < curve.steps.size(); ++i)
      if (std::abs(curve.steps[i].lufs - *lands_lufs) < std::abs(curve.steps[nearest].lufs - *lands_lufs))
        nearest = i;
  }
  std::vector<std::vector<Cell>> rows = {{{""},
                                          {"LUFS", true},
                                          {"limited", true},
                                          {"PSR lost", true},
                                          {"crest lost", true},
                                          {"tone", true},
                                          {"bass IM", true},
                                          {""}}};
  for (std::size_t i = 0; i < curve.steps.size(); ++i) {
    const LoudnessStep& step = curve.steps[i];
    rows.push_back({{i == nearest ? ">" : ""},
                    {number(step.lufs), true},
                    {quantity(step.reduction_p95_db, "dB"), true},
                    {quantity(step.psr_lost_db, "dB"), true},
                    {quantity(step.crest_lost_db(), "dB"), true},
                    {quantity(step.level_change_db(), "dB"), true},
                    {quantity(step.damage.bass_intermodulation_pct, "%"), true},
                    {what_it_buys(step)}});
  }
  // Where the line is short: what it takes and what it buys.
  if (style.width < 60)
    for (auto& row : rows) row.erase(row.begin() + 4, row.end() - 1);
  page.table(0, rows);
  if (curve.references_lufs.empty()) return;
  const auto [low, high] = std::minmax_element(curve.references_lufs.begin(), curve.references_lufs.end());
  page.paragraph(2, "",
                 "One more decibel of drive a line. Services that normalize play at " +
                     quantity(*low, "LUFS") + " to " + quantity(*high, "LUFS") +
                     "; what is louder than all of them is turned down again.",
                 Tone::kQuiet);
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
  put_role(page, report.diagnosis);
  put_key_numbers(page, report.measurements, style);
  put_to_do(page, report.diagnosis, style);
  put_faults(page, report.diagnosis, style);
  put_tone(page, report, style);
  put_findings(page, report.diagnosis, style);
  return page.take();
}

std::string plan_text(const PlanReport& report, const TextStyle& style) {
  TextPage page(style);
  put_head(page, report.file_name, plan_sentence(report.plan), report.source);
  if (!report.plan.why.empty()) page.paragraph(0, "", report.plan.why);
  put_key_numbers(page, report.measurements, style);
  put_stages(page, report.plan, style);
  put_loudness_curve(page, report.curve, report.plan.loudness_lufs, style);
  page.blank();
  page.paragraph(0, "", check_sentence(report.diagnosis));
  return page.take();
}

std::string master_text(const MasterReport& report, const TextStyle& style) {
  TextPage page(style);
  put_head(page, report.file_name, master_sentence(report.result), report.source);
  put_before_after(page, report.result);
  put_stages(page, report.result.plan, style);
  put_loudness_curve(page, report.result.loudness_curve, report.result.after.loudness.integrated_lufs, style);
  put_changes(page, report.result);
  put_verified(page, report.result.verified, style);
  page.blank();
  if (!report.preview_paths.empty()) {
    page.paragraph(0, "preview ", report.preview_note + ".", Tone::kStrong);
    for (const std::string& path : report.preview_paths) page.paragraph(0, "        ", path);
    page.paragraph(0, "        ",
                   "The first is the master bit for bit; the other two are equally loud, to compare.",
                   Tone::kQuiet);
    return page.take();
  }
  page.paragraph(0, "master  ", report.output_path, Tone::kStrong);
  if (!report.record_path.empty()) page.paragraph(0, "as plan ", report.record_path);
  for (const std::string& path : report.report_paths) page.paragraph(0, "report  ", path, Tone::kStrong);
  return page.take();
}

}  // namespace lacquer
