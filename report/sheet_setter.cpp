#include "report/sheet_setter.h"

#include "report/utf8.h"

namespace lacquer {
namespace {

// A unit stays on the line of its number.
bool is_unit(std::string_view word) {
  static constexpr std::array<std::string_view, 14> kUnits = {
      "dB", "dBTP", "LUFS", "LU", "Hz", "kHz", "ms", "s", "%", "bits", "days", "hours", "weeks", "minutes"};
  while (!word.empty() && std::string_view(".,;:)?").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

bool ends_in_digit(const std::string& word) {
  return !word.empty() && word.back() >= '0' && word.back() <= '9';
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string clean = page_text(text);
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t end = std::min(clean.find(' ', at), clean.size());
    const std::string word = clean.substr(at, end - at);
    if (!words.empty() && ends_in_digit(words.back()) && is_unit(word))
      words.back() += " " + word;
    else if (!word.empty())
      words.push_back(word);
    at = end + 1;
  }
  return words;
}

}  // namespace

double SheetSetter::width(std::string_view text, const LetterStyle& style) {
  const auto [found, is_new] = widths_.try_emplace({std::string(text), style.bold}, 0.0);
  if (is_new) found->second = canvas_.text_width(text, {100.0, style.ink, Align::kLeft, style.bold});
  return found->second * style.size_pt / 100.0;
}

std::vector<std::string> SheetSetter::lines(std::string_view text, const LetterStyle& style, double width) {
  std::vector<std::string> result;
  double used = 0.0;
  const double space = this->width("a a", style) - 2.0 * this->width("a", style);
  for (const std::string& word : words_of(text)) {
    const double needed = this->width(word, style);
    if (!result.empty() && used + space + needed <= width) {
      result.back() += " " + word;
      used += space + needed;
      continue;
    }
    result.push_back(needed <= width ? word : canvas_.fitted(word, width, style));
    used = std::min(needed, width);
  }
  return result;
}

double SheetSetter::height(std::string_view text, const LetterStyle& style, double width) {
  return static_cast<double>(lines(text, style, width).size()) * leading(style);
}

double SheetSetter::put_lines(const std::vector<std::string>& lines, const LetterStyle& style, Point top_left,
                              const char* kind) {
  if (lines.empty()) return 0.0;
  double top = top_left.y;
  canvas_.element(kind, [&] {
    for (const std::string& line : lines) {
      canvas_.text({top_left.x, baseline(top, style)}, line, style);
      top += leading(style);
    }
  });
  return top - top_left.y;
}

double SheetSetter::put(std::string_view text, const LetterStyle& style, Point top_left, double width,
                        const char* kind) {
  return put_lines(lines(text, style, width), style, top_left, kind);
}

double SheetSetter::put_clipped(std::string_view text, const LetterStyle& style, Point top_left, double width,
                                std::size_t most) {
  std::vector<std::string> all = lines(text, style, width);
  if (all.size() > most) {
    all[most - 1] = canvas_.fitted(all[most - 1] + " " + all[most], width, style);
    all.resize(most);
  }
  return put_lines(all, style, top_left, "P");
}

void SheetSetter::box(Point top_left, double side) {
  const auto [x, y] = top_left;
  canvas_.polyline({{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}, {x + side, y}},
                   {Ink::kInk, 0.9});
}

void SheetSetter::write_line(double from, double to, double y) {
  canvas_.line({from, y}, {to, y}, {Ink::kShapeDeep, 0.6});
}

void SheetSetter::shared_mark(Point centre) {
  const double r = scaled(3.2);
  canvas_.fill({{centre.x, centre.y - r},
                {centre.x + r, centre.y},
                {centre.x, centre.y + r},
                {centre.x - r, centre.y}},
               Ink::kAccent);
}

void SheetSetter::rule(double from, double to, double y, Ink ink, double width_pt) {
  canvas_.line({from, y}, {to, y}, {ink, width_pt});
}

double total_height(const SheetBlocks& blocks) {
  double height = 0.0;
  for (const SheetBlock& block : blocks) height += block.gap + block.height;
  return height;
}

void set_blocks(const SheetBlocks& blocks, double top, double bottom) {
  const double room = bottom - top - total_height(blocks);
  double stretch = 0.0;
  for (const SheetBlock& block : blocks) stretch += block.stretch;
  const double share = stretch > 0.0 ? std::clamp(room / stretch, 0.0, 1.0) : 0.0;
  double y = top;
  for (const SheetBlock& block : blocks) {
    y += block.gap + share * block.stretch;
    block.draw(y);
    y += block.height;
  }
}

}  // namespace lacquer
