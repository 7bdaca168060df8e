#include "report/format.h"
#include "report/sheet.h"
#include "report/summary.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

// One sheet on the terminal.
class SheetText {
 public:
  SheetText(const PrintedSheet& sheet, const TextStyle& style) : sheet_(sheet), style_(style), page_(style) {}

  std::string take() {
    for (const SheetSide& side : sheet_.sheet.sides) {
      if (&side != &sheet_.sheet.sides.front()) page_.blank();
      page_.paragraph(0, "", side.title, Tone::kStrong);
      page_.paragraph(0, "", side.lead);
      for (const SheetSection& section : side.sections) put_section(section);
    }
    page_.blank();
    for (const std::string& credit : sheet_.sheet.credits) page_.paragraph(0, "", credit, Tone::kQuiet);
    for (const SheetSource& source : sheet_.sheet.sources)
      page_.paragraph(0, "source  ", source.title + (source.url.empty() ? "" : ", " + source.url),
                      Tone::kQuiet);
    return page_.take();
  }

 private:
  bool is_numbered(SheetForm form) const {
    return form == SheetForm::kQuestions || form == SheetForm::kItems || form == SheetForm::kChecks;
  }

  void put_section(const SheetSection& section) {
    page_.blank();
    if (!section.title.empty()) page_.paragraph(0, "", section.title, Tone::kStrong);
    if (!section.lead.empty()) page_.paragraph(0, "", section.lead, Tone::kQuiet);
    if (section.form == SheetForm::kChart && section.id == "platforms") return put_platforms();
    if (section.form == SheetForm::kChart && section.id == "map") return;
    if (section.form == SheetForm::kChart && section.id == "words") return put_words(section);
    if (section.form != SheetForm::kChecks) number_ = 0;
    for (const SheetItem& item : section.items) put_item(section, item);
  }

  void put_item(const SheetSection& section, const SheetItem& item) {
    const std::optional<Stage> stage = stage_from(item.id);
    const bool is_stage = section.form == SheetForm::kChart && stage.has_value();
    std::string lead;
    if (is_numbered(section.form) || is_stage) {
      lead = std::to_string(++number_) + "  ";
      lead.insert(0, lead.size() < 4 ? 1 : 0, ' ');
    }
    std::string name =
        is_stage ? std::string(title(*stage)) + ", " + std::string(tag_words(tag(*stage))) : item.title;
    if (item.shared) name += " (both paths)";
    const int indent = lead.empty() ? 0 : 4;
    page_.paragraph(0, lead, name, Tone::kPlain, Tone::kStrong);
    if (!item.text.empty()) page_.paragraph(indent, "", item.text, indent > 0 ? Tone::kQuiet : Tone::kPlain);
    if (!item.ask.empty()) page_.paragraph(indent, "", item.ask);
    for (std::size_t i = 0; i < item.cells.size(); ++i)
      page_.paragraph(indent > 0 ? indent : 2, section.columns[i] + ": ", item.cells[i]);
    if (!item.boxes.empty()) page_.paragraph(2, "", "[ ] " + join(item.boxes, "   [ ] "));
    for (const std::string& field : item.fields) page_.paragraph(indent, "", field + ": ____", Tone::kQuiet);
    if (!sheet_.track) return;
    if (section.form == SheetForm::kChecks) put_finding(item);
    if (is_stage && sheet_.track->plan) put_planned(sheet_.track->plan->at(*stage));
  }

  void put_finding(const SheetItem& item) {
    for (const Finding& finding : sheet_.track->diagnosis.findings) {
      if (finding.id != item.id) continue;
      const std::string verdict(to_string(finding.verdict));
      page_.paragraph(4, std::string(mark(finding.verdict, style_.unicode)) + " " + verdict + "  ",
                      finding.why, Tone::kPlain, tone_of(finding.verdict));
      if (!finding.action.empty()) page_.paragraph(4, "", finding.action);
    }
  }

  void put_planned(const PlanStage& planned) {
    page_.paragraph(4, std::string(state_words(planned.state)) + ": ", planned.reason, Tone::kStrong,
                    Tone::kStrong);
  }

  void put_platforms() {
    std::vector<std::vector<TextPage::Cell>> rows = {
        {{"platform"}, {"LUFS", true}, {"gain"}, {"peaks, dBTP", true}, {"as of"}, {"sure"}}};
    const Measurements* track = sheet_.track ? &sheet_.track->measurements : nullptr;
    const bool known = track && track->loudness.integrated_lufs && track->peak.true_dbtp &&
                       std::isfinite(*track->loudness.integrated_lufs) &&
                       std::isfinite(*track->peak.true_dbtp);
    for (const PlatformRule& rule : sheet_.platforms) {
      std::string gain(label(to_string(rule.gain)));
      if (known && rule.kind == PlatformKind::kPlayback)
        gain = signed_quantity(
            play_on(rule, *track->loudness.integrated_lufs, *track->peak.true_dbtp).gain_db, "dB");
      rows.push_back({{rule.name},
                      {number(rule.reference_lufs), true},
                      {gain},
                      {number(rule.ceiling_dbtp), true},
                      {rule.dated},
                      {std::string(to_string(rule.confidence))}});
    }
    page_.table(0, rows);
  }

  void put_words(const SheetSection& section) {
    for (const VocabularyTerm& term : sheet_.vocabulary) {
      page_.paragraph(0, "", term.id + ", " + band_text(term.low_hz, term.high_hz), Tone::kStrong);
      const std::array<std::string, 3> texts = {term.excess, term.normal, term.deficiency};
      for (std::size_t i = 0; i < std::min<std::size_t>(section.columns.size(), 3); ++i)
        page_.paragraph(2, section.columns[i] + ": ", texts[i]);
      if (!sheet_.track) continue;
      for (const Word& word : sheet_.track->diagnosis.words)
        if (word.term == term.id) page_.paragraph(2, "Here: ", word_numbers(word), Tone::kStrong);
    }
  }

  const PrintedSheet& sheet_;
  TextStyle style_;
  TextPage page_;
  int number_ = 0;
};

}  // namespace

std::string sheet_text(const PrintedSheet& sheet, const TextStyle& style) {
  return SheetText(sheet, style).take();
}

}  // namespace lacquer
