#include "decisions/codes.h"

namespace lacquer {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// Without what is there only to be read; at most 64 bytes of it, which no code reaches.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 64)) {
    if (c == ' ' || c == '-') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

// What may stand at a place of an ISRC, from 0.
std::string_view wanted_at(std::size_t place) {
  return place < 2 ? "a letter" : place < 5 ? "a letter or digit" : "a digit";
}

bool fits(char c, std::size_t place) {
  if (place < 2) return is_letter(c);
  return is_digit(c) || (place < 5 && is_letter(c));
}

std::string easily_confused(char c) {
  if (c == 'O') return " (the letter O is not the digit 0)";
  if (c == 'I') return " (the letter I is not the digit 1)";
  return "";
}

}  // namespace

CheckedCode check_isrc(std::string_view text) {
  CheckedCode checked{plain(text), ""};
  if (checked.code.starts_with("ISRC")) checked.code.erase(0, 4);
  const std::string& code = checked.code;
  if (code.size() != 12) {
    checked.problem = "an ISRC has 12 characters, this one " + std::to_string(code.size());
    return checked;
  }
  for (std::size_t i = 0; i < code.size() && checked.problem.empty(); ++i)
    if (!fits(code[i], i))
      checked.problem = "character " + std::to_string(i + 1) + " must be " + std::string(wanted_at(i)) +
                        easily_confused(code[i]);
  return checked;
}

CheckedCode check_barcode(std::string_view text) {
  CheckedCode checked{plain(text), ""};
  const std::string& code = checked.code;
  for (const char c : code)
    if (!is_digit(c)) {
      checked.problem = "a UPC or EAN holds digits only";
      return checked;
    }
  if (code.size() != 12 && code.size() != 13) {
    checked.problem = "a UPC has 12 digits and an EAN 13, this one " + std::to_string(code.size());
    return checked;
  }
  int sum = 0;  // weights 3, 1, 3, 1 … from the digit before the last one
  for (std::size_t i = 0; i + 1 < code.size(); ++i)
    sum += (code[i] - '0') * ((code.size() - i) % 2 == 0 ? 3 : 1);
  const int expected = (10 - sum % 10) % 10;
  if (code.back() - '0' != expected)
    checked.problem = "its last digit is " + std::string(1, code.back()) + ", and the others ask for " +
                      std::to_string(expected);
  return checked;
}

}  // namespace lacquer
