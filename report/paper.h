#pragma once

namespace lacquer {

enum class Paper { kA4, kLetter };

struct PageSize {
  double width_pt = 0.0;
  double height_pt = 0.0;
};
// ISO 216 A4 is 210 x 297 mm; US Letter is 8.5 x 11 inches.
constexpr PageSize page_size(Paper paper) {
  return paper == Paper::kA4 ? PageSize{210.0 * 72.0 / 25.4, 297.0 * 72.0 / 25.4} : PageSize{612.0, 792.0};
}

// What text keeps clear of the paper's edges, in points.
inline constexpr double kPageMargin_pt = 42.0;

}  // namespace lacquer
