#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// content/lessons/drawings.toml: what the drawings of the lessons show, for whoever draws them.

struct DrawingAxis {
  std::string title;
  std::string unit;  // empty for none
  bool logarithmic = false;
  double least = 0.0;
  double most = 1.0;
  std::vector<double> ticks;  // within the range
};

using DrawingPoint = std::array<double, 2>;  // x, y, on the axes

struct DrawingCurve {
  std::string style;  // "strong", "faint", "dashed", "dots" (points of their own, no line)
  std::vector<DrawingPoint> points;
};

struct DrawingBox {
  std::string style;  // "fill", "faint", "striped", "outline"
  std::array<DrawingPoint, 2> corners;
};

struct DrawingNote {
  std::string text;
  DrawingPoint at{};  // on the baseline
  std::string align;  // "left" begins at the point, "right" ends there, "centre"
};

struct LessonDrawing {
  std::string id;
  // An axis that is not there runs from 0 to 1 and is not drawn. With neither, the drawing is a plan, as wide
  // as high.
  std::optional<DrawingAxis> x;
  std::optional<DrawingAxis> y;
  std::vector<DrawingCurve> curves;
  std::vector<DrawingBox> boxes;
  std::vector<DrawingNote> notes;
};

// Throws Error "NAME:LINE: FIELD: what is wrong; what to do", also for a point that lies outside its axes.
std::vector<LessonDrawing> parse_lesson_drawings(std::string_view text, const std::string& name);

}  // namespace lacquer
