#include "report/lesson_chart.h"

#include <algorithm>
#include <cmath>

#include "report/chart_parts.h"

namespace lacquer {
namespace {

constexpr double kWidth = 520.0;
constexpr double kHeight = 250.0;
constexpr double kPlanHeight = 340.0;
constexpr double kMargin = 14.0;
constexpr double kTickRoom = 34.0;   // left of the plot, for the labels of the y axis
constexpr double kAxisRoom = 38.0;   // below it, for labels and title of the x axis
constexpr double kTitleRoom = 22.0;  // above it, for the title of the y axis
constexpr double kStripe = 6.0;
constexpr double kDot = 3.0;
constexpr double kThousand = 1000.0;

bool is_plan(const LessonDrawing& drawing) { return !drawing.x && !drawing.y; }

Plot plot_of(const Canvas& canvas, const LessonDrawing& drawing) {
  Plot plot{kMargin, kMargin, canvas.width() - kMargin, canvas.height() - kMargin};
  if (is_plan(drawing)) {
    const double side = std::min(plot.width(), plot.height());
    const double left = (canvas.width() - side) / 2.0;
    const double top = (canvas.height() - side) / 2.0;
    return {left, top, left + side, top + side};
  }
  if (drawing.x) plot.bottom = canvas.height() - kAxisRoom;
  if (drawing.y) {
    plot.left += kTickRoom;
    plot.top += kTitleRoom;
  }
  return plot;
}

// Where on its axis a value lies, 0 to 1.
double share_of(const std::optional<DrawingAxis>& axis, double value) {
  if (!axis) return value;
  if (axis->logarithmic) return std::log(value / axis->least) / std::log(axis->most / axis->least);
  return (value - axis->least) / (axis->most - axis->least);
}

// "−12", "0.5", "2k".
std::string label_of(double value, const std::string& unit) {
  const bool in_thousands = unit == "Hz" && std::abs(value) >= kThousand;
  const double shown = in_thousands ? value / kThousand : value;
  std::string text = std::to_string(std::abs(shown));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return (value < 0.0 ? "\u2212" : "") + text + (in_thousands ? "k" : "");
}

std::string title_of(const DrawingAxis& axis) {
  return axis.unit.empty() ? axis.title : axis.title + ", " + axis.unit;
}

class Sheet {
 public:
  Sheet(Canvas& canvas, const LessonDrawing& drawing)
      : canvas_(canvas), drawing_(drawing), plot_(plot_of(canvas, drawing)) {}

  void draw() {
    if (drawing_.x) draw_x_axis(*drawing_.x);
    if (drawing_.y) draw_y_axis(*drawing_.y);
    for (const DrawingBox& box : drawing_.boxes) draw_box(box);
    for (const DrawingCurve& curve : drawing_.curves) draw_curve(curve);
    for (const DrawingNote& note : drawing_.notes) draw_note(note);
  }

 private:
  Point place(const DrawingPoint& point) const {
    return {plot_.left + plot_.width() * share_of(drawing_.x, point[0]),
            plot_.bottom - plot_.height() * share_of(drawing_.y, point[1])};
  }

  void draw_x_axis(const DrawingAxis& axis) {
    canvas_.line({plot_.left, plot_.bottom}, {plot_.right, plot_.bottom}, {Ink::kMuted, 0.8});
    for (const double tick : axis.ticks) {
      const double x = plot_.left + plot_.width() * share_of(axis, tick);
      canvas_.line({x, plot_.bottom}, {x, plot_.bottom + 3.0}, {Ink::kMuted, 0.8});
      canvas_.text_if_free({x, plot_.bottom + 14.0}, label_of(tick, axis.unit),
                           {kChartText, Ink::kMuted, Align::kCentre});
    }
    canvas_.text({plot_.right, plot_.bottom + 29.0}, title_of(axis),
                 {kChartText, Ink::kMuted, Align::kRight});
  }

  void draw_y_axis(const DrawingAxis& axis) {
    for (const double tick : axis.ticks) {
      const double y = plot_.bottom - plot_.height() * share_of(axis, tick);
      canvas_.line({plot_.left, y}, {plot_.right, y}, {Ink::kHairline, 0.8});
      canvas_.text_if_free({plot_.left - 6.0, y + 3.5}, label_of(tick, axis.unit),
                           {kChartText, Ink::kMuted, Align::kRight});
    }
    canvas_.text({kMargin, kMargin + 6.0}, title_of(axis), {kChartText, Ink::kMuted});
  }

  void draw_box(const DrawingBox& box) {
    const Point a = place(box.corners[0]);
    const Point b = place(box.corners[1]);
    const Plot area{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    if (box.style != "outline")
      canvas_.fill_rect(area.left, area.top, area.width(), area.height(),
                        box.style == "fill" ? Ink::kShapeDeep : Ink::kShape);
    if (box.style == "striped") draw_stripes(area);
    canvas_.polyline({{area.left, area.top},
                      {area.right, area.top},
                      {area.right, area.bottom},
                      {area.left, area.bottom},
                      {area.left, area.top}},
                     {Ink::kMuted, 0.8});
  }

  // Rising lines, each cut at the edges of the area.
  void draw_stripes(const Plot& area) {
    for (double start = kStripe; start < area.width() + area.height(); start += kStripe) {
      const double right = std::min(start, area.width());
      const double left = std::max(0.0, start - area.height());
      canvas_.line({area.left + left, area.top + start - left}, {area.left + right, area.top + start - right},
                   {Ink::kAccent, 1.0});
    }
  }

  void draw_curve(const DrawingCurve& curve) {
    std::vector<Point> points;
    for (const DrawingPoint& point : curve.points) points.push_back(place(point));
    if (curve.style == "dots")
      for (const Point& point : points) canvas_.disc(point, kDot, Ink::kAccent);
    else if (curve.style == "dashed")
      canvas_.polyline(points, {Ink::kInk, 1.0, {5.0, 4.0}});
    else
      canvas_.polyline(points,
                       curve.style == "strong" ? LineStyle{Ink::kInk, 1.8} : LineStyle{Ink::kMuted, 0.9});
  }

  // At its point, moved inwards where it would leave the canvas.
  void draw_note(const DrawingNote& note) {
    const LetterStyle style{kChartText, Ink::kInk};
    const Point at = place(note.at);
    const double width = canvas_.text_width(note.text, style);
    const double before = note.align == "left" ? 0.0 : note.align == "right" ? width : width / 2.0;
    const double left = std::clamp(at.x - before, 2.0, std::max(2.0, canvas_.width() - 2.0 - width));
    canvas_.text({left, at.y}, note.text, style);
  }

  Canvas& canvas_;
  const LessonDrawing& drawing_;
  Plot plot_;
};

}  // namespace

double lesson_chart_width() { return kWidth; }
double lesson_chart_height(const LessonDrawing& drawing) { return is_plan(drawing) ? kPlanHeight : kHeight; }

void draw_lesson(Canvas& canvas, const LessonDrawing& drawing) { Sheet(canvas, drawing).draw(); }

}  // namespace lacquer
