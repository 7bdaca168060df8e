#pragma once

#include <string>
#include <vector>

#include "report/canvas.h"
#include "report/paper.h"

namespace lacquer::samples {

// What is wrong with the letters of a page: past the margins, over each other, or too small to read.
inline std::string page_fault(const Draw& page, const PageSize& size, std::size_t least_texts = 11) {
  std::vector<Box> boxes;
  to_pdf(size.width_pt, size.height_pt, [&](Canvas& canvas) {
    page(canvas);
    boxes = canvas.text_boxes();
  });
  constexpr double kSlack = 0.6;  // side bearings, and what box_of() rounds up
  const auto where = [](const Box& box) {
    return " at " + std::to_string(box.left) + ", " + std::to_string(box.top) + " to " +
           std::to_string(box.right) + ", " + std::to_string(box.bottom);
  };
  for (const Box& box : boxes) {
    if (box.left < kPageMargin_pt - kSlack || box.right > size.width_pt - kPageMargin_pt + kSlack)
      return "a text crosses a side margin" + where(box);
    if (box.top < kPageMargin_pt - 8.0 || box.bottom > size.height_pt - kPageMargin_pt + kSlack)
      return "a text crosses the top or the foot" + where(box);
    if (box.bottom - box.top < 0.97 * 5.9) return "a text is too small" + where(box);
  }
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t j = i + 1; j < boxes.size(); ++j) {
      Box a = boxes[i];
      a.left += kSlack;
      a.right -= kSlack;
      a.top += kSlack;
      a.bottom -= kSlack;
      if (overlap(a, boxes[j])) return "two texts meet" + where(a) + " and" + where(boxes[j]);
    }
  return boxes.size() >= least_texts ? "" : "hardly any text";
}

}  // namespace lacquer::samples
