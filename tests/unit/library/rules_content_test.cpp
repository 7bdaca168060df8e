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

TEST(RulesContent, NoStageMayTakeMoreThanHalfOfTheErrorOrMoreThanIsSafe) {
  const ChainRules rules = load_rules().chain;
  EXPECT_LE(rules.corrective_eq.share, 0.5);
  EXPECT_LE(rules.corrective_eq.most_cut_db, 3.0);
  EXPECT_LT(rules.corrective_eq.most_boost_db, rules.corrective_eq.most_cut_db);
  EXPECT_LE(rules.corrective_eq.bands, 4.0);
  EXPECT_LE(rules.multiband.most_reduction_db, 3.0);
  EXPECT_GE(rules.multiband.ratio, 1.5);
  EXPECT_LE(rules.multiband.ratio, 3.0);
  EXPECT_LE(rules.width.most_side_cut_db, 2.0);
  EXPECT_LE(rules.offers.most, 2.0);
  EXPECT_LE(rules.offers.shelf_most_db, 1.5);
}

TEST(RulesContent, AShareBeyondOneHalfIsRefusedWithItsPlace) {
  const auto text = [](const char* share) {
    return "schema = 1\n[corrective-eq]\nshare = { value = " + std::string(share) +
           ", unit = \"share\", grade = \"house\", source = \"x\" }\n";
  };
  try {
    parse_chain_rules(text("0.9"), "chain.toml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("chain.toml:3: corrective-eq.share"), std::string::npos)
        << error.what();
  }
  EXPECT_THROW(parse_chain_rules("schema = 1\n", "chain.toml"), Error);
}

}  // namespace
}  // namespace lacquer
