#include "judge/prose.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace lacquer::prose {
namespace {

const std::string kMinus = "\u2212";

std::string without_trailing_zeros(std::string text) {
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::string decimal(double value, int decimals) {
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, std::abs(value));
  const std::string digits = buffer;
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return value < 0.0 && !zero ? kMinus + digits : digits;
}

std::string db(double value) { return decimal(value) + " dB"; }

std::string change_db(double value) {
  const std::string text = decimal(value);
  return (value > 0.0 && text != "0.0" ? "+" : "") + text + " dB";
}

std::string dbfs(double value) { return decimal(value) + " dBFS"; }
std::string dbtp(double value) { return decimal(value) + " dBTP"; }
std::string lufs(double value) { return decimal(value) + " LUFS"; }
std::string lu(double value) { return decimal(value) + " LU"; }
std::string seconds(double value) { return decimal(value) + " s"; }
std::string clock(double seconds) {
  const auto whole = static_cast<long long>(std::clamp(seconds, 0.0, 1e9));
  const auto two = [](long long value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  const long long hours = whole / 3600;
  const long long minutes = whole / 60 % 60;
  if (hours > 0) return std::to_string(hours) + ":" + two(minutes) + ":" + two(whole % 60);
  return std::to_string(minutes) + ":" + two(whole % 60);
}

std::string share(double value) { return decimal(100.0 * value, 0) + " %"; }

std::string frequency(double hz) {
  if (hz < 1000.0) return without_trailing_zeros(decimal(hz)) + " Hz";
  return without_trailing_zeros(decimal(hz / 1000.0, 2)) + " kHz";
}

std::string sample_rate(double hz) { return without_trailing_zeros(decimal(hz / 1000.0, 3)) + " kHz"; }

std::string amount(double value, const std::string& one, const std::string& many) {
  std::string digits = decimal(value, 0);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits + " " + (digits == "1" ? one : many);
}

}  // namespace lacquer::prose
