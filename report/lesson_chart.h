#pragma once

#include "library/lesson_drawing.h"
#include "report/canvas.h"

namespace lacquer {

// The size that a lesson's drawing is made for: its notes stand clear of each other there, and on anything
// larger of the same shape.
double lesson_chart_width();
double lesson_chart_height(const LessonDrawing& drawing);

// Fills the canvas it is given. A plan (neither axis) stays as wide as high, in the middle.
void draw_lesson(Canvas& canvas, const LessonDrawing& drawing);

}  // namespace lacquer
