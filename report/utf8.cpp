#include "report/utf8.h"

#include <glib.h>

#include <cstdio>

namespace lacquer {
namespace {

constexpr gunichar kReplacement = 0xFFFD;

bool is_unsafe(gunichar c) {
  return g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void append(std::string& out, gunichar c) {
  char bytes[6];
  out.append(bytes, static_cast<std::size_t>(g_unichar_to_utf8(c, bytes)));
}

// Calls `good(character)` or `bad(byte)` for every piece of `bytes`.
template <typename Good, typename Bad>
void each_character(std::string_view bytes, Good good, Bad bad) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const char* place = bytes.data() + at;
    const gunichar c = g_utf8_get_char_validated(place, static_cast<gssize>(bytes.size() - at));
    const bool truncated_or_bad = c == static_cast<gunichar>(-1) || c == static_cast<gunichar>(-2);
    if (truncated_or_bad) {
      bad(static_cast<unsigned char>(*place));
      ++at;
    } else {
      good(c);
      at += static_cast<std::size_t>(g_unichar_to_utf8(c, nullptr));
    }
  }
}

std::string escape(gunichar c) {
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  char text[16];
  std::snprintf(text, sizeof text, c < 0x100 ? "\\x%02x" : "\\u{%x}", static_cast<unsigned>(c));
  return text;
}

std::string_view ascii_spelling(gunichar c) {
  switch (c) {
    case 0x2212:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
      return "-";
    case 0x2014:
      return "--";
    case 0x2018:
    case 0x2019:
      return "'";
    case 0x201C:
    case 0x201D:
      return "\"";
    case 0x2026:
      return "...";
    case 0x2192:
      return "->";
    case 0x2264:
      return "<=";
    case 0x2265:
      return ">=";
    case 0x00B1:
      return "+/-";
    case 0x00B7:
      return "*";
    case 0x00D7:
      return "x";
    case 0x00B0:
      return " deg";
    case 0x00A0:
    case 0x2009:
    case 0x202F:
      return " ";
    default:
      return "?";
  }
}

int width_of(gunichar c) {
  if (g_unichar_iszerowidth(c)) return 0;
  return g_unichar_iswide(c) ? 2 : 1;
}

// Puts `word` on the lines, which are never empty; cuts it where it is longer than a line.
void place_word(std::vector<std::string>& lines, int& used, std::string_view word, int width) {
  const int needed = display_width(word);
  if (used > 0 && used + 1 + needed <= width) {
    lines.back() += ' ';
    lines.back() += word;
    used += 1 + needed;
    return;
  }
  if (used > 0) lines.emplace_back();
  used = 0;
  each_character(
      word,
      [&](gunichar c) {
        const int columns = width_of(c);
        if (used > 0 && used + columns > width) {
          lines.emplace_back();
          used = 0;
        }
        append(lines.back(), c);
        used += columns;
      },
      [](unsigned char) {});
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
  std::string out;
  each_character(
      bytes, [&](gunichar c) { append(out, c); }, [&](unsigned char) { append(out, kReplacement); });
  return out;
}

std::string page_text(std::string_view bytes) {
  std::string out;
  each_character(
      bytes, [&](gunichar c) { append(out, is_unsafe(c) ? kReplacement : c); },
      [&](unsigned char) { append(out, kReplacement); });
  return out;
}

std::string terminal_text(std::string_view bytes) {
  std::string out;
  each_character(
      bytes,
      [&](gunichar c) {
        if (is_unsafe(c)) {
          out += escape(c);
        } else {
          append(out, c);
        }
      },
      [&](unsigned char byte) { out += escape(byte); });
  return out;
}

std::string to_ascii(std::string_view utf8) {
  std::string out;
  each_character(
      utf8,
      [&](gunichar c) {
        if (c < 0x80) {
          out += static_cast<char>(c);
        } else if (!g_unichar_iszerowidth(c)) {
          out += ascii_spelling(c);
        }
      },
      [&](unsigned char) { out += '?'; });
  return out;
}

int display_width(std::string_view utf8) {
  int width = 0;
  each_character(
      utf8, [&](gunichar c) { width += width_of(c); }, [&](unsigned char) { ++width; });
  return width;
}

std::vector<std::string> wrap(std::string_view utf8, int width) {
  width = std::max(width, 1);
  const std::string text = valid_utf8(utf8);
  std::vector<std::string> lines;
  int used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t start = text.find_first_not_of(" \n\t\r", at);
    if (start == std::string::npos) break;
    at = std::min(text.find_first_of(" \n\t\r", start), text.size());
    if (lines.empty()) lines.emplace_back();
    place_word(lines, used, std::string_view(text).substr(start, at - start), width);
  }
  return lines;
}

}  // namespace lacquer
