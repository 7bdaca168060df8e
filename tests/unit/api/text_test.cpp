#include "api/text.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

const std::string kBad = "\xEF\xBF\xBD";

TEST(Text, WellFormedUtf8StaysAsItIs) {
  const std::string text = "Größe, 音, \xF0\x9F\x8E\xB5 and \x01";
  EXPECT_EQ(well_formed_utf8(text), text);
}

TEST(Text, EachBadByteBecomesOneReplacementCharacter) {
  EXPECT_EQ(well_formed_utf8("a\xFF\xC3"), "a" + kBad + kBad);
  EXPECT_EQ(well_formed_utf8("\xC0\xAF"), kBad + kBad) << "overlong";
  EXPECT_EQ(well_formed_utf8("\xE0\x80\x80"), kBad + kBad + kBad) << "overlong";
  EXPECT_EQ(well_formed_utf8("\xED\xA0\x80"), kBad + kBad + kBad) << "surrogate";
  EXPECT_EQ(well_formed_utf8("\xF4\x90\x80\x80"), kBad + kBad + kBad + kBad) << "past U+10FFFF";
  EXPECT_EQ(well_formed_utf8("\xE2\x82"), kBad + kBad) << "cut short";
}

TEST(Text, EveryByteComesBackFromPercentEncoding) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
  EXPECT_EQ(percent_encoded("a b/\xFF%"), "a%20b/%FF%25");
}

TEST(Text, BrokenPercentEncodingHasNoBytes) {
  EXPECT_FALSE(percent_decoded("%"));
  EXPECT_FALSE(percent_decoded("%4"));
  EXPECT_FALSE(percent_decoded("%zz"));
}

}  // namespace
}  // namespace lacquer
