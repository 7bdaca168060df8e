#pragma once

#include <cairo.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/palette.h"

namespace lacquer {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

// What letters take on the page.
struct Box {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
};
bool overlap(const Box& a, const Box& b);

enum class Align { kLeft, kCentre, kRight };

struct LetterStyle {
  double size_pt = 10.0;
  Ink ink = Ink::kMuted;
  Align align = Align::kLeft;
  bool bold = false;
};

struct LineStyle {
  Ink ink = Ink::kInk;
  double width_pt = 1.0;
  std::vector<double> dash = {};
};

// What a chart draws on: Cairo underneath, points as units, y downwards. The same drawing serves SVG, PDF and
// PNG.
class Canvas {
 public:
  Canvas(cairo_t* cairo, double width_pt, double height_pt, const Theme& theme);

  double width() const { return width_; }
  double height() const { return height_; }

  void line(Point from, Point to, const LineStyle& style);
  void polyline(const std::vector<Point>& points, const LineStyle& style);
  void fill(const std::vector<Point>& polygon, Ink ink);
  void fill_rect(double x, double y, double width, double height, Ink ink);
  void disc(Point centre, double radius, Ink ink);
  // `baseline` is where the letters stand, at the end `style.align` says. Newlines become spaces.
  void text(Point baseline, std::string_view utf8, const LetterStyle& style);
  // The same, but only where it stays on the canvas and `gap_pt` clear of every text before it. Returns
  // whether it was drawn.
  bool text_if_free(Point baseline, std::string_view utf8, const LetterStyle& style, double gap_pt = 3.0);
  const std::vector<Box>& text_boxes() const { return texts_; }  // of every text so far
  double text_width(std::string_view utf8, const LetterStyle& style) const;
  // Draws as one element of the page's structure, which a PDF tells to who cannot see it: "H1", "P",
  // "Figure".
  void element(const char* kind, const std::function<void()>& draw);
  // Draws on a part of this canvas as on one of its own, which is that wide and high in its own points and
  // `scale` times as large here.
  void inset(Point top_left, double width_pt, double height_pt, const std::function<void(Canvas&)>& draw,
             double scale = 1.0);
  // As much of the text as fits, with an ellipsis where some was cut.
  std::string fitted(std::string_view utf8, double width, const LetterStyle& style) const;

 private:
  void use(Ink ink);
  Box box_of(Point baseline, std::string_view utf8, const LetterStyle& style) const;
  void trace(const std::vector<Point>& points);

  cairo_t* cairo_;
  double width_;
  double height_;
  const Theme& theme_;
  std::vector<Box> texts_;
};

using Draw = std::function<void(Canvas&)>;

// The bytes of a file. The same drawing gives the same bytes every time: SVG ids are renumbered and begin
// with `id_prefix` (letters, digits, hyphens), and a PDF carries no clock. Size in points, above 0 and at
// most 10,000. Throws Error where Cairo cannot draw (out of memory).
std::string to_svg(double width_pt, double height_pt, std::string_view id_prefix, const Draw& draw);
std::string to_pdf(double width_pt, double height_pt, const Draw& draw);
struct PdfBookmark {
  std::string title;
  int page = 1;
  double top_pt = 0.0;
};
struct PdfInfo {
  std::string title;
  std::string subject;
  std::vector<PdfBookmark> bookmarks{};
};
// Several pages, one for each drawing, with what the document says about itself.
std::string to_pdf_pages(double width_pt, double height_pt, const std::vector<Draw>& pages,
                         const PdfInfo& info);
// Draws on nothing, to learn how wide letters are.
void to_measure(const Draw& draw);
std::string to_png(double width_pt, double height_pt, double pixels_per_pt, const Draw& draw,
                   const Theme& theme = light_theme());

}  // namespace lacquer
