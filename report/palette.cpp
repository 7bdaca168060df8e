#include "report/palette.h"

namespace lacquer {
namespace {

constexpr Rgb rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
          static_cast<std::uint8_t>(hex)};
}

// WCAG 2.2, definition of relative luminance.
double luminance(Rgb colour) {
  const auto linear = [](std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

const Theme& light_theme() {
  static const Theme theme{{rgb(0x1d1b19), rgb(0x625c54), rgb(0xdcd6cb), rgb(0xcfc8bb), rgb(0x908778),
                            rgb(0x0d5c63), rgb(0xd5e6e4), rgb(0xa4370f), rgb(0xfaf8f4), rgb(0xfffefb),
                            rgb(0xf6d9c8)}};
  return theme;
}

const Theme& dark_theme() {
  static const Theme theme{{rgb(0xece7de), rgb(0xaba49a), rgb(0x37332e), rgb(0x4a453e), rgb(0x767064),
                            rgb(0x7cc9c6), rgb(0x1d3b3c), rgb(0xf2976b), rgb(0x151413), rgb(0x1c1a18),
                            rgb(0x4f2b1b)}};
  return theme;
}

std::string css_name(Ink ink) {
  static constexpr std::array kNames = {"--ink",        "--muted",  "--hairline",    "--shape",
                                        "--shape-deep", "--accent", "--accent-soft", "--warning",
                                        "--paper",      "--panel",  "--warning-soft"};
  static_assert(kNames.size() == kInkCount);
  return kNames[static_cast<std::size_t>(ink)];
}

std::string css_hex(Rgb colour) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "#";
  for (const std::uint8_t value : {colour.red, colour.green, colour.blue}) {
    text += kDigits[value >> 4];
    text += kDigits[value & 15];
  }
  return text;
}

double contrast_ratio(Rgb a, Rgb b) {
  const double first = luminance(a) + 0.05;
  const double second = luminance(b) + 0.05;
  return std::max(first, second) / std::min(first, second);
}

}  // namespace lacquer
