#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/finding.h"
#include "report/terminal.h"

namespace lacquer {

enum class Tone { kPlain, kStrong, kQuiet, kGood, kNotice, kAlarm };

// Lines of a terminal report. Everything that goes in is made safe, put in ASCII where asked, and wrapped.
class TextPage {
 public:
  explicit TextPage(const TextStyle& style);

  // `first` stands before the first line, its width in spaces before the rest, after `indent` spaces.
  void paragraph(int indent, std::string_view first, std::string_view text, Tone tone = Tone::kPlain,
                 Tone first_tone = Tone::kQuiet);
  // As it is, not wrapped: the caller keeps it within the width. Trailing spaces go.
  void line(std::string_view text, Tone tone = Tone::kPlain);
  void heading(std::string_view text);
  void blank();

  struct Cell {
    std::string text;
    bool right = false;  // numbers stand to the right
  };
  // Columns as wide as their widest cell, two spaces apart; the widest wrap where the line is too short for
  // all.
  void table(int indent, const std::vector<std::vector<Cell>>& rows, Tone tone = Tone::kPlain);

  std::string take() { return std::move(text_); }

 private:
  std::string clean(std::string_view text) const;
  void put(int indent, std::string_view text, Tone tone);
  std::string painted(std::string_view text, Tone tone) const;

  TextStyle style_;
  std::string text_;
};

std::string_view mark(Verdict verdict, bool unicode);  // "✓", "•", "!", "♪", "–" or "+", "*", "!", "~", "-"
Tone tone_of(Verdict verdict);

}  // namespace lacquer
