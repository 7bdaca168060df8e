#include "report/format.h"
#include "report/html_parts.h"
#include "report/sheet.h"
#include "report/summary.h"
#include "report/svg.h"

namespace lacquer {
namespace {

std::string result_html(const PrintedSheet& sheet, const SheetSection& section, const SheetItem& item) {
  if (!sheet.track) return {};
  std::string body;
  if (section.form == SheetForm::kChecks)
    for (const Finding& finding : sheet.track->diagnosis.findings)
      if (finding.id == item.id)
        body += html::element(
            "p", "", std::string(to_string(finding.verdict)) + ": " + finding.why + " " + finding.action);
  const std::optional<Stage> stage = stage_from(item.id);
  if (section.form == SheetForm::kChart && stage && sheet.track->plan) {
    const PlanStage& planned = sheet.track->plan->at(*stage);
    body += html::element("p", "", std::string(state_words(planned.state)) + ": " + planned.reason);
  }
  return body;
}

std::string item_html(const PrintedSheet& sheet, const SheetSection& section, const SheetItem& item) {
  const std::optional<Stage> stage = stage_from(item.id);
  const std::string name = item.title.empty() && stage ? std::string(title(*stage)) : item.title;
  std::string body = html::element("h3", "", name + (item.shared ? " (both paths)" : ""));
  for (const std::string& text : {item.text, item.ask})
    if (!text.empty()) body += html::element("p", "", text);
  for (std::size_t i = 0; i < item.cells.size(); ++i)
    body += html::element("p", "", section.columns[i] + ": " + item.cells[i]);
  return body + result_html(sheet, section, item);
}

// The words of the drawings, for whoever cannot see them or wants to copy them.
std::string words_html(const PrintedSheet& sheet) {
  std::string body;
  for (const SheetSide& side : sheet.sheet.sides)
    for (const SheetSection& section : side.sections)
      for (const SheetItem& item : section.items) body += item_html(sheet, section, item);
  for (const SheetSource& source : sheet.sheet.sources)
    body += html::element("p", "note", source.title + (source.url.empty() ? "" : ", " + source.url));
  return html::section("words", "The same in words", body);
}

}  // namespace

std::string sheet_html(const PrintedSheet& sheet, const std::string& version, Paper paper) {
  std::string body;
  std::size_t number = 0;
  for (const std::string& svg : sheet_svgs(sheet, paper)) {
    const std::string id = "page-" + std::to_string(++number);
    body +=
        "<figure>" +
        inline_svg(svg, id, "", sheet.sheet.title + ", page " + std::to_string(number), sheet.sheet.summary) +
        "</figure>\n";
  }
  const std::string file = sheet.track ? sheet.track->file_name : sheet.sheet.title;
  return html::page({sheet.track ? sheet.sheet.title : "Sheet", file, sheet.sheet.summary, version},
                    body + words_html(sheet));
}

}  // namespace lacquer
