#include <algorithm>

#include "report/format.h"
#include "report/print_block.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

constexpr double kChart_pt = 690.0;  // charts are drawn this wide and set smaller, as on a page of the screen
constexpr double kFoot = 22.0;
constexpr double kTextWidth_pt = 440.0;  // about 85 letters a line
constexpr double kMarkWidth_pt = 16.0;
constexpr double kWritingLine_pt = 22.0;  // what a hand needs
constexpr double kTop = kPageMargin_pt - 6.0;

// Turns a document into blocks.
class Setting {
 public:
  Setting(SheetSetter& setter, const SheetArea& area, double page_height)
      : setter_(setter), area_(area), page_height_(page_height) {}

  PrintBlocks run(const Document& document) {
    put(document.kind, setter_.label(), 0.0, "P", true);
    put(document.name, setter_.title(), 0.0, "H1", true);
    put(document.meta, setter_.quiet(), 2.0, "P", false);
    for (const DocumentSection& section : document.sections) {
      if (!section.heading.empty()) {
        put(section.heading, setter_.heading(), 16.0, "H2", true);
        blocks_.back().outline = section.heading;
      }
      for (const DocumentPart& part : section.parts) {
        const bool first = !section.heading.empty() && &part == &section.parts.front();
        std::visit([&](const auto& one) { add(one, first); }, part);
      }
    }
    return std::move(blocks_);
  }

 private:
  void put(const std::string& text, const LetterStyle& style, double gap, const char* kind, bool keeps) {
    if (text.empty()) return;
    const SheetArea area = area_;
    blocks_.push_back({setter_.height(text, style, area.width), setter_.scaled(gap), keeps,
                       [=](SheetSetter& setter, double top) {
                         setter.put(text, style, {area.left, top}, area.width, kind);
                       }});
  }

  void put_text(const Paragraph& paragraph) {
    const LetterStyle style{setter_.scaled(9.6), Ink::kInk};
    const double indent = paragraph.mark.empty() ? 0.0 : setter_.scaled(kMarkWidth_pt);
    const SheetArea area{area_.left + indent, std::min(area_.width, setter_.scaled(kTextWidth_pt)) - indent};
    blocks_.push_back({setter_.height(paragraph.text, style, area.width),
                       setter_.scaled(indent > 0.0 ? 2.5 : 6.0), false,
                       [=, mark = paragraph.mark, text = paragraph.text](SheetSetter& setter, double top) {
                         if (!mark.empty()) setter.put(mark, style, {area.left - indent, top}, indent, "Lbl");
                         setter.put(text, style, {area.left, top}, area.width, "P");
                       }});
  }

  void add(const WritingLines& room, bool) {
    const SheetArea area = area_;
    const double line = setter_.scaled(kWritingLine_pt);
    blocks_.push_back({room.lines * line, setter_.scaled(2.0), false,
                       [=, lines = room.lines](SheetSetter& setter, double top) {
                         for (int i = 1; i <= lines; ++i)
                           setter.write_line(area.left, area.right(), top + i * line);
                       }});
  }

  void add(const Paragraph& paragraph, bool first) {
    switch (paragraph.kind) {
      case Paragraph::Kind::kLead: {
        LetterStyle style = setter_.lead();
        style.ink = Ink::kInk;
        return put(paragraph.text, style, 8.0, "P", first);
      }
      case Paragraph::Kind::kText:
        return put_text(paragraph);
      case Paragraph::Kind::kName:
        return put(paragraph.text, setter_.item(), 9.0, "H3", true);
      case Paragraph::Kind::kMeta:
        return put(paragraph.text, setter_.quiet(), 1.0, "P", true);
      case Paragraph::Kind::kNote:
        return put(paragraph.text, setter_.quiet(), 4.0, "P", first);
      case Paragraph::Kind::kWhen:
        return put(paragraph.text, setter_.quiet(), 2.0, "P", true);
      case Paragraph::Kind::kWhy:
      case Paragraph::Kind::kDo:
        return put(paragraph.text, setter_.body(), 2.5, "P", false);
    }
  }

  // The shape tells a verdict apart without its colour, and the word without the shape.
  void add(const Judgement& judged, bool) {
    const SheetArea area = area_;
    const double left = area.left + setter_.scaled(62.0);
    const double width = area.right() - left;
    const std::string text = judged.text + (judged.sure.empty() ? "" : " (" + judged.sure + ")");
    const auto draw = [=, verdict = judged.verdict](SheetSetter& setter, double top) {
      const double middle = top + SheetSetter::leading(setter.item()) / 2.0;
      draw_mark(setter, verdict, {area.left + setter.scaled(5.0), middle});
      setter.canvas().element("H3", [&] {
        setter.canvas().text({area.left + setter.scaled(15.0), SheetSetter::baseline(top, setter.item())},
                             to_string(verdict), setter.strong());
        double y = top;
        for (const std::string& line : setter.lines(text, setter.item(), width)) {
          setter.canvas().text({left, SheetSetter::baseline(y, setter.item())}, line, setter.item());
          y += SheetSetter::leading(setter.item());
        }
      });
    };
    if (judged_ && *judged_ + 1 == blocks_.size()) blocks_.back().keeps = false;  // nothing was said of it
    judged_ = blocks_.size();
    blocks_.push_back({setter_.height(text, setter_.item(), width), setter_.scaled(9.0), true, draw});
  }

  static void draw_mark(SheetSetter& setter, Verdict verdict, Point centre) {
    Canvas& canvas = setter.canvas();
    const double r = setter.scaled(4.0);
    const auto [x, y] = centre;
    switch (verdict) {
      case Verdict::kPass:
        return canvas.polyline({{x - r, y}, {x - 0.3 * r, y + 0.7 * r}, {x + r, y - 0.8 * r}},
                               {Ink::kAccent, 1.6});
      case Verdict::kLook:
        return canvas.disc(centre, 0.7 * r, Ink::kInk);
      case Verdict::kFix:
        return canvas.fill({{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}, Ink::kWarning);
      case Verdict::kListen:
        canvas.disc(centre, r, Ink::kInk);
        return canvas.disc(centre, 0.6 * r, Ink::kPaper);
      case Verdict::kNotApplicable:
        return canvas.line({x - r, y}, {x + r, y}, {Ink::kMuted, 1.2});
    }
  }

  void add(const Table& table, bool) { add_table(blocks_, table, setter_, area_); }

  void add(const Figure& figure, bool) {
    const double height = figure.height_pt(kChart_pt);
    const double scale = std::min(area_.width / kChart_pt, 0.88 * page_height_ / height);
    const SheetArea area = area_;
    blocks_.push_back({height * scale, setter_.scaled(6.0), !figure.caption.empty(),
                       [=, draw = figure.draw](SheetSetter& setter, double top) {
                         setter.canvas().element("Figure", [&] {
                           setter.canvas().inset({area.left, top}, kChart_pt, height, draw, scale);
                         });
                       }});
    put(figure.caption, setter_.quiet(), 2.0, "Caption", false);
  }

  void add(const TimeStrip& strip, bool) {
    if (!(strip.duration_s > 0.0)) return;
    const SheetArea area = area_;
    const auto x_of = [=, duration = strip.duration_s](double time_s) {
      return area.left + area.width * std::clamp(time_s / duration, 0.0, 1.0);
    };
    const auto draw = [=](SheetSetter& setter, double top) {
      Canvas& canvas = setter.canvas();
      canvas.fill_rect(area.left, top + 4.0, area.width, 1.5, Ink::kShape);
      for (const Section& part : strip.sections)
        if (part.when.from_s > 0.0)
          canvas.line({x_of(part.when.from_s), top}, {x_of(part.when.from_s), top + 9.5},
                      {Ink::kHairline, 0.75});
      for (const TimeRange& when : strip.when)
        canvas.fill_rect(x_of(when.from_s), top + 1.0, std::max(x_of(when.to_s) - x_of(when.from_s), 1.5),
                         7.5, Ink::kShapeDeep);
    };
    blocks_.push_back({9.5, setter_.scaled(2.0), false, draw});
  }

  SheetSetter& setter_;
  SheetArea area_;
  double page_height_;
  PrintBlocks blocks_;
  std::optional<std::size_t> judged_;  // where the last verdict stands
};

struct PlacedBlock {
  PrintBlock block;
  double top = 0.0;
};
using PrintPage = std::vector<PlacedBlock>;

// What has to stay together from `first` on.
double height_of_group(const PrintBlocks& blocks, std::size_t first) {
  double height = blocks[first].height;
  for (std::size_t i = first; blocks[i].keeps && i + 1 < blocks.size(); ++i)
    height += blocks[i + 1].gap + blocks[i + 1].height;
  return height;
}

std::vector<PrintPage> paginated(const PrintBlocks& blocks, double top, double bottom) {
  std::vector<PrintPage> pages(1);
  double y = top;
  const auto place = [&](const PrintBlock& block) {
    if (!pages.back().empty()) y += block.gap;
    pages.back().push_back({block, y});
    y += block.height;
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool follows = i > 0 && blocks[i - 1].keeps;  // its group fits, or is longer than a page
    const double needed = follows ? blocks[i].height : height_of_group(blocks, i);
    if (!pages.back().empty() && y + blocks[i].gap + needed > bottom) {
      pages.emplace_back();
      y = top;
      if (blocks[i].head) place(*blocks[i].head);
    }
    place(blocks[i]);
  }
  return pages;
}

// A document set on its pages.
struct Printed {
  std::string version, kind, name;
  std::vector<PrintPage> pages;
};

void put_foot(SheetSetter& setter, const Printed& printed, std::size_t page, const SheetArea& area,
              double bottom) {
  Canvas& canvas = setter.canvas();
  LetterStyle style = setter.label();
  style.size_pt = 6.6;
  LetterStyle right = style;
  right.align = Align::kRight;
  setter.rule(area.left, area.right(), bottom - kFoot + 8.0, Ink::kShapeDeep);
  const std::string place = std::to_string(page + 1) + " of " + std::to_string(printed.pages.size());
  const std::string left = "Lacquer " + printed.version + " · " + printed.kind + " · " + printed.name;
  const double room = area.width - setter.width(place, right) - 16.0;
  canvas.element("P", [&] {
    canvas.text({area.left, bottom - 2.0}, canvas.fitted(left, room, style), style);
    canvas.text({area.right(), bottom - 2.0}, place, right);
  });
}

Printed print(const Document& document, Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  const SheetArea area{kPageMargin_pt, width_pt - 2.0 * kPageMargin_pt};
  const double bottom = height_pt - kPageMargin_pt - kFoot;
  Printed printed{document.version, document.kind, document.name, {}};
  to_measure([&](Canvas& canvas) {
    WordWidths widths;
    SheetSetter setter(canvas, 1.0, widths);
    printed.pages = paginated(Setting(setter, area, bottom - kTop).run(document), kTop, bottom);
  });
  return printed;
}

std::vector<Draw> draws_of(const Printed& printed) {
  std::vector<Draw> draws;
  for (std::size_t page = 0; page < printed.pages.size(); ++page)
    draws.push_back([printed, page](Canvas& canvas) {
      WordWidths widths;
      SheetSetter setter(canvas, 1.0, widths);
      const SheetArea area{kPageMargin_pt, canvas.width() - 2.0 * kPageMargin_pt};
      canvas.element("Document", [&] {
        for (const PlacedBlock& placed : printed.pages[page]) placed.block.draw(setter, placed.top);
        put_foot(setter, printed, page, area, canvas.height() - kPageMargin_pt);
      });
    });
  return draws;
}

}  // namespace

std::vector<Draw> document_pages(const Document& document, Paper paper) {
  return draws_of(print(document, paper));
}

std::string document_pdf(const Document& document, Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  const Printed printed = print(document, paper);
  PdfInfo info{page_text(document.name) + " – " + document.kind, page_text(document.meta), {}};
  for (std::size_t page = 0; page < printed.pages.size(); ++page)
    for (const PlacedBlock& placed : printed.pages[page])
      if (!placed.block.outline.empty())
        info.bookmarks.push_back({placed.block.outline, static_cast<int>(page) + 1, placed.top});
  return to_pdf_pages(width_pt, height_pt, draws_of(printed), info);
}

}  // namespace lacquer
