#include "library/lesson_drawing.h"

#include <algorithm>

#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr double kFarthest = 1e6;
constexpr std::array<std::string_view, 2> kScales = {"linear", "log"};
constexpr std::array<std::string_view, 4> kCurves = {"strong", "faint", "dashed", "dots"};
constexpr std::array<std::string_view, 4> kBoxes = {"fill", "faint", "striped", "outline"};
constexpr std::array<std::string_view, 3> kAligns = {"left", "centre", "right"};

template <std::size_t Count>
std::string one_of(const TableReader& table, std::string_view key,
                   const std::array<std::string_view, Count>& values) {
  std::string text = table.text(key);
  if (std::find(values.begin(), values.end(), text) == values.end())
    table.fail(key, "this word is unknown here; see the head of the file");
  return text;
}

std::optional<DrawingAxis> read_axis(const TableReader& drawing, std::string_view key) {
  if (!drawing.has(key)) return std::nullopt;
  const TableReader table = drawing.table(key);
  table.allow_only({"title", "unit", "scale", "range", "ticks"});
  DrawingAxis axis;
  axis.title = table.text("title");
  axis.unit = table.string("unit");
  axis.logarithmic = one_of(table, "scale", kScales) == "log";
  const std::vector<double> range = table.numbers("range", 2, -kFarthest, kFarthest);
  if (range[0] >= range[1] || (axis.logarithmic && range[0] <= 0.0))
    table.fail("range", "it must rise, and lie above 0 on a log scale; correct it");
  axis.least = range[0];
  axis.most = range[1];
  axis.ticks = table.numbers("ticks", axis.least, axis.most);
  return axis;
}

bool within(const std::optional<DrawingAxis>& axis, double value) {
  return axis ? value >= axis->least && value <= axis->most : value >= 0.0 && value <= 1.0;
}

// The points under `key`, each within the axes.
std::vector<DrawingPoint> read_points(const TableReader& table, std::string_view key,
                                      const LessonDrawing& drawing) {
  std::vector<DrawingPoint> points = table.pairs(key, {-kFarthest, kFarthest, -kFarthest, kFarthest});
  for (const DrawingPoint& point : points)
    if (!within(drawing.x, point[0]) || !within(drawing.y, point[1]))
      table.fail(key, "a point lies outside the axes; correct it or widen an axis");
  return points;
}

DrawingNote read_note(const TableReader& table, const LessonDrawing& drawing) {
  table.allow_only({"text", "at", "align"});
  DrawingNote note;
  note.text = table.text("text");
  note.align = one_of(table, "align", kAligns);
  const std::vector<double> at = table.numbers("at", 2, -kFarthest, kFarthest);
  note.at = {at[0], at[1]};
  if (!within(drawing.x, at[0]) || !within(drawing.y, at[1]))
    table.fail("at", "the point lies outside the axes; correct it");
  return note;
}

LessonDrawing read_drawing(const TableReader& table, const std::string& id) {
  table.allow_only({"x", "y", "curve", "box", "note"});
  LessonDrawing drawing;
  drawing.id = id;
  drawing.x = read_axis(table, "x");
  drawing.y = read_axis(table, "y");
  if (table.has("curve"))
    for (const TableReader& curve : table.tables("curve")) {
      curve.allow_only({"style", "points"});
      drawing.curves.push_back({one_of(curve, "style", kCurves), read_points(curve, "points", drawing)});
    }
  if (table.has("box"))
    for (const TableReader& box : table.tables("box")) {
      box.allow_only({"style", "corners"});
      const std::vector<DrawingPoint> corners = read_points(box, "corners", drawing);
      if (corners.size() != 2) box.fail("corners", "a box has two corners, opposite each other; give two");
      drawing.boxes.push_back({one_of(box, "style", kBoxes), {corners[0], corners[1]}});
    }
  if (table.has("note"))
    for (const TableReader& note : table.tables("note")) drawing.notes.push_back(read_note(note, drawing));
  if (drawing.curves.empty() && drawing.boxes.empty())
    table.fail("", "the drawing is empty; give it a curve or a box");
  return drawing;
}

}  // namespace

std::vector<LessonDrawing> parse_lesson_drawings(std::string_view text, const std::string& name) {
  return read_tables(text, name, "drawing", read_drawing);
}

}  // namespace lacquer
