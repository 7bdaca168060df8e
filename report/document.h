#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "judge/finding.h"
#include "report/canvas.h"
#include "report/paper.h"

namespace lacquer {

// A report as the parts it is read in, to be set as a page for a screen or on paper. All text is plain.

struct Paragraph {
  enum class Kind {
    kLead,  // the one sentence that matters
    kText,  // to be read on and on: larger, in a narrower column
    kNote,
    kName,  // of what the next paragraphs are about
    kMeta,
    kWhen,
    kWhy,
    kDo
  };
  Kind kind = Kind::kNote;
  std::string text;
  std::string mark{};  // before it, as of a list: "1."; may be empty
};

// Room to write by hand, on paper alone.
struct WritingLines {
  int lines = 0;
};

// A name with a verdict before it.
struct Judgement {
  Verdict verdict = Verdict::kPass;
  std::string text;
  std::string sure{};  // "fairly sure"; may be empty
};

struct Column {
  std::string heading;
  bool is_number = false;
};
// The first cell of each row is its heading. A wide table may be scrolled on a screen; a stacked one has long
// texts, which stand below each other on a telephone.
struct Table {
  enum class Shape { kPlain, kWide, kStacked };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  Shape shape = Shape::kPlain;
};

// A chart and its words. It draws from what it was made of, which must outlive it.
struct Figure {
  std::string id;
  std::string title;
  std::string description;  // what a reader without the picture needs
  std::string caption;      // below it; may be empty
  std::function<double(double width_pt)> height_pt;
  Draw draw;
};

// Where in the piece something applies.
struct TimeStrip {
  std::vector<TimeRange> when;
  std::vector<Section> sections;
  double duration_s = 0.0;
};

using DocumentPart = std::variant<Paragraph, WritingLines, Judgement, Table, Figure, TimeStrip>;

struct DocumentSection {
  std::string id;       // letters, digits, hyphens
  std::string heading;  // empty for the opening
  std::vector<DocumentPart> parts;
};

struct Document {
  std::string kind;  // "Codecs"
  std::string name;  // of the file
  std::string meta;
  std::string version;  // of the program
  std::vector<DocumentSection> sections;
};

// One self-contained page, as those of report/html.h.
std::string document_html(const Document& document);

// As many pages as it takes: charts and rows of tables are never cut, a heading stays with what follows it,
// and what is too long for one page goes on with its table's head repeated. The same document gives the same
// bytes. Throws Error where Cairo cannot draw.
std::string document_pdf(const Document& document, Paper paper = Paper::kA4);
// Its pages as drawings, for who wants to look at them; `document` must outlive them.
std::vector<Draw> document_pages(const Document& document, Paper paper);

}  // namespace lacquer
