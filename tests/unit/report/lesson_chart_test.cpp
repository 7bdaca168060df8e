#include "report/lesson_chart.h"

#include <gtest/gtest.h>

#include "library/lesson_content.h"
#include "tests/unit/report/markup.h"

namespace lacquer {
namespace {

std::vector<LessonDrawing> drawings() { return load_core_track().lists.drawings; }

TEST(LessonChart, every_drawing_is_well_formed_and_the_same_each_time) {
  for (const LessonDrawing& drawing : drawings()) {
    const Draw draw = [&](Canvas& canvas) { draw_lesson(canvas, drawing); };
    const std::string svg = to_svg(lesson_chart_width(), lesson_chart_height(drawing), drawing.id, draw);
    EXPECT_EQ(markup::fault_in(svg, false), "") << drawing.id;
    EXPECT_EQ(svg.find("nan"), std::string::npos) << drawing.id;
    EXPECT_EQ(svg, to_svg(lesson_chart_width(), lesson_chart_height(drawing), drawing.id, draw));
  }
}

// At its own size and on a wide page.
TEST(LessonChart, no_text_touches_another_or_leaves_the_canvas) {
  for (const LessonDrawing& drawing : drawings()) {
    for (const double scale : {1.0, 1.6}) {
      const double width = scale * lesson_chart_width();
      const double height = scale * lesson_chart_height(drawing);
      to_svg(width, height, "a", [&](Canvas& canvas) {
        draw_lesson(canvas, drawing);
        const std::vector<Box>& texts = canvas.text_boxes();
        for (std::size_t i = 0; i < texts.size(); ++i) {
          EXPECT_GE(texts[i].left, 0.0) << drawing.id << " text " << i;
          EXPECT_GE(texts[i].top, 0.0) << drawing.id << " text " << i;
          EXPECT_LE(texts[i].right, width) << drawing.id << " text " << i;
          EXPECT_LE(texts[i].bottom, height) << drawing.id << " text " << i;
          for (std::size_t j = 0; j < i; ++j)
            EXPECT_FALSE(overlap(texts[i], texts[j])) << drawing.id << " texts " << j << " and " << i;
        }
      });
    }
  }
}

TEST(LessonChart, a_logarithmic_axis_puts_the_geometric_mean_in_the_middle) {
  LessonDrawing drawing;
  drawing.x = DrawingAxis{"Frequency", "Hz", true, 100.0, 10000.0, {1000.0}};
  drawing.notes = {{"here", {1000.0, 0.5}, "centre"}};
  to_svg(400.0, 200.0, "a", [&](Canvas& canvas) {
    draw_lesson(canvas, drawing);
    const std::vector<Box>& texts = canvas.text_boxes();  // the tick, the title, the note
    ASSERT_EQ(texts.size(), 3U);
    EXPECT_NEAR(texts[0].left + texts[0].right, 400.0, 2.0);
    EXPECT_NEAR(texts[2].left + texts[2].right, 400.0, 2.0);
  });
}

}  // namespace
}  // namespace lacquer
