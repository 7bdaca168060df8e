#include "report/html.h"

#include "report/format.h"
#include "report/html_parts.h"
#include "report/summary.h"
#include "report/svg.h"

namespace lacquer {
namespace {

std::vector<ThirdOctave> bands_of(const Measurements& measurements) {
  return measurements.spectrum ? measurements.spectrum->third_octaves : std::vector<ThirdOctave>();
}

std::string target_note(const Diagnosis& diagnosis) {
  const std::string text = target_text(diagnosis.target);
  return text.empty() ? text : html::element("p", "note", text);
}

std::string before_after_table(const MasterResult& result) {
  const auto before = key_numbers(result.before);
  const auto after = key_numbers(result.after);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < before.size(); ++i) {
    std::optional<double> change;
    if (before[i].value && after[i].value) change = *after[i].value - *before[i].value;
    const std::string unit = before[i].unit == "LUFS"   ? "LU"
                             : before[i].unit == "dBTP" ? "dB"
                                                        : before[i].unit;
    rows.push_back({before[i].name, quantity(before[i].value, before[i].unit),
                    quantity(after[i].value, after[i].unit), signed_quantity(change, unit)});
  }
  return html::section("numbers", "Before and after",
                       html::table("Key numbers before and after", "data",
                                   {{"Measured"}, {"Mix", true}, {"Master", true}, {"Change", true}}, rows));
}

std::string state_sign(StageState state) {
  return state == StageState::kOn ? "\u25cf " : state == StageState::kOffered ? "\u25cb " : "\u2013 ";
}

std::string settings_and_trial(const PlanStage& stage) {
  std::vector<std::string> parts;
  if (stage.state != StageState::kOff && !stage.parameters.empty()) parts.push_back(settings_text(stage));
  if (stage.trial) {
    parts.push_back(std::string(stage.trial->kept ? "trial kept" : "trial not kept") + ": better by " +
                    quantity(stage.trial->improved_db, "dB") + ", worse by " +
                    quantity(stage.trial->worse_db, "dB"));
    if (!stage.trial->note.empty()) parts.push_back(stage.trial->note);
  }
  if (!stage.too_far.empty()) parts.push_back("too far: " + stage.too_far);
  return join(parts, "; ");
}

std::string stages_section(const Plan& plan) {
  std::string cards = "<ol class=\"stages\">\n";
  std::vector<std::vector<std::string>> rows;
  for (const PlanStage& stage : plan.stages) {
    const std::string order = std::to_string(rows.size() + 1);
    cards += "<li class=\"" + std::string(to_string(stage.state)) + "\">" +
             html::element("span", "n", order) + html::element("b", "", title(stage.stage)) +
             html::element("span", "tag", tag_words(tag(stage.stage))) +
             html::element("span", "state", state_sign(stage.state) + std::string(state_words(stage.state))) +
             "</li>\n";
    rows.push_back({std::string(title(stage.stage)), std::string(state_words(stage.state)), stage.reason,
                    settings_and_trial(stage)});
  }
  std::string body = cards + "</ol>\n";
  if (!plan.why.empty()) body += html::element("p", "note", plan.why);
  body += html::table("Each stage with its reason", "data reasons stacked",
                      {{"Stage"}, {"State"}, {"Reason"}, {"Settings"}}, rows);
  return html::section("stages", "The seven stages", body);
}

std::string changes_section(const MasterResult& result) {
  std::vector<std::vector<std::string>> rows;
  for (const ItemChange& change : result.items) {
    std::string name = label(change.id);
    for (const Finding& finding : result.diagnosis_after.findings) {
      if (finding.item == change.item && !finding.title.empty()) name = finding.title;
    }
    const std::string sign = change.change == "worse"       ? "\u2193 "
                             : change.change == "unchanged" ? "= "
                             : change.change == "fixed"     ? "\u2713 "
                                                            : "\u2191 ";
    std::string verdicts(to_string(change.before));
    if (change.before != change.after) verdicts.append(" \u2192 ").append(to_string(change.after));
    std::string what = sign + change.change;
    if (change.stage) what.append(" (").append(title(*change.stage)).append(")");
    rows.push_back({std::to_string(change.item) + ". " + name, verdicts, what});
  }
  if (rows.empty()) return {};
  return html::section(
      "changes", "What became of the twelve items",
      html::table("The twelve items before and after", "data", {{"Item"}, {"Verdict"}, {"Change"}}, rows));
}

std::string promises_section(const std::vector<VerifiedClaim>& verified) {
  if (verified.empty()) return {};
  std::string body = "<ul class=\"promises\">\n";
  for (const VerifiedClaim& claim : verified) {
    body +=
        "<li>" +
        html::verdict_mark(claim.holds ? Verdict::kPass : Verdict::kFix, claim.holds ? "holds" : "fails") +
        html::element("span", "", claim.claim) +
        html::element("span", "meta", "measured " + plain_number(claim.value)) + "</li>\n";
  }
  return html::section("verified", "Verified on the finished file", body + "</ul>\n");
}

}  // namespace

std::string check_html(const CheckReport& report) {
  std::string body = html::lead(check_sentence(report.diagnosis), report.diagnosis);
  const Measurements& measured = report.measurements;
  body += html::element("p", "note", role_text(report.diagnosis.role)) + target_note(report.diagnosis);
  body += html::source_notes(report.source);
  body += html::key_number_row(measured) + html::to_do_list(report.diagnosis);
  body += html::waveform_figure(measured, report.diagnosis);
  body += html::spectrum_figure({{"this file", bands_of(measured)}}, measured, report.diagnosis);
  body += html::faults(report.diagnosis, measured.duration_s);
  body += html::findings(report.diagnosis, measured.duration_s);
  body += html::platforms_section(report.platforms) + html::all_measurements(report.measurements);
  return html::page({"Diagnostic report", report.file_name, describe(report.source), report.version}, body);
}

std::string plan_html(const PlanReport& report) {
  std::string body = html::lead(plan_sentence(report.plan), report.diagnosis);
  body += target_note(report.diagnosis) + html::source_notes(report.source);
  body += html::key_number_row(report.measurements) + stages_section(report.plan);
  body += html::loudness_curve_section(report.curve, report.plan.loudness_lufs);
  body += html::spectrum_figure({{"this file", bands_of(report.measurements)}}, report.measurements,
                                report.diagnosis);
  body += html::findings(report.diagnosis, report.measurements.duration_s);
  body += html::all_measurements(report.measurements);
  return html::page({"Mastering plan", report.file_name, describe(report.source), report.version}, body);
}

std::string master_html(const MasterReport& report) {
  const MasterResult& result = report.result;
  std::string body = html::lead(master_sentence(result), result.diagnosis_after);
  body += "<p class=\"note\">Master: <bdi class=\"path\">" + escape_html(report.output_path) + "</bdi>";
  if (report.output) body += ", " + escape_html(describe(*report.output));
  body += "</p>\n" + target_note(result.diagnosis_after) + html::source_notes(report.source);
  body += before_after_table(result) + html::before_after_figure(result);
  body += stages_section(result.plan) + changes_section(result) + promises_section(result.verified);
  body += html::spectrum_figure({{"mix", bands_of(result.before)}, {"master", bands_of(result.after)}},
                                result.after, result.diagnosis_after);
  body += html::waveform_figure(result.after, result.diagnosis_after);
  body += html::loudness_curve_section(result.loudness_curve, result.after.loudness.integrated_lufs) +
          html::platforms_section(report.platforms);
  body += html::findings(result.diagnosis_after, result.after.duration_s) +
          html::faults(result.diagnosis_after, result.after.duration_s);
  body += html::all_measurements(result.after);
  return html::page({"Master report", report.file_name, describe(report.source), report.version}, body);
}

}  // namespace lacquer
