#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace lacquer {

// The length in bytes of the well-formed character that starts at `at`; 0 where none does. Unicode 15, table
// 3-7: the second byte's range depends on the first, which keeps out surrogates, overlong forms and
// everything past U+10FFFF.
inline std::size_t utf8_length(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) < low || byte(i) > high) return 0;
    low = 0x80;
    high = 0xBF;
  }
  return length;
}

// How many characters a text has; empty where it is not well-formed UTF-8.
inline std::optional<std::size_t> utf8_characters(std::string_view bytes) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < bytes.size(); ++count) {
    const std::size_t length = utf8_length(bytes, at);
    if (length == 0) return std::nullopt;
    at += length;
  }
  return count;
}

}  // namespace lacquer
