#include "report/text_page.h"

#include <numeric>

#include "report/utf8.h"

namespace lacquer {
namespace {

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

std::string_view escape_code(Tone tone) {
  switch (tone) {
    case Tone::kPlain:
      return {};
    case Tone::kStrong:
      return "\x1b[1m";
    case Tone::kQuiet:
      return "\x1b[2m";
    case Tone::kGood:
      return "\x1b[32m";
    case Tone::kNotice:
      return "\x1b[33m";
    case Tone::kAlarm:
      return "\x1b[1;31m";
  }
  return {};
}

// Takes from the widest column, and of two as wide from the later one, until all stand side by side.
void fit(std::vector<int>& widths, int room) {
  room -= 2 * static_cast<int>(widths.size());
  while (std::accumulate(widths.begin(), widths.end(), -2) > room) {
    const auto widest = std::max_element(widths.rbegin(), widths.rend());
    if (widest == widths.rend() || *widest <= 4) return;
    --*widest;
  }
}

}  // namespace

TextPage::TextPage(const TextStyle& style) : style_(style) { style_.width = std::max(style_.width, 40); }

std::string TextPage::clean(std::string_view text) const {
  const std::string safe = terminal_text(text);
  return style_.unicode ? safe : to_ascii(safe);
}

std::string TextPage::painted(std::string_view text, Tone tone) const {
  const std::string_view code = style_.colour && !text.empty() ? escape_code(tone) : std::string_view();
  if (code.empty()) return std::string(text);
  return std::string(code).append(text).append("\x1b[0m");
}

void TextPage::put(int indent, std::string_view text, Tone tone) {
  text_ += spaces(indent) + painted(text, tone) + "\n";
}

void TextPage::paragraph(int indent, std::string_view first, std::string_view text, Tone tone,
                         Tone first_tone) {
  const std::string lead = clean(first);
  const int inner = indent + display_width(lead);
  const std::vector<std::string> lines = wrap(clean(text), style_.width - inner);
  text_ += spaces(indent) + painted(lead, first_tone);
  if (lines.empty()) text_ += '\n';
  for (std::size_t i = 0; i < lines.size(); ++i) put(i == 0 ? 0 : inner, lines[i], tone);
}

void TextPage::line(std::string_view text, Tone tone) {
  std::string kept = clean(text);
  kept.erase(kept.find_last_not_of(' ') + 1);
  put(0, kept, tone);
}

void TextPage::heading(std::string_view text) {
  blank();
  paragraph(0, "", text, Tone::kStrong);
}

void TextPage::blank() { text_ += '\n'; }

void TextPage::table(int indent, const std::vector<std::vector<Cell>>& rows, Tone tone) {
  std::vector<int> widths;
  std::vector<std::vector<std::string>> texts;
  for (const auto& row : rows) {
    auto& cells = texts.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(clean(row[i].text));
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], display_width(cells[i]));
    }
  }
  fit(widths, style_.width - indent);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < texts[r].size(); ++i) {
      cells.push_back(wrap(texts[r][i], widths[i]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t l = 0; l < height; ++l) {
      std::string line;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string cell = l < cells[i].size() ? cells[i][l] : std::string();
        const std::string gap = spaces(widths[i] - display_width(cell));
        line += rows[r][i].right ? gap + cell : cell + gap;
        if (i + 1 < cells.size()) line += "  ";
      }
      line.erase(line.find_last_not_of(' ') + 1);
      put(indent, line, tone);
    }
  }
}

std::string_view mark(Verdict verdict, bool unicode) {
  switch (verdict) {
    case Verdict::kPass:
      return unicode ? "\u2713" : "+";
    case Verdict::kLook:
      return unicode ? "\u2022" : "*";
    case Verdict::kFix:
      return "!";
    case Verdict::kListen:
      return unicode ? "\u266a" : "~";
    case Verdict::kNotApplicable:
      return unicode ? "\u2013" : "-";
  }
  return {};
}

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return Tone::kGood;
    case Verdict::kLook:
      return Tone::kNotice;
    case Verdict::kFix:
      return Tone::kAlarm;
    case Verdict::kListen:
      return Tone::kNotice;
    case Verdict::kNotApplicable:
      return Tone::kQuiet;
  }
  return Tone::kPlain;
}

}  // namespace lacquer
