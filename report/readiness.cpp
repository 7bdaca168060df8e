#include "report/readiness.h"

#include "report/sheet_foot.h"
#include "report/sheet_forms.h"
#include "report/sheet_pages.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

constexpr double kMark = 62.0;         // where a line's words begin, after its verdict
constexpr std::size_t kMostLines = 8;  // of one sentence: names can be long

// A block that must not stand last on a page.
struct Piece {
  SheetBlock block;
  bool keeps_next = false;
};
using Pieces = std::vector<Piece>;

double clipped(SheetSetter& setter, const std::string& text, const LetterStyle& style, double width) {
  return static_cast<double>(std::min(setter.lines(text, style, width).size(), kMostLines)) *
         SheetSetter::leading(style);
}

Ink ink_of(Verdict verdict) {
  if (verdict == Verdict::kFix) return Ink::kWarning;
  return verdict == Verdict::kPass || verdict == Verdict::kNotApplicable ? Ink::kMuted : Ink::kAccent;
}

Piece title_piece(SheetSetter& setter, const Readiness& r, const SheetArea& area) {
  const double title = clipped(setter, r.title, setter.title(), area.width) + setter.scaled(3.0);
  const double summary = setter.height(r.summary, setter.lead(), area.width * 0.86);
  double facts = setter.scaled(4.0);
  for (const std::string& fact : r.facts) facts += clipped(setter, fact, setter.body(), area.width);
  const auto draw = [=, &setter, &r](double top) {
    double y = top;
    setter.put_clipped(r.title, setter.title(), {area.left, y}, area.width, kMostLines);
    y += title;
    y += setter.put(r.summary, setter.lead(), {area.left, y}, area.width * 0.86) + setter.scaled(4.0);
    for (const std::string& fact : r.facts)
      y += setter.put_clipped(fact, setter.body(), {area.left, y}, area.width, kMostLines);
  };
  return {{title + summary + facts, setter.scaled(6.0), 0.0, draw}, true};
}

Piece heading_piece(SheetSetter& setter, const std::string& title, std::size_t number,
                    const SheetArea& area) {
  const double height = setter.height(title, setter.heading(), area.width);
  const auto draw = [=, &setter, &title](double top) {
    const std::string lead = number > 0 ? std::to_string(number) + "  " : "";
    setter.put(lead + title, setter.heading(), {area.left, top}, area.width, "H2");
  };
  return {{height, setter.scaled(13.0), 0.0, draw}, true};
}

Piece line_piece(SheetSetter& setter, const ReadinessLine& line, const SheetArea& area) {
  const double left = area.left + setter.scaled(kMark);
  const double width = area.right() - left;
  const double about = clipped(setter, line.about, setter.strong(), width);
  const double what = clipped(setter, line.what, setter.body(), width);
  const double action = clipped(setter, line.action, setter.quiet(), width);
  const auto draw = [=, &setter, &line](double top) {
    setter.rule(area.left, area.right(), top - setter.scaled(2.5));
    LetterStyle style = setter.strong();
    style.ink = ink_of(line.verdict);
    const double box = setter.scaled(8.0);
    const double row = SheetSetter::leading(style);
    setter.box({area.left, top + (row - box) / 2.0}, box);
    setter.canvas().text({area.left + setter.scaled(14.0), SheetSetter::baseline(top, style)},
                         std::string(to_string(line.verdict)), style);
    double y = top;
    y += setter.put_clipped(line.about, setter.strong(), {left, y}, width, kMostLines);
    y += setter.put_clipped(line.what, setter.body(), {left, y}, width, kMostLines);
    setter.put_clipped(line.action, setter.quiet(), {left, y}, width, kMostLines);
  };
  return {{about + what + action, setter.scaled(5.0), 0.0, draw}, false};
}

// A name, and lines for day and signature.
Piece signature_piece(SheetSetter& setter, const std::string& name, const SheetArea& area) {
  const double height = setter.scaled(24.0);
  const auto draw = [=, &setter, &name](double top) {
    const double y = top + height - setter.scaled(4.0);
    const double day = area.left + area.width * 0.40;
    const double hand = area.left + area.width * 0.60;
    Canvas& canvas = setter.canvas();
    canvas.element("P", [&] {
      if (!name.empty())
        canvas.text({area.left, y - setter.scaled(2.0)},
                    canvas.fitted(name, area.width * 0.37, setter.body()), setter.body());
      for (const auto& [label, x] : {std::pair("Day", day), std::pair("Signature", hand)})
        canvas.text({x, y - setter.scaled(2.0)}, label, setter.label());
    });
    setter.write_line(area.left, day - setter.scaled(10.0), y);
    setter.write_line(day + setter.scaled(18.0), hand - setter.scaled(10.0), y);
    setter.write_line(hand + setter.scaled(38.0), area.right(), y);
  };
  return {{height, setter.scaled(2.0), 0.0, draw}, false};
}

Pieces pieces_of(SheetSetter& setter, const Readiness& r, const SheetArea& area) {
  static const std::string kSigned = "Agreed and signed";
  Pieces pieces = {title_piece(setter, r, area)};
  std::size_t number = 0;
  for (const ReadinessPart& part : r.parts) {
    pieces.push_back(heading_piece(setter, part.title, ++number, area));
    for (const ReadinessLine& line : part.lines) pieces.push_back(line_piece(setter, line, area));
  }
  if (!r.schedule.items.empty()) {
    pieces.push_back(heading_piece(setter, r.schedule.title, 0, area));
    for (const SheetBlock& block : timeline_blocks(setter, r.schedule, area))
      pieces.push_back({block, false});
  }
  if (!r.signers.empty()) pieces.push_back(heading_piece(setter, kSigned, 0, area));
  for (const std::string& name : r.signers) pieces.push_back(signature_piece(setter, name, area));
  return pieces;
}

// Which pieces stand on a page.
struct Range {
  std::size_t first = 0;
  std::size_t end = 0;
};

// Fills each page as far as it goes; a heading moves on with what follows it.
std::vector<Range> pages_of(const Pieces& pieces, double room) {
  std::vector<Range> pages;
  std::size_t first = 0;
  while (first < pieces.size()) {
    double used = 0.0;
    std::size_t end = first;
    while (end < pieces.size()) {
      const double more = pieces[end].block.gap + pieces[end].block.height;
      if (end > first && used + more > room) break;
      used += more;
      ++end;
    }
    std::size_t cut = end;
    while (end < pieces.size() && cut > first + 1 && pieces[cut - 1].keeps_next) --cut;
    if (cut == first + 1 && pieces[first].keeps_next) cut = end;  // nothing but headings fits
    pages.push_back({first, cut});
    first = cut;
  }
  return pages;
}

SheetArea area_of(const Canvas& canvas) { return {kPageMargin_pt, canvas.width() - 2.0 * kPageMargin_pt}; }

struct Room {
  double top = 0.0;
  double bottom = 0.0;
};

// Every page keeps clear what the last one needs for its foot.
Room room_of(SheetSetter& setter, const SheetFoot& foot, const SheetArea& area) {
  const double bottom = setter.canvas().height() - kPageMargin_pt;
  return {kPageMargin_pt - 6.0, foot_top(setter, foot, area, bottom) - kFootGap};
}

void draw_page(Canvas& canvas, const Readiness& r, Range range, SheetFoot foot) {
  const SheetArea area = area_of(canvas);
  WordWidths widths;
  SheetSetter setter(canvas, 1.0, widths);
  const Room room = room_of(setter, foot, area);
  canvas.element("Document", [&] {
    const Pieces pieces = pieces_of(setter, r, area);
    SheetBlocks blocks;
    for (std::size_t i = range.first; i < range.end; ++i) blocks.push_back(pieces[i].block);
    set_blocks(blocks, room.top, room.bottom);
    if (foot.number != foot.count) foot.lines.clear();
    const double bottom = canvas.height() - kPageMargin_pt;
    put_foot(setter, foot, area, foot_top(setter, foot, area, bottom));
  });
}

}  // namespace

std::vector<Draw> readiness_pages(const Readiness& r, Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  SheetFoot foot{r.title, r.credits, 1, 1};
  std::vector<Range> ranges;
  to_svg(width_pt, height_pt, "measure", [&](Canvas& canvas) {  // letters are measured on a canvas alone
    const SheetArea area = area_of(canvas);
    WordWidths widths;
    SheetSetter setter(canvas, 1.0, widths);
    const Room room = room_of(setter, foot, area);
    ranges = pages_of(pieces_of(setter, r, area), room.bottom - room.top);
  });
  foot.count = ranges.size();
  std::vector<Draw> draws;
  for (const Range range : ranges) {
    foot.number = draws.size() + 1;
    draws.push_back([&r, range, foot](Canvas& canvas) { draw_page(canvas, r, range, foot); });
  }
  return draws;
}

std::string readiness_pdf(const Readiness& r, Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  return to_pdf_pages(width_pt, height_pt, readiness_pages(r, paper), {r.title, r.summary});
}

std::string readiness_html(const Readiness& r, const std::string& text, const std::string& version,
                           Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  std::vector<std::string> svgs;
  for (const Draw& draw : readiness_pages(r, paper))
    svgs.push_back(to_svg(width_pt, height_pt, "ready-" + std::to_string(svgs.size() + 1), draw));
  return pages_html({"Readiness", r.title, r.summary, version}, svgs, r.title, text);
}

}  // namespace lacquer
