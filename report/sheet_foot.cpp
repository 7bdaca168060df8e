#include "report/sheet_foot.h"

namespace lacquer {
namespace {

LetterStyle foot_style(const SheetSetter& setter) {
  LetterStyle style = setter.label();
  style.size_pt = 6.6;
  return style;
}

}  // namespace

double foot_top(SheetSetter& setter, const SheetFoot& foot, const SheetArea& area, double bottom) {
  const LetterStyle style = foot_style(setter);
  double height = SheetSetter::leading(style) + kFootGap;
  for (const std::string& line : foot.lines) height += setter.height(line, style, area.width);
  return bottom - height;
}

void put_foot(SheetSetter& setter, const SheetFoot& foot, const SheetArea& area, double top) {
  const LetterStyle style = foot_style(setter);
  setter.rule(area.left, area.right(), top, Ink::kShapeDeep);
  double y = top + kFootGap / 2.0;
  for (const std::string& line : foot.lines) y += setter.put(line, style, {area.left, y}, area.width);
  Canvas& canvas = setter.canvas();
  LetterStyle right = style;
  right.align = Align::kRight;
  LetterStyle strong = style;
  strong.bold = true;
  strong.ink = Ink::kInk;
  const double baseline = SheetSetter::baseline(y, style);
  const std::string place = std::to_string(foot.number) + " of " + std::to_string(foot.count);
  canvas.element("P", [&] {
    canvas.text({area.left, baseline}, "Lacquer", strong);
    const double name = area.left + setter.width("Lacquer", strong) + 6.0;
    const double room = area.right() - name - setter.width(place, style) - 12.0;
    canvas.text({name, baseline}, canvas.fitted(foot.title, room, style), style);
    if (foot.count > 1) canvas.text({area.right(), baseline}, place, right);
  });
}

}  // namespace lacquer
