#include "report/palette.h"

#include <gtest/gtest.h>

#include <set>

namespace lacquer {
namespace {

TEST(Palette, ContrastIsThatOfTheStandardsExamples) {
  EXPECT_NEAR(contrast_ratio({0, 0, 0}, {255, 255, 255}), 21.0, 1e-9);
  EXPECT_NEAR(contrast_ratio({119, 119, 119}, {255, 255, 255}), 4.48, 0.005);  // #777 just misses AA
}

TEST(Palette, TextIsReadableInBothThemes) {
  for (const Theme* theme : {&light_theme(), &dark_theme()}) {
    for (const Ink paper : {Ink::kPaper, Ink::kPanel}) {
      for (const Ink text : {Ink::kInk, Ink::kMuted, Ink::kAccent, Ink::kWarning}) {
        EXPECT_GE(contrast_ratio((*theme)[text], (*theme)[paper]), 4.5)
            << css_name(text) << " on " << css_name(paper);
      }
    }
  }
}

// WCAG 2.2, 1.4.11: what a drawing needs to be understood has 3:1.
TEST(Palette, LinesThatCarryMeaningStandOutInBothThemes) {
  for (const Theme* theme : {&light_theme(), &dark_theme()}) {
    for (const Ink line : {Ink::kShapeDeep, Ink::kMuted, Ink::kAccent, Ink::kWarning}) {
      EXPECT_GE(contrast_ratio((*theme)[line], (*theme)[Ink::kPaper]), 3.0) << css_name(line);
    }
  }
}

TEST(Palette, EveryRoleHasItsOwnColourSoThatADrawingCanBeRestyled) {
  for (const Theme* theme : {&light_theme(), &dark_theme()}) {
    std::set<std::string> seen;
    for (const Rgb colour : theme->colours)
      EXPECT_TRUE(seen.insert(css_hex(colour)).second) << css_hex(colour);
  }
}

}  // namespace
}  // namespace lacquer
