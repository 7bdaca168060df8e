#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/canvas.h"

namespace lacquer {

// The sheets' type and the few marks they share. Sizes at scale 1; everything that is set grows with it.

// Widths of words at 100 points, which scale exactly because letters are placed unhinted.
using WordWidths = std::map<std::pair<std::string, bool>, double>;

class SheetSetter {
 public:
  // `widths` outlives the setter and may be kept for the next one.
  SheetSetter(Canvas& canvas, double scale, WordWidths& widths)
      : canvas_(canvas), scale_(scale), widths_(widths) {}

  Canvas& canvas() const { return canvas_; }
  double scaled(double points) const { return scale_ * points; }

  LetterStyle title() const { return {scaled(21.0), Ink::kInk, Align::kLeft, true}; }
  LetterStyle lead() const { return {scaled(10.4), Ink::kMuted}; }
  LetterStyle heading() const { return {scaled(11.2), Ink::kInk, Align::kLeft, true}; }
  LetterStyle item() const { return {scaled(9.4), Ink::kInk, Align::kLeft, true}; }
  LetterStyle body() const { return {scaled(8.5), Ink::kInk}; }
  LetterStyle quiet() const { return {scaled(8.5), Ink::kMuted}; }
  LetterStyle strong() const { return {scaled(8.5), Ink::kInk, Align::kLeft, true}; }
  LetterStyle label() const { return {scaled(7.2), Ink::kMuted}; }

  static double leading(const LetterStyle& style) { return 1.36 * style.size_pt; }
  // Where the letters of a line stand whose top is at `top`.
  static double baseline(double top, const LetterStyle& style) {
    return top + leading(style) / 2.0 + 0.265 * style.size_pt;
  }

  double width(std::string_view text, const LetterStyle& style);
  std::vector<std::string> lines(std::string_view text, const LetterStyle& style, double width);
  double height(std::string_view text, const LetterStyle& style, double width);
  // Sets a paragraph as an element of that kind and returns its height.
  double put(std::string_view text, const LetterStyle& style, Point top_left, double width,
             const char* kind = "P");
  // The same, at most `most` lines, the last one with an ellipsis where there was more.
  double put_clipped(std::string_view text, const LetterStyle& style, Point top_left, double width,
                     std::size_t most);

  void box(Point top_left, double side);              // to tick
  void write_line(double from, double to, double y);  // to write on
  void shared_mark(Point centre);                     // a diamond: part of both paths
  void rule(double from, double to, double y, Ink ink = Ink::kHairline, double width_pt = 0.75);

 private:
  double put_lines(const std::vector<std::string>& lines, const LetterStyle& style, Point top_left,
                   const char* kind);

  Canvas& canvas_;
  double scale_;
  WordWidths& widths_;
};

// A part of a page that is set as a whole.
struct SheetBlock {
  double height = 0.0;
  double gap = 0.0;      // above it, at least
  double stretch = 0.0;  // its share of the room that is left over, up to that many points
  std::function<void(double top)> draw;
};
using SheetBlocks = std::vector<SheetBlock>;

double total_height(const SheetBlocks& blocks);
// Draws them from `top` on; what is left over above `bottom` goes between them, to each no more than it
// takes.
void set_blocks(const SheetBlocks& blocks, double top, double bottom);

// Where blocks go.
struct SheetArea {
  double left = 0.0;
  double width = 0.0;
  double right() const { return left + width; }
};

}  // namespace lacquer
