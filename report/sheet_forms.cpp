#include "report/sheet_forms.h"

namespace lacquer {
namespace {

constexpr double kNumberColumn = 27.0;
constexpr double kFieldPitch = 19.0;
constexpr double kBox = 8.5;

// A label and the line to write on after it, which stands where its letters stand.
void put_field(SheetSetter& setter, const std::string& name, double left, double right, double y) {
  const LetterStyle style = setter.label();
  setter.canvas().text({left, y}, name, style);
  const double from = left + setter.width(name, style) + setter.scaled(5.0);
  setter.write_line(from, std::max(right, from), y + setter.scaled(1.5));
}

double fields_height(const SheetSetter& setter, const SheetItem& item) {
  return setter.scaled(kFieldPitch) * static_cast<double>(item.fields.size());
}

void put_fields(SheetSetter& setter, const SheetItem& item, double left, double right, double top) {
  double y = top;
  for (const std::string& field : item.fields) {
    y += setter.scaled(kFieldPitch);
    put_field(setter, field, left, right, y - setter.scaled(3.0));
  }
}

SheetBlock question_block(SheetSetter& setter, const SheetItem& item, int number, const SheetArea& area) {
  const double left = area.left + setter.scaled(kNumberColumn);
  const double width = area.width * 0.60 - setter.scaled(kNumberColumn);
  const double fields_left = area.left + area.width * 0.65;
  const double words = setter.height(item.title, setter.item(), width) +
                       setter.height(item.text, setter.body(), width) +
                       setter.height(item.ask, setter.quiet(), width) + setter.scaled(3.0);
  const auto draw = [=, &setter, &item](double top) {
    setter.rule(area.left, area.right(), top - setter.scaled(4.0));
    const LetterStyle numeral{setter.scaled(19.0), Ink::kAccent, Align::kLeft, true};
    setter.canvas().text({area.left, top + setter.scaled(15.5)}, std::to_string(number), numeral);
    double y = top + setter.put(item.title, setter.item(), {left, top}, width, "H3");
    y += setter.put(item.text, setter.body(), {left, y}, width) + setter.scaled(1.5);
    setter.put(item.ask, setter.quiet(), {left, y}, width);
    put_fields(setter, item, fields_left, area.right(), top - setter.scaled(2.0));
  };
  return {std::max(words, fields_height(setter, item)), setter.scaled(8.0), 8.0, draw};
}

SheetBlock item_block(SheetSetter& setter, const SheetItem& item, int number, const SheetArea& area) {
  const double left = area.left + setter.scaled(36.0);
  const double gutter = setter.scaled(16.0);
  const double width = (area.right() - left - gutter) / 2.0;
  const double title = setter.leading(setter.item());
  const double words =
      std::max(setter.height(item.text, setter.body(), width), setter.height(item.ask, setter.body(), width));
  const auto draw = [=, &setter, &item](double top) {
    setter.rule(area.left, area.right(), top - setter.scaled(3.5));
    const LetterStyle style = setter.item();
    setter.box({area.left, top + (title - setter.scaled(kBox)) / 2.0}, setter.scaled(kBox));
    LetterStyle numeral = style;
    numeral.align = Align::kRight;
    numeral.ink = Ink::kAccent;
    setter.canvas().text({left - setter.scaled(8.0), setter.baseline(top, style)}, std::to_string(number),
                         numeral);
    setter.put(item.title, style, {left, top}, area.right() - left, "H3");
    if (item.shared)
      setter.shared_mark({left + setter.width(item.title, style) + setter.scaled(9.0), top + title / 2.0});
    setter.put(item.text, setter.quiet(), {left, top + title}, width);
    setter.put(item.ask, setter.body(), {left + width + gutter, top + title}, width);
  };
  return {title + words, setter.scaled(7.0), 8.0, draw};
}

// What the two columns are, and the diamond.
SheetBlock item_head(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  const double left = area.left + setter.scaled(36.0);
  const double middle = left + (area.right() - left + setter.scaled(16.0)) / 2.0;
  const double height = setter.leading(setter.label());
  const bool any = std::any_of(section.items.begin(), section.items.end(),
                               [](const SheetItem& item) { return item.shared; });
  const auto draw = [=, &setter](double top) {
    const double y = setter.baseline(top, setter.label());
    setter.canvas().text({left, y}, "Why", setter.label());
    setter.canvas().text({middle, y}, "Have it, or ask for it", setter.label());
    if (!any) return;
    LetterStyle right = setter.label();
    right.align = Align::kRight;
    const std::string both = "both paths need it";
    setter.canvas().text({area.right(), y}, both, right);
    setter.shared_mark(
        {area.right() - setter.width(both, right) - setter.scaled(7.0), y - setter.scaled(2.5)});
  };
  return {height, setter.scaled(9.0), 0.0, draw};
}

}  // namespace

SheetBlock heading_block(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  const double heading = setter.height(section.title, setter.heading(), area.width);
  const double lead = setter.height(section.lead, setter.quiet(), area.width);
  const auto draw = [=, &setter, &section](double top) {
    setter.put(section.title, setter.heading(), {area.left, top}, area.width, "H2");
    setter.put(section.lead, setter.quiet(), {area.left, top + heading}, area.width);
  };
  return {heading + lead, setter.scaled(15.0), 10.0, draw};
}

SheetBlocks question_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  SheetBlocks blocks;
  for (const SheetItem& item : section.items)
    blocks.push_back(question_block(setter, item, static_cast<int>(blocks.size()) + 1, area));
  return blocks;
}

SheetBlocks item_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  SheetBlocks blocks = {item_head(setter, section, area)};
  for (const SheetItem& item : section.items)
    blocks.push_back(item_block(setter, item, static_cast<int>(blocks.size()), area));
  return blocks;
}

SheetBlocks box_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  SheetBlocks blocks;
  for (const SheetItem& item : section.items) {
    const auto draw = [=, &setter, &item](double top) {
      double x = area.left;
      const LetterStyle style = setter.strong();
      const double y = setter.baseline(top, style);
      for (const std::string& name : item.boxes) {
        setter.box({x, y - setter.scaled(kBox) + setter.scaled(1.2)}, setter.scaled(kBox));
        setter.canvas().text({x + setter.scaled(kBox + 4.5), y}, name, style);
        x += setter.scaled(kBox + 4.5 + 15.0) + setter.width(name, style);
      }
      put_field(setter, "Date", std::min(x, area.right() - setter.scaled(60.0)), area.right(), y);
    };
    blocks.push_back({setter.leading(setter.strong()), setter.scaled(6.0), 4.0, draw});
  }
  return blocks;
}

SheetBlocks formula_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  SheetBlocks blocks;
  for (const SheetItem& item : section.items) {
    const double formula = setter.leading(setter.item());
    const auto draw = [=, &setter, &item](double top) {
      setter.put(item.title, setter.item(), {area.left, top}, area.width);
      const double gap = setter.scaled(12.0);
      const auto count = static_cast<double>(item.fields.size());
      const double width = (area.width + gap) / count;
      for (std::size_t i = 0; i < item.fields.size(); ++i) {
        const double left = area.left + width * static_cast<double>(i);
        put_field(setter, item.fields[i], left, left + width - gap,
                  top + formula + setter.scaled(kFieldPitch - 3.0));
      }
    };
    blocks.push_back({formula + setter.scaled(kFieldPitch), setter.scaled(4.0), 4.0, draw});
  }
  return blocks;
}

SheetBlocks worksheet_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  SheetBlocks blocks;
  for (const SheetItem& item : section.items)
    blocks.push_back({fields_height(setter, item), 0.0, 0.0, [=, &setter, &item](double top) {
                        put_fields(setter, item, area.left, area.right(), top);
                      }});
  return blocks;
}

SheetBlocks timeline_blocks(SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  const double pitch = area.width / static_cast<double>(section.items.size());
  const double column = pitch - setter.scaled(6.0);
  double words = 0.0;
  for (const SheetItem& item : section.items)
    words = std::max(words, setter.height(item.text, setter.label(), column));
  const double title = setter.leading(setter.strong());
  const double line = setter.scaled(13.0);
  const double date = setter.scaled(22.0);
  const auto draw = [=, &setter, &section](double top) {
    Canvas& canvas = setter.canvas();
    const double y = top + setter.scaled(4.0);
    canvas.line({area.left, y}, {area.right(), y}, {Ink::kInk, 1.2});
    double x = area.left;
    for (const SheetItem& item : section.items) {
      const bool release = item.id == "release";
      canvas.disc({x + setter.scaled(4.0), y}, setter.scaled(release ? 5.0 : 3.2),
                  release ? Ink::kAccent : Ink::kInk);
      setter.put(item.title, setter.strong(), {x, top + line}, column);
      setter.put(item.text, setter.label(), {x, top + line + title}, column);
      const double written = top + line + title + words + date - setter.scaled(2.0);
      if (!item.ask.empty())  // a day that is known
        canvas.text({x, written - setter.scaled(3.0)}, canvas.fitted(item.ask, column, setter.label()),
                    setter.label());
      setter.write_line(x, x + column, written);
      x += pitch;
    }
  };
  return {{line + title + words + date, setter.scaled(8.0), 4.0, draw}};
}

}  // namespace lacquer
