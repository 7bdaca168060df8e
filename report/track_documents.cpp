#include "report/track_documents.h"

#include "report/departures.h"
#include "report/figures.h"
#include "report/format.h"
#include "report/playback_reports.h"
#include "report/summary.h"
#include "report/track_tables.h"

namespace lacquer {
namespace {

using Parts = std::vector<DocumentPart>;
using Kind = Paragraph::Kind;

constexpr std::size_t kMostTimes = 8;

void add(Parts& parts, Kind kind, const std::string& text) {
  if (!text.empty()) parts.emplace_back(Paragraph{kind, text});
}

void add_section(Document& document, const std::string& id, const std::string& heading, Parts parts) {
  if (!parts.empty()) document.sections.push_back({id, heading, std::move(parts)});
}

std::string title_of(const Finding& finding) {
  return std::to_string(finding.item) + ". " + (finding.title.empty() ? label(finding.id) : finding.title);
}

Parts to_do_parts(const Diagnosis& diagnosis) {
  Parts parts;
  for (const Finding& finding : to_do(diagnosis)) {
    parts.emplace_back(Judgement{finding.verdict, title_of(finding)});
    add(parts, Kind::kDo, finding.action);
  }
  return parts;
}

void add_when(Parts& parts, const std::vector<TimeRange>& when, const Diagnosis& diagnosis,
              double duration_s) {
  if (when.empty()) return;
  add(parts, Kind::kWhen, "At " + times(when, kMostTimes));
  parts.emplace_back(TimeStrip{when, diagnosis.sections, duration_s});
}

Table evidence_table(const Finding& finding) {
  Table table{"Evidence for item " + std::to_string(finding.item),
              {{"Measured"}, {"Value", true}, {"Limit", true}, {"Distance", true}},
              {},
              Table::Shape::kPlain};
  for (const Evidence& e : finding.evidence)
    table.rows.push_back({label(e.metric), value_text(e), threshold_text(e), distance_text(e)});
  return table;
}

void add_findings(Document& document, const Diagnosis& diagnosis, double duration_s) {
  for (const CheckStage stage : {CheckStage::kBefore, CheckStage::kListen, CheckStage::kExport}) {
    Parts parts;
    for (const Finding& finding : diagnosis.findings) {
      if (finding.stage != stage) continue;
      const bool judged = finding.verdict != Verdict::kNotApplicable;
      parts.emplace_back(
          Judgement{finding.verdict, title_of(finding),
                    judged ? std::string(confidence_words(finding.confidence)) : std::string()});
      add_when(parts, finding.when, diagnosis, duration_s);
      add(parts, Kind::kWhy, finding.why);
      add(parts, Kind::kDo, finding.action.empty() ? "" : "Do: " + finding.action);
      add(parts, Kind::kDo, finding.listen ? "Play " + listen_text(*finding.listen) : "");
      if (!finding.evidence.empty()) parts.emplace_back(evidence_table(finding));
    }
    add_section(document, "stage-" + std::string(to_string(stage)), std::string(stage_heading(stage)),
                std::move(parts));
  }
}

Parts fault_parts(const Diagnosis& diagnosis, double duration_s) {
  Parts parts;
  for (const Fault& fault : diagnosis.faults) {
    parts.emplace_back(Judgement{fault.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook,
                                 fault_name(fault.id), std::string(confidence_words(fault.confidence))});
    add_when(parts, fault.when, diagnosis, duration_s);
    add(parts, Kind::kWhy, fault.why);
  }
  return parts;
}

// The words that stand out, below the spectrum.
Parts spectrum_parts(const std::vector<SpectrumLine>& lines, const Measurements& measurements,
                     const Diagnosis& diagnosis) {
  Parts parts = {spectrum_figure(lines, measurements, diagnosis)};
  add(parts, Kind::kNote, departure_sentence(measurements, diagnosis.target));
  for (const Word& word : standing_out(diagnosis.words)) {
    add(parts, Kind::kName, word.term + " " + word_numbers(word));
    add(parts, Kind::kWhy, word.text);
  }
  return parts;
}

Parts platform_parts(const std::vector<PlatformBar>& platforms) {
  if (platforms.empty()) return {};
  return {platforms_figure(platforms), Paragraph{Kind::kNote, kNotTargets}, platforms_table(platforms)};
}

Parts loudness_curve_parts(const LoudnessCurve& curve, std::optional<double> landed_lufs) {
  if (curve.steps.empty()) return {};
  return {loudness_curve_figure(curve, landed_lufs), Paragraph{Kind::kNote, kHowLoudnessWasFound},
          loudness_curve_table(curve)};
}

Parts measurement_parts(const Measurements& measurements) {
  Parts parts;
  for (Table& table : measurement_tables(measurements)) {
    add(parts, Kind::kName, table.caption);
    parts.emplace_back(std::move(table));
  }
  return parts;
}

std::vector<ThirdOctave> bands_of(const Measurements& measurements) {
  return measurements.spectrum ? measurements.spectrum->third_octaves : std::vector<ThirdOctave>();
}

Document begun(const std::string& kind, const std::string& name, const SourceInfo& source,
               const std::string& version, const std::string& sentence) {
  Document document{kind, name, describe(source), version, {{"", "", {}}}};
  add(document.sections.front().parts, Kind::kLead, sentence);
  return document;
}

Parts stage_parts(const Plan& plan) {
  Parts parts;
  add(parts, Kind::kNote, plan.why);
  parts.emplace_back(stages_table(plan));
  return parts;
}

}  // namespace

Document check_document(const CheckReport& report) {
  const Measurements& measured = report.measurements;
  const Diagnosis& diagnosis = report.diagnosis;
  Document document =
      begun("Diagnostic report", report.file_name, report.source, report.version, check_sentence(diagnosis));
  Parts& opening = document.sections.front().parts;
  add(opening, Kind::kNote, role_text(diagnosis.role));
  add(opening, Kind::kNote, target_text(diagnosis.target));
  for (const std::string& words : source_notes(report.source)) add(opening, Kind::kNote, words);
  opening.emplace_back(key_number_table(measured));
  add_section(document, "todo", "What to do, in this order", to_do_parts(diagnosis));
  add_section(document, "loudness", "Loudness over time", {waveform_figure(measured, diagnosis)});
  add_section(document, "spectrum", "Spectrum",
              spectrum_parts({{"this file", bands_of(measured)}}, measured, diagnosis));
  add_section(document, "faults", "Faults found in the audio", fault_parts(diagnosis, measured.duration_s));
  add_findings(document, diagnosis, measured.duration_s);
  add_section(document, "platforms", "On the platforms", platform_parts(report.platforms));
  add_section(document, "measurements", "All measurements", measurement_parts(measured));
  return document;
}

Document plan_document(const PlanReport& report) {
  Document document =
      begun("Mastering plan", report.file_name, report.source, report.version, plan_sentence(report.plan));
  Parts& opening = document.sections.front().parts;
  for (const std::string& words : source_notes(report.source)) add(opening, Kind::kNote, words);
  opening.emplace_back(key_number_table(report.measurements));
  add_section(document, "stages", "The seven stages", stage_parts(report.plan));
  add_section(document, "loudness-curve", "What loudness buys",
              loudness_curve_parts(report.curve, report.plan.loudness_lufs));
  add_section(document, "todo", "What the mix asks for", to_do_parts(report.diagnosis));
  add_section(
      document, "spectrum", "Spectrum",
      spectrum_parts({{"this file", bands_of(report.measurements)}}, report.measurements, report.diagnosis));
  return document;
}

Document master_document(const MasterReport& report) {
  const MasterResult& result = report.result;
  Document document =
      begun("Master report", report.file_name, report.source, report.version, master_sentence(result));
  Parts& opening = document.sections.front().parts;
  add(opening, Kind::kNote,
      "Master: " + report.output_path + (report.output ? ", " + describe(*report.output) : ""));
  add(opening, Kind::kNote, target_text(result.diagnosis_after.target));
  for (const std::string& words : source_notes(report.source)) add(opening, Kind::kNote, words);
  add_section(document, "numbers", "Before and after", {before_after_table(result)});
  add_section(document, "wave", "Mix and master", {before_after_figure(result)});
  add_section(document, "stages", "The seven stages", stage_parts(result.plan));
  if (!result.items.empty())
    add_section(document, "changes", "What became of the twelve items", {changes_table(result)});
  Parts promises;
  for (const VerifiedClaim& claim : result.verified)
    promises.emplace_back(Judgement{claim.holds ? Verdict::kPass : Verdict::kFix, claim.claim,
                                    "measured " + plain_number(claim.value)});
  add_section(document, "verified", "Verified on the finished file", std::move(promises));
  add_section(document, "spectrum", "Spectrum",
              spectrum_parts({{"mix", bands_of(result.before)}, {"master", bands_of(result.after)}},
                             result.after, result.diagnosis_after));
  add_section(document, "loudness", "Loudness over time",
              {waveform_figure(result.after, result.diagnosis_after)});
  add_section(document, "loudness-curve", "What loudness buys",
              loudness_curve_parts(result.loudness_curve, result.after.loudness.integrated_lufs));
  add_section(document, "platforms", "On the platforms", platform_parts(report.platforms));
  add_section(document, "faults", "Faults found in the audio",
              fault_parts(result.diagnosis_after, result.after.duration_s));
  add_findings(document, result.diagnosis_after, result.after.duration_s);
  add_section(document, "measurements", "All measurements", measurement_parts(result.after));
  return document;
}

}  // namespace lacquer
