#include "app/names.h"

#include "core/error.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

constexpr int kMostNumbers = 9999;

bool is_taken(const std::filesystem::path& path) {
  std::error_code failed;
  const auto status = std::filesystem::symlink_status(path, failed);
  return std::filesystem::exists(status);
}

bool is_plain(std::string_view bytes) {
  constexpr std::string_view kPlain = "._-+=:,/@%";
  for (const char c : bytes) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && kPlain.find(c) == std::string_view::npos) return false;
  }
  return !bytes.empty();
}

// Bytes that a terminal may act on; a newline is harmless within quotes.
bool is_control(unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7F; }

std::string octal(unsigned char byte) {
  std::string text = "\\";
  text += static_cast<char>('0' + (byte >> 6U));
  text += static_cast<char>('0' + ((byte >> 3U) & 7U));
  text += static_cast<char>('0' + (byte & 7U));
  return text;
}

}  // namespace

std::filesystem::path beside(const std::filesystem::path& file, std::string_view ending) {
  std::filesystem::path name = file.stem();
  name += ending;
  return file.parent_path() / name;
}

std::filesystem::path free_name(const std::filesystem::path& wanted) {
  if (!is_taken(wanted)) return wanted;
  for (int number = 2; number <= kMostNumbers; ++number) {
    std::filesystem::path name = wanted.stem();
    name += "-" + std::to_string(number);
    name += wanted.extension();
    std::filesystem::path candidate = wanted.parent_path() / name;
    if (!is_taken(candidate)) return candidate;
  }
  throw Error("every numbered name for the output is taken; choose another with -o");
}

std::string shell_word(std::string_view bytes) {
  if (is_plain(bytes)) return std::string(bytes);
  const bool is_safe_text = terminal_text(bytes) == bytes;
  const auto needs_octal = [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return is_control(byte) || (byte >= 0x80 && !is_safe_text);
  };
  std::string word;
  for (std::size_t at = 0; at < bytes.size();) {
    const bool as_octal = needs_octal(bytes[at]);
    word += as_octal ? "\"$(printf '" : "'";
    for (; at < bytes.size() && needs_octal(bytes[at]) == as_octal; ++at) {
      if (as_octal)
        word += octal(static_cast<unsigned char>(bytes[at]));
      else if (bytes[at] == '\'')
        word += "'\\''";
      else
        word += bytes[at];
    }
    word += as_octal ? "')\"" : "'";
  }
  return word.empty() ? "''" : word;
}

}  // namespace lacquer
