#include "report/sheet_forms.h"

namespace lacquer {
namespace {

// Text below text, as wide as its column; returns the height.
struct Line {
  std::string_view text;
  LetterStyle style;
  double gap = 0.0;  // above it
};

double stack_height(SheetSetter& setter, const std::vector<Line>& lines, double width) {
  double height = 0.0;
  for (const Line& line : lines) height += line.gap + setter.height(line.text, line.style, width);
  return height;
}

void put_stack(SheetSetter& setter, const std::vector<Line>& lines, Point top_left, double width) {
  for (const Line& line : lines) {
    top_left.y += line.gap;
    top_left.y += setter.put(line.text, line.style, top_left, width);
  }
}

}  // namespace

// What belongs together stands at one height on all cards.
SheetBlocks card_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  const double gap = setter.scaled(18.0);
  const auto count = static_cast<double>(section.items.size());
  const double width = (area.width - gap * (count - 1.0)) / count;
  std::vector<std::vector<Line>> heads;
  std::vector<double> tops = {setter.scaled(5.0), 0.0};  // of the head, then of each column
  for (const SheetItem& item : section.items) {
    heads.push_back({{item.title, setter.item()}, {item.text, setter.body()}});
    tops[1] = std::max(tops[1], tops[0] + stack_height(setter, heads.back(), width));
  }
  const auto cell = [&setter, &section](const SheetItem& item, std::size_t column) {
    return std::vector<Line>{{section.columns[column], setter.label(), setter.scaled(4.0)},
                             {item.cells[column], setter.body()}};
  };
  for (std::size_t i = 0; i < section.columns.size(); ++i) {
    double height = 0.0;
    for (const SheetItem& item : section.items)
      height = std::max(height, stack_height(setter, cell(item, i), width));
    tops.push_back(tops.back() + height);
  }
  const auto draw = [=, &setter, &section](double top) {
    double left = area.left;
    for (std::size_t item = 0; item < section.items.size(); ++item) {
      setter.rule(left, left + width, top, Ink::kAccent, 2.0);
      put_stack(setter, heads[item], {left, top + tops[0]}, width);
      for (std::size_t i = 0; i < section.columns.size(); ++i)
        put_stack(setter, cell(section.items[item], i), {left, top + tops[i + 1]}, width);
      left += width + gap;
    }
  };
  return {{tops.back(), setter.scaled(7.0), 4.0, draw}};
}

SheetBlocks row_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  const double head = setter.scaled(82.0);
  const double gap = setter.scaled(18.0);
  const auto count = static_cast<double>(section.columns.size());
  const double width = (area.width - head - gap * (count - 1.0)) / count;
  const auto left_of = [=](std::size_t column) {
    return area.left + head + static_cast<double>(column) * (width + gap);
  };
  SheetBlocks blocks;
  blocks.push_back(
      {setter.leading(setter.heading()), setter.scaled(8.0), 0.0, [=, &setter, &section](double top) {
         for (std::size_t i = 0; i < section.columns.size(); ++i)
           setter.put(section.columns[i], setter.heading(), {left_of(i), top}, width, "H2");
       }});
  for (const SheetItem& item : section.items) {
    double height = setter.leading(setter.strong());
    for (const std::string& cell : item.cells)
      height = std::max(height, setter.height(cell, setter.body(), width));
    blocks.push_back({height, setter.scaled(8.0), 6.0, [=, &setter, &item](double top) {
                        setter.rule(area.left, area.right(), top - setter.scaled(4.0));
                        setter.put(item.title, setter.strong(), {area.left, top}, head - gap / 2.0, "H3");
                        for (std::size_t i = 0; i < item.cells.size(); ++i)
                          setter.put(item.cells[i], setter.body(), {left_of(i), top}, width);
                      }});
  }
  return blocks;
}

// Two to a row, or one where there is only one.
SheetBlocks point_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  const std::size_t columns = section.items.size() > 1 ? 2 : 1;
  const double gap = setter.scaled(18.0);
  const double width = (area.width - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  const auto lines = [&setter](const SheetItem& item) {
    return std::vector<Line>{{item.title, setter.strong()}, {item.text, setter.body()}};
  };
  SheetBlocks blocks;
  for (std::size_t first = 0; first < section.items.size(); first += columns) {
    const std::size_t end = std::min(first + columns, section.items.size());
    double height = 0.0;
    for (std::size_t i = first; i < end; ++i)
      height = std::max(height, stack_height(setter, lines(section.items[i]), width));
    blocks.push_back({height, setter.scaled(6.0), 5.0, [=, &setter, &section](double top) {
                        for (std::size_t i = first; i < end; ++i)
                          put_stack(setter, lines(section.items[i]),
                                    {area.left + static_cast<double>(i - first) * (width + gap), top}, width);
                      }});
  }
  return blocks;
}

}  // namespace lacquer
