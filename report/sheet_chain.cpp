#include <cctype>
#include <numbers>

#include "report/format.h"
#include "report/sheet_charts.h"
#include "report/summary.h"

namespace lacquer {
namespace {

constexpr double kNodeColumn = 22.0;
constexpr double kNameColumn = 84.0;
constexpr double kRadius = 5.5;
constexpr double kStretch = 6.0;  // most that is added between two stages

std::vector<Point> arc(Point centre, double radius, double from, double to) {
  std::vector<Point> points;
  constexpr int kSteps = 40;
  for (int i = 0; i <= kSteps; ++i) {
    const double angle = from + (to - from) * i / kSteps;
    points.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  return points;
}

// One shape for each tag, told apart without colour.
void put_tag(SheetSetter& setter, std::string_view tag, Point centre) {
  constexpr double kPi = std::numbers::pi;
  const double r = setter.scaled(kRadius);
  Canvas& canvas = setter.canvas();
  if (tag == "always-last") {
    canvas.fill_rect(centre.x - r, centre.y - r, 2.0 * r, 2.0 * r, Ink::kInk);
    return;
  }
  canvas.disc(centre, r + setter.scaled(0.75), tag == "foundational" ? Ink::kInk : Ink::kPanel);
  if (tag == "foundational") return;
  canvas.polyline(arc(centre, r, 0.0, 2.0 * kPi), {Ink::kInk, setter.scaled(1.5)});
  if (tag == "if-needed") canvas.fill(arc(centre, r, kPi / 2.0, 1.5 * kPi), Ink::kInk);
}

SheetBlock legend_block(SheetSetter& setter, const SheetArea& area) {
  const double height = setter.leading(setter.label());
  return {height, setter.scaled(8.0), 0.0, [=, &setter](double top) {
            double x = area.left + setter.scaled(6.5);
            const double y = setter.baseline(top, setter.label());
            for (const Stage stage :
                 {Stage::kGainStaging, Stage::kCorrectiveEq, Stage::kSaturation, Stage::kLimiting}) {
              const std::string name(tag_words(tag(stage)));
              put_tag(setter, tag(stage), {x, y - setter.scaled(2.6)});
              setter.canvas().text({x + setter.scaled(10.0), y}, name, setter.label());
              x += setter.scaled(34.0) + setter.width(name, setter.label());
            }
          }};
}

struct Columns {
  double left = 0.0;
  double width = 0.0;
  double gap = 0.0;
  double at(std::size_t column) const { return left + static_cast<double>(column) * (width + gap); }
};

Columns columns_of(const SheetSetter& setter, const SheetSection& section, const SheetArea& area) {
  Columns columns;
  columns.left = area.left + setter.scaled(kNodeColumn + kNameColumn);
  columns.gap = setter.scaled(11.0);
  const auto count = static_cast<double>(section.columns.size());
  columns.width = (area.right() - columns.left - columns.gap * (count - 1.0)) / count;
  return columns;
}

// The beginning and the end of the chain.
SheetBlock end_block(SheetSetter& setter, const SheetArea& area, const std::string& name,
                     const SheetSection* heads) {
  const double height = setter.leading(setter.strong()) + setter.scaled(4.0);
  return {height, setter.scaled(heads ? 8.0 : 2.0), 0.0, [=, &setter](double top) {
            const double x = area.left + setter.scaled(6.5);
            Canvas& canvas = setter.canvas();
            const double r = setter.scaled(4.5);
            const double y = top + height / 2.0;
            if (heads)
              canvas.line({x, y}, {x, top + height}, {Ink::kInk, setter.scaled(1.5)});
            else
              canvas.line({x, top - setter.scaled(8.0)}, {x, y - r}, {Ink::kInk, setter.scaled(1.5)});
            canvas.fill({{x - r, y - r}, {x + r, y - r}, {x, y + r}}, Ink::kAccent);
            LetterStyle style = setter.strong();
            style.ink = Ink::kAccent;
            setter.put(name, style, {area.left + setter.scaled(kNodeColumn), top + setter.scaled(2.0)},
                       setter.scaled(kNameColumn));
            if (!heads) return;
            const Columns columns = columns_of(setter, *heads, area);
            for (std::size_t i = 0; i < heads->columns.size(); ++i)
              setter.put(heads->columns[i], setter.label(), {columns.at(i), top + setter.scaled(3.0)},
                         columns.width);
          }};
}

const PlanStage* planned(const SheetTrack* track, Stage stage) {
  return track && track->plan ? &track->plan->at(stage) : nullptr;
}

std::string plan_words(const PlanStage& stage) {
  std::string words = std::string(state_words(stage.state)) + ": " + stage.reason;
  words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
  return words;
}

SheetBlock stage_block(SheetSetter& setter, const SheetSection& section, const SheetItem& item, Stage stage,
                       const SheetTrack* track, const SheetArea& area) {
  constexpr std::size_t kMostLines = 5;
  const Columns columns = columns_of(setter, section, area);
  const double name_left = area.left + setter.scaled(kNodeColumn);
  const double name_width = setter.scaled(kNameColumn - 8.0);
  const std::string name = std::to_string(static_cast<int>(stage) + 1) + " " + std::string(title(stage));
  const std::string tags = std::string(tag_words(tag(stage))) + "; " + item.text;
  LetterStyle body = setter.body();
  body.size_pt = setter.scaled(8.0);
  double words =
      setter.height(name, setter.item(), name_width) + setter.height(tags, setter.label(), name_width);
  for (const std::string& cell : item.cells)
    words = std::max(words, setter.height(cell, body, columns.width));
  const PlanStage* plan = planned(track, stage);
  const std::string here = plan ? plan_words(*plan) : "";
  const double here_width = area.right() - columns.left - setter.scaled(8.0);
  const double here_height =
      plan ? setter.scaled(3.0) + static_cast<double>(std::min(
                                      setter.lines(here, setter.strong(), here_width).size(), kMostLines)) *
                                      setter.leading(setter.strong())
           : 0.0;
  const double gap = setter.scaled(10.0);
  const double height = words + here_height;
  const auto draw = [=, &setter, &item](double top) {
    setter.rule(name_left, area.right(), top - setter.scaled(5.0));
    const double x = area.left + setter.scaled(6.5);
    setter.canvas().line({x, top - gap - kStretch}, {x, top + height}, {Ink::kInk, setter.scaled(1.5)});
    put_tag(setter, tag(stage), {x, top + setter.scaled(6.5)});
    const double below = top + setter.put(name, setter.item(), {name_left, top}, name_width, "H3");
    setter.put(tags, setter.label(), {name_left, below}, name_width);
    for (std::size_t i = 0; i < item.cells.size(); ++i)
      setter.put(item.cells[i], body, {columns.at(i), top}, columns.width);
    if (!plan) return;
    const double y = top + words + setter.scaled(3.0);
    const Ink ink = plan->state == StageState::kOff ? Ink::kShape : Ink::kAccent;
    setter.canvas().fill_rect(columns.left, y + setter.scaled(1.0), setter.scaled(2.5),
                              here_height - setter.scaled(5.0), ink);
    LetterStyle style = plan->state == StageState::kOff ? setter.quiet() : setter.strong();
    setter.put_clipped(here, style, {columns.left + setter.scaled(8.0), y}, here_width, kMostLines);
  };
  return {height, gap, kStretch, draw};
}

}  // namespace

SheetBlocks chain_blocks(SheetSetter& setter, const SheetSection& section, const SheetTrack* track,
                         const SheetArea& area) {
  SheetBlocks blocks = {legend_block(setter, area), end_block(setter, area, "Stereo mix", &section)};
  for (const SheetItem& item : section.items)
    if (const std::optional<Stage> stage = stage_from(item.id))
      blocks.push_back(stage_block(setter, section, item, *stage, track, area));
  blocks.push_back(end_block(setter, area, "Distribution", nullptr));
  return blocks;
}

}  // namespace lacquer
