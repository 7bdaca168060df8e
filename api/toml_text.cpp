#include "api/toml_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/text.h"

namespace lacquer {
namespace {

// The end of the string that opens at `at`: one past its closing quotes, or the line's end where it has none.
std::size_t skip_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool multi_line = text.substr(at, 3) == three;
  at += multi_line ? 3 : 1;
  while (at < text.size()) {
    if (quote == '"' && text[at] == '\\') {
      at += 2;
    } else if (multi_line && text.substr(at, 3) == three) {
      return at + 3;
    } else if (!multi_line && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    } else {
      ++at;
    }
  }
  return text.size();
}

}  // namespace

std::string toml_string(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : well_formed_utf8(bytes)) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (byte < 0x20 || byte == 0x7F) {
          out += "\\u00";
          out += "0123456789ABCDEF"[byte >> 4U];
          out += "0123456789ABCDEF"[byte & 0xFU];
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

std::string toml_number(double value) {
  std::array<char, 32> digits{};
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  std::string text(digits.data(), result.ptr);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

int longest_toml_key(std::string_view text) {
  int longest = 0;
  int parts = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '.') longest = std::max(longest, ++parts);
    if (std::string_view("=\n,{}[]").find(c) != std::string_view::npos) parts = 1;
    ++at;
  }
  return std::max(longest, parts);
}

}  // namespace lacquer
