#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// The printable charts and checklists: content/sheets/ID.toml. What they say is here; how they are drawn is
// report/sheet.h.

struct SheetItem {
  std::string id;
  std::string title;
  std::string text;                 // why it matters
  std::string ask;                  // how to find out
  std::vector<std::string> cells;   // one for each column of the section
  std::vector<std::string> boxes;   // answers to tick
  std::vector<std::string> fields;  // what to write, a line each
  bool shared = false;              // part of both paths (label and self-release)
};

enum class SheetForm {
  kQuestions,  // numbered, with lines to write the answers on
  kItems,      // numbered boxes to tick
  kChecks,     // the same, numbered through all sections of the sheet
  kCards,      // side by side, a labelled line for each column
  kRows,       // a table of `columns`
  kPoints,     // a heading and a sentence each
  kBoxes,      // answers to tick
  kFormula,    // a formula and its blanks
  kWorksheet,  // lines to write on
  kTimeline,
  kChart  // drawn from other content, by the sheet's id
};

struct SheetSection {
  std::string id;
  SheetForm form = SheetForm::kPoints;
  std::string title;  // may be empty, as may the lead
  std::string lead;
  std::vector<std::string> columns;
  std::vector<SheetItem> items;
};

// A printed page.
struct SheetSide {
  std::string id;
  std::string title;
  std::string lead;
  std::vector<SheetSection> sections;
};

struct SheetSource {
  std::string title;
  std::string url;  // empty for a book
};

struct Sheet {
  std::string id;       // "gear"
  std::string kind;     // "checklist" or "chart"
  std::string topic;    // "decisions", "mastering", "playback", "listening"
  std::string title;    // "Before you buy gear"
  std::string summary;  // one sentence
  std::vector<SheetSide> sides;
  std::vector<std::string> credits;  // printed
  std::vector<SheetSource> sources;
};

// In the order they are listed: gear, label, chain, platforms, diagnostic, vocabulary.
std::vector<Sheet> load_sheets();

// Gives the text of a content file by its path without ".toml" ("rules/diagnostic"), empty where there is
// none.
using ContentText = std::function<std::string_view(std::string_view path)>;

// One sheet from any text. "{FILE:dotted.path}" in a text stands for that value of another content file with
// its unit, so that no figure is kept twice: "{rules/diagnostic:peak-level.true_peak_look_dbtp}" becomes
// "-3 dBTP" with a true minus sign. Ids are unique within their sheet, section and side. Throws Error
// "NAME:LINE: FIELD: what is wrong; what to do".
Sheet parse_sheet(std::string_view text, const std::string& name, const std::string& id,
                  const ContentText& content);

}  // namespace lacquer
