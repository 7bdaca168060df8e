#include "report/sheet.h"

#include "report/sheet_charts.h"
#include "report/sheet_foot.h"
#include "report/sheet_forms.h"

namespace lacquer {
namespace {

// Type sizes to try, the largest first. At the smallest the labels have 6 points.
constexpr std::array kScales = {1.12, 1.08, 1.04, 1.0, 0.97, 0.94, 0.91, 0.88, 0.86, 0.84};

// A page before it is set: what stands on it, and its place in the sheet.
struct Page {
  const PrintedSheet* sheet = nullptr;
  const SheetSide* side = nullptr;
  std::vector<const SheetSection*> sections;
  int first_check = 1;      // number of its first diagnostic item
  bool is_summary = false;  // closes a diagnostic sheet with what its answers come to
  std::size_t number = 1;
  std::size_t count = 1;
};

void append(SheetBlocks& to, const SheetBlocks& more) { to.insert(to.end(), more.begin(), more.end()); }

SheetBlocks chart_blocks(SheetSetter& setter, const Page& page, const SheetSection& section,
                         const SheetArea& area) {
  const PrintedSheet& sheet = *page.sheet;
  const SheetTrack* track = sheet.track ? &*sheet.track : nullptr;
  if (section.id == "chain") return chain_blocks(setter, section, track, area);
  if (section.id == "platforms") return platform_blocks(setter, sheet, area);
  if (section.id == "map") return word_map_blocks(setter, sheet, area);
  return word_table_blocks(setter, section, sheet, area);
}

SheetBlocks form_blocks(SheetSetter& setter, const Page& page, const SheetSection& section, int first_check,
                        const SheetArea& area) {
  switch (section.form) {
    case SheetForm::kQuestions:
      return question_blocks(setter, section, area);
    case SheetForm::kItems:
      return item_blocks(setter, section, area);
    case SheetForm::kChecks:
      return check_blocks(setter, section, first_check, page.sheet->track ? &*page.sheet->track : nullptr,
                          area);
    case SheetForm::kCards:
      return card_blocks(setter, section, area);
    case SheetForm::kRows:
      return row_blocks(setter, section, area);
    case SheetForm::kPoints:
      return point_blocks(setter, section, area);
    case SheetForm::kBoxes:
      return box_blocks(setter, section, area);
    case SheetForm::kFormula:
      return formula_blocks(setter, section, area);
    case SheetForm::kWorksheet:
      return worksheet_blocks(setter, section, area);
    case SheetForm::kTimeline:
      return timeline_blocks(setter, section, area);
    case SheetForm::kChart:
      return chart_blocks(setter, page, section, area);
  }
  return {};
}

// The title, the measured file and the lead.
SheetBlock title_block(SheetSetter& setter, const Page& page, const SheetArea& area) {
  const SheetSide& side = *page.side;
  const std::string file = page.sheet->track ? page.sheet->track->file_name : "";
  const double title = setter.height(side.title, setter.title(), area.width) + setter.scaled(3.0);
  const double name = file.empty() ? 0.0 : SheetSetter::leading(setter.heading());
  const double width = area.width * 0.86;
  const auto draw = [=, &setter, &side](double top) {
    setter.put(side.title, setter.title(), {area.left, top}, area.width, "H1");
    setter.put_clipped(file, setter.heading(), {area.left, top + title}, area.width, 1);
    setter.put(side.lead, setter.lead(), {area.left, top + title + name}, width);
  };
  return {title + name + setter.height(side.lead, setter.lead(), width), setter.scaled(6.0), 4.0, draw};
}

SheetBlocks page_blocks(SheetSetter& setter, const Page& page, const SheetArea& area) {
  SheetBlocks blocks = {title_block(setter, page, area)};
  int check = page.first_check;
  for (const SheetSection* section : page.sections) {
    if (!section->title.empty()) blocks.push_back(heading_block(setter, *section, area));
    SheetBlocks form = form_blocks(setter, page, *section, check, area);
    const bool follows = section != page.sections.front();
    if (section->title.empty() && follows && !form.empty()) form.front().gap += setter.scaled(8.0);
    append(blocks, form);
    if (section->form == SheetForm::kChecks) check += static_cast<int>(section->items.size());
  }
  if (page.is_summary && page.sheet->track) append(blocks, summary_blocks(setter, *page.sheet->track, area));
  return blocks;
}

std::vector<std::string> foot_lines(const Page& page) {
  std::vector<std::string> lines = page.sheet->sheet.credits;
  if (page.number != page.count) return lines;
  std::string sources;
  for (const SheetSource& source : page.sheet->sheet.sources)
    sources += (sources.empty() ? "" : " · ") + source.title;
  if (!sources.empty())
    lines.push_back("Sources: " + sources + ". Their addresses: lacquer sheets " + page.sheet->sheet.id +
                    ".");
  return lines;
}

SheetFoot foot_of(const Page& page) {
  return {page.sheet->sheet.title, foot_lines(page), page.number, page.count};
}

void draw_page(Canvas& canvas, const Page& page) {
  const SheetArea area{kPageMargin_pt, canvas.width() - 2.0 * kPageMargin_pt};
  WordWidths widths;
  SheetSetter foot(canvas, 1.0, widths);
  canvas.element("Document", [&] {
    const SheetFoot words = foot_of(page);
    const double foot_at = foot_top(foot, words, area, canvas.height() - kPageMargin_pt);
    const double bottom = foot_at - kFootGap;
    const double top = kPageMargin_pt - 6.0;
    for (const double scale : kScales) {
      SheetSetter setter(canvas, scale, widths);
      const SheetBlocks blocks = page_blocks(setter, page, area);
      if (total_height(blocks) > bottom - top && scale != kScales.back()) continue;
      set_blocks(blocks, top, bottom);
      break;
    }
    put_foot(foot, words, area, foot_at);
  });
}

std::vector<Page> pages_of(const PrintedSheet& sheet) {
  std::vector<Page> pages;
  for (const SheetSide& side : sheet.sheet.sides) {
    Page page{&sheet, &side, {}, 1, false, 1, 1};
    for (const SheetSection& section : side.sections) {
      // The answers of a track need room: the last stage and what they come to have a page of their own.
      const bool closes =
          sheet.track && section.form == SheetForm::kChecks && &section == &side.sections.back();
      if (closes && !page.sections.empty()) {
        pages.push_back(page);
        for (const SheetSection* before : page.sections)
          page.first_check += static_cast<int>(before->items.size());
        page.sections.clear();
        page.is_summary = true;
      }
      page.sections.push_back(&section);
    }
    pages.push_back(page);
  }
  for (std::size_t i = 0; i < pages.size(); ++i) {
    pages[i].number = i + 1;
    pages[i].count = pages.size();
  }
  return pages;
}

}  // namespace

std::vector<Draw> sheet_pages(const PrintedSheet& sheet) {
  std::vector<Draw> draws;
  for (const Page& page : pages_of(sheet))
    draws.push_back([page](Canvas& canvas) { draw_page(canvas, page); });
  return draws;
}

std::string sheet_pdf(const PrintedSheet& sheet, Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  return to_pdf_pages(width_pt, height_pt, sheet_pages(sheet), {sheet.sheet.title, sheet.sheet.summary});
}

std::vector<std::string> sheet_svgs(const PrintedSheet& sheet, Paper paper) {
  const auto [width_pt, height_pt] = page_size(paper);
  std::vector<std::string> svgs;
  for (const Draw& draw : sheet_pages(sheet))
    svgs.push_back(to_svg(width_pt, height_pt, sheet.sheet.id + "-" + std::to_string(svgs.size() + 1), draw));
  return svgs;
}

}  // namespace lacquer
