#include <algorithm>
#include <numeric>

#include "report/print_block.h"

namespace lacquer {
namespace {

constexpr double kGutter = 12.0;
constexpr double kPadding = 2.4;        // above and below the words of a row
constexpr double kMostSlack_pt = 48.0;  // what a column of few words takes of the room that is left over

using Widths = std::vector<double>;

// What each column would take on one line; of a column of numbers only its cells count, for its heading may
// wrap.
Widths natural_widths(const Table& table, SheetSetter& setter) {
  Widths widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    double widest = 0.0;
    const auto words = setter.lines(table.columns[c].heading, setter.label(), 1.0);  // a line for each word
    const auto heading =
        table.columns[c].is_number ? words : std::vector<std::string>{table.columns[c].heading};
    for (const std::string& word : heading) widest = std::max(widest, setter.width(word, setter.label()));
    for (const auto& row : table.rows)
      if (c < row.size())
        widest = std::max(widest, setter.width(row[c], c == 0 ? setter.strong() : setter.body()));
    widths.push_back(widest + 0.5);
  }
  return widths;
}

// Columns that fit into an equal share keep their width; those of long texts share what is left.
Widths fitted_widths(const Table& table, SheetSetter& setter, double room) {
  Widths widths = natural_widths(table, setter);
  const double gutters = kGutter * static_cast<double>(widths.size() - 1);
  room -= gutters;
  const double needed = std::accumulate(widths.begin(), widths.end(), 0.0);
  if (needed <= room) {
    const double slack = std::min((room - needed) / static_cast<double>(widths.size()), kMostSlack_pt);
    for (double& width : widths) width += slack;
    return widths;
  }
  std::vector<std::size_t> order(widths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return widths[a] < widths[b]; });
  std::size_t left = widths.size();
  for (const std::size_t c : order) {
    widths[c] = std::min(widths[c], room / static_cast<double>(left--));
    room -= widths[c];
  }
  return widths;
}

struct RowSetting {
  std::vector<std::string> cells;
  std::vector<Column> columns;
  Widths widths;
  SheetArea area;
  bool is_head = false;

  LetterStyle style(const SheetSetter& setter, std::size_t column) const {
    LetterStyle letters = is_head ? setter.label() : column == 0 ? setter.strong() : setter.body();
    if (columns[column].is_number) letters.align = Align::kRight;
    return letters;
  }

  double height(SheetSetter& setter) const {
    double highest = 0.0;
    for (std::size_t c = 0; c < cells.size(); ++c)
      highest = std::max(highest, setter.height(cells[c], style(setter, c), widths[c]));
    return highest + 2.0 * setter.scaled(kPadding);
  }

  void draw(SheetSetter& setter, double top) const {
    const double bottom = top + height(setter);
    setter.canvas().element("TR", [&] {
      double x = area.left;
      for (std::size_t c = 0; c < cells.size(); ++c) {
        const LetterStyle letters = style(setter, c);
        // Headings stand on the rule, cells hang from the row's top.
        const double y = is_head
                             ? bottom - setter.scaled(kPadding) - setter.height(cells[c], letters, widths[c])
                             : top + setter.scaled(kPadding);
        setter.put(cells[c], letters, {letters.align == Align::kRight ? x + widths[c] : x, y}, widths[c],
                   is_head || c == 0 ? "TH" : "TD");
        x += widths[c] + kGutter;
      }
    });
    if (is_head)
      setter.rule(area.left, area.right(), bottom, Ink::kMuted);
    else
      setter.rule(area.left, area.right(), bottom);
  }
};

PrintBlock row_block(const RowSetting& row, SheetSetter& setter) {
  return {row.height(setter), 0.0, row.is_head, [row](SheetSetter& to, double top) { row.draw(to, top); }};
}

}  // namespace

void add_table(PrintBlocks& blocks, const Table& table, SheetSetter& setter, const SheetArea& area) {
  if (table.columns.empty() || table.rows.empty()) return;
  const Widths widths = fitted_widths(table, setter, area.width);
  const double width =
      std::accumulate(widths.begin(), widths.end(), kGutter * static_cast<double>(widths.size() - 1));
  const SheetArea own{area.left, width};
  std::vector<std::string> headings;
  for (const Column& column : table.columns) headings.push_back(column.heading);
  const auto head =
      std::make_shared<PrintBlock>(row_block({headings, table.columns, widths, own, true}, setter));
  blocks.push_back(*head);
  blocks.back().gap = setter.scaled(5.0);
  for (const auto& row : table.rows) {
    std::vector<std::string> cells = row;
    cells.resize(table.columns.size());
    blocks.push_back(row_block({cells, table.columns, widths, own, false}, setter));
    blocks.back().head = head;
  }
}

}  // namespace lacquer
