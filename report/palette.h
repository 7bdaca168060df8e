#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace lacquer {

// The few colours everything printed or drawn uses. Each role has one colour in each theme; a chart names
// roles only, so that the same drawing can be restyled.
enum class Ink {
  kInk,         // text and the main line
  kMuted,       // secondary text and lines
  kHairline,    // grid and rules
  kShape,       // quiet filled shapes
  kShapeDeep,   // the heart of a quiet shape
  kAccent,      // the one accent
  kAccentSoft,  // areas that belong to the accent
  kWarning,     // what has to be done, always with a word or a shape beside it
  kPaper,
  kPanel,        // raised paper
  kWarningSoft,  // areas that belong to a warning
};
inline constexpr std::size_t kInkCount = 11;

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Rgb&) const = default;
};

struct Theme {
  std::array<Rgb, kInkCount> colours;
  Rgb operator[](Ink ink) const { return colours[static_cast<std::size_t>(ink)]; }
};

const Theme& light_theme();
const Theme& dark_theme();

std::string css_name(Ink ink);  // "--ink"
std::string css_hex(Rgb colour);

// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
double contrast_ratio(Rgb a, Rgb b);

}  // namespace lacquer
