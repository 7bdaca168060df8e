#include "report/sheet_setter.h"
#include "report/utf8.h"
#include "report/workbook_report.h"

namespace lacquer {
namespace {

constexpr double kLinePitch = 21.0;  // of lines to write on by hand
constexpr int kLinesToWriteOn = 3;
constexpr double kIndent = 14.0;
constexpr double kFootRoom = 26.0;

enum class RowStyle { kTitle, kLead, kCourse, kLesson, kPrompt, kWhen, kWords, kLine };

// One line of print, or one to write on.
struct Row {
  RowStyle style = RowStyle::kWords;
  std::string text;
  double gap = 0.0;        // above it, unless it begins a page
  bool with_next = false;  // never the last of a page
};

LetterStyle letters(const SheetSetter& setter, RowStyle style) {
  switch (style) {
    case RowStyle::kTitle:
      return setter.title();
    case RowStyle::kLead:
      return setter.lead();
    case RowStyle::kCourse:
      return {15.0, Ink::kInk, Align::kLeft, true};
    case RowStyle::kLesson:
      return setter.heading();
    case RowStyle::kPrompt:
      return {9.4, Ink::kMuted};
    case RowStyle::kWhen:
      return setter.label();
    default:
      return {9.4, Ink::kInk};
  }
}

const char* element_of(RowStyle style) {
  switch (style) {
    case RowStyle::kTitle:
      return "H1";
    case RowStyle::kCourse:
      return "H2";
    case RowStyle::kLesson:
      return "H3";
    default:
      return "P";
  }
}

double indent_of(RowStyle style) {
  return style == RowStyle::kWhen || style == RowStyle::kWords || style == RowStyle::kLine ? kIndent : 0.0;
}

double height_of(const SheetSetter& setter, const Row& row) {
  return row.style == RowStyle::kLine ? kLinePitch : SheetSetter::leading(letters(setter, row.style));
}

// Sets the report as rows of one width.
class RowSetter {
 public:
  RowSetter(SheetSetter& setter, double width) : setter_(setter), width_(width) {}

  std::vector<Row> rows(const WorkbookReport& report) {
    put(RowStyle::kTitle, "Workbook", 0.0);
    put(RowStyle::kLead, report.summary, 2.0);
    for (const WorkbookCourse& course : report.courses) {
      put(RowStyle::kCourse, course.title, 22.0, true);
      for (const WorkbookLesson& lesson : course.lessons) put_lesson(lesson);
    }
    put_entries("Decisions", report.decisions);
    put_entries("Notes", report.notes);
    return std::move(rows_);
  }

 private:
  void put_lesson(const WorkbookLesson& lesson) {
    put(RowStyle::kLesson, lesson.title, 16.0, true);
    if (!lesson.state.empty()) put(RowStyle::kWhen, lesson.state, 0.0, true);
    for (const WorkbookPrompt& prompt : lesson.prompts) {
      put(RowStyle::kPrompt, prompt.prompt, 6.0, true);
      if (prompt.first) put_words(prompt.newest ? "First, " : "", *prompt.first);
      if (prompt.newest) put_words("Newest, ", *prompt.newest);
      if (!prompt.first) put_lines(kLinesToWriteOn);
    }
  }

  void put_words(const std::string& which, const WorkbookWords& words) {
    put(RowStyle::kWhen, which + words.when, 3.0, true);
    put(RowStyle::kWords, words.text, 0.0);
  }

  void put_entries(const std::string& heading, const std::vector<WorkbookEntry>& entries) {
    put(RowStyle::kCourse, heading, 22.0, true);
    for (const WorkbookEntry& entry : entries) {
      put(RowStyle::kLesson, entry.heading, 10.0, true);
      put(RowStyle::kWhen, entry.when, entry.heading.empty() ? 10.0 : 0.0, !entry.text.empty());
      put(RowStyle::kWords, entry.text, 0.0);
    }
    put_lines(kLinesToWriteOn);
  }

  void put_lines(int count) {
    for (int i = 0; i < count; ++i) rows_.push_back({RowStyle::kLine, "", 0.0, i + 1 < count});
  }

  // The paragraphs of a text, broken into lines; nothing of it is left out.
  void put(RowStyle style, const std::string& text, double gap, bool with_next = false) {
    const LetterStyle letter_style = letters(setter_, style);
    const double width = width_ - indent_of(style);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::vector<std::string> lines = broken(text.substr(at, end - at), letter_style, width);
      if (lines.empty()) lines.emplace_back();
      for (std::string& line : lines) {
        rows_.push_back({style, std::move(line), gap, with_next});
        gap = 0.0;
      }
      at = end + 1;
    }
  }

  std::vector<std::string> broken(const std::string& text, const LetterStyle& style, double width) {
    std::string spaced;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      spaced += pieces(page_text(std::string_view(text).substr(at, end - at)), style, width) + " ";
      at = end + 1;
    }
    return setter_.lines(spaced, style, width);
  }

  // A word with spaces in it where it would run over the line.
  std::string pieces(const std::string& word, const LetterStyle& style, double width) {
    constexpr std::size_t kSurelyShort = 12;  // bytes; no letter is wider than a twelfth of a line
    if (word.size() <= kSurelyShort) return word;
    std::string spaced;
    double used = 0.0;
    for (std::size_t at = 0; at < word.size();) {
      std::size_t end = at + 1;
      while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) ++end;
      const std::string letter = word.substr(at, end - at);
      const double needed = setter_.width(letter, style);
      // Letters side by side are set a little wider or closer than the sum of each.
      if (used + needed > 0.94 * width) {
        spaced += " ";
        used = 0.0;
      }
      spaced += letter;
      used += needed;
      at = end;
    }
    return spaced;
  }

  SheetSetter& setter_;
  double width_;
  std::vector<Row> rows_;
};

// The rows of each page: a heading stays with what follows it.
std::vector<std::vector<Row>> paged(const SheetSetter& setter, const std::vector<Row>& rows, double room) {
  std::vector<std::vector<Row>> pages(1);
  double used = 0.0;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i + 1;
    while (end < rows.size() && rows[end - 1].with_next) ++end;
    double height = 0.0;
    for (std::size_t k = i; k < end; ++k) height += rows[k].gap + height_of(setter, rows[k]);
    if (used + height > room && !pages.back().empty()) {
      pages.emplace_back();
      used = 0.0;
    }
    // A group higher than a page, such as a prompt of many lines, is cut where the page ends.
    for (; i < end; ++i) {
      const double one = rows[i].gap + height_of(setter, rows[i]);
      if (used + one > room) {
        pages.emplace_back();
        used = 0.0;
      }
      used += one;
      pages.back().push_back(rows[i]);
    }
  }
  // The last page is for more notes.
  for (; used + kLinePitch <= room; used += kLinePitch)
    pages.back().push_back({RowStyle::kLine, "", 0.0, false});
  return pages;
}

void draw_foot(SheetSetter& setter, const SheetArea& area, std::size_t number, std::size_t count) {
  Canvas& canvas = setter.canvas();
  const LetterStyle style = setter.label();
  LetterStyle right = style;
  right.align = Align::kRight;
  const double y = canvas.height() - kPageMargin_pt;
  setter.rule(area.left, area.right(), y - 14.0, Ink::kShapeDeep);
  canvas.element("P", [&] {
    canvas.text({area.left, y - 2.0}, "Lacquer workbook", style);
    canvas.text({area.right(), y - 2.0}, std::to_string(number) + " of " + std::to_string(count), right);
  });
}

void draw_rows(SheetSetter& setter, const SheetArea& area, const std::vector<Row>& rows) {
  double y = kPageMargin_pt;
  for (const Row& row : rows) {
    if (&row != &rows.front()) y += row.gap;
    const double height = height_of(setter, row);
    const double left = area.left + indent_of(row.style);
    const LetterStyle style = letters(setter, row.style);
    if (row.style == RowStyle::kLine)
      setter.write_line(left, area.right(), y + height - 2.0);
    else if (!row.text.empty())
      setter.canvas().element(element_of(row.style), [&] {
        setter.canvas().text({left, SheetSetter::baseline(y, style)}, row.text, style);
      });
    y += height;
  }
}

SheetArea area_of(const PageSize& size) { return {kPageMargin_pt, size.width_pt - 2.0 * kPageMargin_pt}; }

}  // namespace

std::vector<Draw> workbook_pages(const WorkbookReport& report, Paper paper) {
  const PageSize size = page_size(paper);
  std::vector<std::vector<Row>> pages;
  // Only a canvas knows how wide letters are.
  to_svg(size.width_pt, size.height_pt, "measure", [&](Canvas& canvas) {
    WordWidths widths;
    SheetSetter setter(canvas, 1.0, widths);
    const std::vector<Row> rows = RowSetter(setter, area_of(size).width).rows(report);
    pages = paged(setter, rows, size.height_pt - 2.0 * kPageMargin_pt - kFootRoom);
  });
  std::vector<Draw> draws;
  const std::size_t count = pages.size();
  for (std::vector<Row>& rows : pages) {
    const std::size_t number = draws.size() + 1;
    draws.push_back([rows = std::move(rows), size, number, count](Canvas& canvas) {
      WordWidths widths;
      SheetSetter setter(canvas, 1.0, widths);
      canvas.element("Document", [&] {
        draw_rows(setter, area_of(size), rows);
        draw_foot(setter, area_of(size), number, count);
      });
    });
  }
  return draws;
}

std::string workbook_pdf(const WorkbookReport& report, Paper paper) {
  const PageSize size = page_size(paper);
  return to_pdf_pages(size.width_pt, size.height_pt, workbook_pages(report, paper),
                      {"Lacquer workbook", report.summary});
}

}  // namespace lacquer
