#include <gtest/gtest.h>

#include "core/error.h"
#include "library/content.h"

namespace lacquer {
namespace {

TEST(RulesContent, SectionsAndLearningAreLoaded) {
  const Rules rules = load_rules();
  EXPECT_EQ(rules.sections.least_s, 8.0);
  EXPECT_EQ(rules.sections.drop_bass_db, 9.0);
  EXPECT_EQ(rules.learning.least_s, 10.0);
  EXPECT_EQ(rules.learning.least_tolerance, 0.6);
}

TEST(RulesContent, ARecordCannotBePartBeforeItIsLongEnough) {
  const auto entry = [](const char* key, const char* value, const char* unit) {
    return std::string(key) + " = { value = " + value + ", unit = \"" + unit +
           "\", grade = \"house\", source = \"x\" }\n";
  };
  const auto text = [&](const char* least_s) {
    return "schema = 1\n[records]\n" + entry("least_s", least_s, "s") + entry("whole_s", "30", "s") +
           entry("part_weight", "0.5", "factor") + entry("own_spread_records", "3", "records") +
           "[tolerance]\n" + entry("spread_factor", "1.5", "factor") +
           entry("least_tolerance", "0.6", "factor");
  };
  EXPECT_EQ(parse_learning_rules(text("10"), "x").whole_s, 30.0);
  EXPECT_THROW(parse_learning_rules(text("40"), "x"), Error);
  EXPECT_THROW(parse_section_rules(text("10"), "x"), Error);
}

}  // namespace
}  // namespace lacquer
