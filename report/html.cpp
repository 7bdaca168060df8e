#include "report/html.h"

#include "report/format.h"
#include "report/html_parts.h"
#include "report/summary.h"
#include "report/svg.h"
#include "report/track_tables.h"

namespace lacquer {
namespace {

std::vector<ThirdOctave> bands_of(const Measurements& measurements) {
  return measurements.spectrum ? measurements.spectrum->third_octaves : std::vector<ThirdOctave>();
}

std::string target_note(const Diagnosis& diagnosis) {
  const std::string text = target_text(diagnosis.target);
  return text.empty() ? text : html::element("p", "note", text);
}

std::string state_sign(StageState state) {
  return state == StageState::kOn ? "\u25cf " : state == StageState::kOffered ? "\u25cb " : "\u2013 ";
}

std::string stages_section(const Plan& plan) {
  std::string cards = "<ol class=\"stages\">\n";
  int order = 0;
  for (const PlanStage& stage : plan.stages)
    cards += "<li class=\"" + std::string(to_string(stage.state)) + "\">" +
             html::element("span", "n", std::to_string(++order)) +
             html::element("b", "", title(stage.stage)) +
             html::element("span", "tag", tag_words(tag(stage.stage))) +
             html::element("span", "state", state_sign(stage.state) + std::string(state_words(stage.state))) +
             "</li>\n";
  std::string body = cards + "</ol>\n";
  if (!plan.why.empty()) body += html::element("p", "note", plan.why);
  return html::section("stages", "The seven stages", body + html::table(stages_table(plan)));
}

std::string changes_section(const MasterResult& result) {
  const Table table = changes_table(result);
  return table.rows.empty() ? ""
                            : html::section("changes", "What became of the twelve items", html::table(table));
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
  body += html::waveform_section(measured, report.diagnosis);
  body += html::spectrum_section({{"this file", bands_of(measured)}}, measured, report.diagnosis);
  body += html::faults(report.diagnosis, measured.duration_s);
  body += html::findings(report.diagnosis, measured.duration_s);
  body += html::platforms_section(report.platforms) + html::all_measurements(report.measurements);
  return html::page({"Diagnostic report", report.file_name, describe(report.source), report.version}, body);
}

std::string master_html(const MasterReport& report) {
  const MasterResult& result = report.result;
  std::string body = html::lead(master_sentence(result), result.diagnosis_after);
  body += "<p class=\"note\">Master: <bdi class=\"path\">" + escape_html(report.output_path) + "</bdi>";
  if (report.output) body += ", " + escape_html(describe(*report.output));
  body += "</p>\n" + target_note(result.diagnosis_after) + html::source_notes(report.source);
  body += html::section("numbers", "Before and after", html::table(before_after_table(result))) +
          html::before_after_section(result);
  body += stages_section(result.plan) + changes_section(result) + promises_section(result.verified);
  body += html::spectrum_section({{"mix", bands_of(result.before)}, {"master", bands_of(result.after)}},
                                 result.after, result.diagnosis_after);
  body += html::waveform_section(result.after, result.diagnosis_after);
  body += html::loudness_curve_section(result.loudness_curve, result.after.loudness.integrated_lufs) +
          html::platforms_section(report.platforms);
  body += html::findings(result.diagnosis_after, result.after.duration_s) +
          html::faults(result.diagnosis_after, result.after.duration_s);
  body += html::all_measurements(result.after);
  return html::page({"Master report", report.file_name, describe(report.source), report.version}, body);
}

}  // namespace lacquer
