#include "app/item_changes.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

Finding finding(int number, Verdict verdict, std::optional<double> distance = std::nullopt) {
  Finding f;
  f.item = number;
  f.id = "item-" + std::to_string(number);
  f.stage = number <= 4 ? CheckStage::kBefore : number <= 8 ? CheckStage::kListen : CheckStage::kExport;
  f.verdict = verdict;
  if (distance) f.evidence.push_back({"metric", 0.0, "dB", 0.0, distance});
  return f;
}

Diagnosis all(Verdict verdict, std::optional<double> distance = std::nullopt) {
  Diagnosis d;
  for (int i = 1; i <= 12; ++i) d.findings.push_back(finding(i, verdict, distance));
  return d;
}

std::string change(Verdict before, Verdict after) {
  return item_changes(all(before), all(after), Plan{}).front().change;
}

TEST(ItemChanges, FollowTheVerdicts) {
  EXPECT_EQ(change(Verdict::kFix, Verdict::kPass), "fixed");
  EXPECT_EQ(change(Verdict::kLook, Verdict::kPass), "fixed");
  EXPECT_EQ(change(Verdict::kFix, Verdict::kLook), "better");
  EXPECT_EQ(change(Verdict::kPass, Verdict::kLook), "worse");
  EXPECT_EQ(change(Verdict::kPass, Verdict::kPass), "unchanged");
  EXPECT_EQ(change(Verdict::kNotApplicable, Verdict::kFix), "unchanged");
  EXPECT_EQ(change(Verdict::kListen, Verdict::kPass), "unchanged");
}

// An item with one measurement whose limit is 10 and which is good above it, as PSR is.
Diagnosis with_value(Verdict verdict, double value, double limit = 10.0) {
  Diagnosis d = all(verdict);
  for (Finding& f : d.findings) f.evidence = {{"psr_p5", value, "dB", limit, value - limit}};
  return d;
}
std::string change(const Diagnosis& before, const Diagnosis& after) {
  return item_changes(before, after, Plan{}).front().change;
}

TEST(ItemChanges, FollowTheMeasurementWhereTheVerdictStays) {
  const auto moved = [](double from, double to) {
    return change(with_value(Verdict::kLook, from), with_value(Verdict::kLook, to));
  };
  EXPECT_EQ(moved(8.0, 9.0), "better");
  EXPECT_EQ(moved(9.0, 8.0), "worse");
  EXPECT_EQ(moved(8.0, 8.05), "unchanged") << "less than 0.1 units";
  EXPECT_EQ(moved(-20.0, -18.0), "unchanged") << "less than a tenth";
}

TEST(ItemChanges, AMilderLimitForMastersFixesNothing) {
  const Diagnosis mix = with_value(Verdict::kLook, 9.6, 10.0);
  EXPECT_EQ(change(mix, with_value(Verdict::kPass, 8.0, 7.0)), "unchanged");
  EXPECT_EQ(change(mix, with_value(Verdict::kPass, 10.5, 7.0)), "fixed");
}

TEST(ItemChanges, AStricterLimitForMastersMakesNothingWorse) {
  const Diagnosis mix = with_value(Verdict::kPass, 9.6, 9.0);
  EXPECT_EQ(change(mix, with_value(Verdict::kLook, 9.6, 10.0)), "unchanged");
  EXPECT_EQ(change(mix, with_value(Verdict::kLook, 8.0, 10.0)), "worse");
}

TEST(ItemChanges, NameTheStageThatWasApplied) {
  Plan plan;
  for (std::size_t i = 0; i < kStages.size(); ++i) plan.stages[i].stage = kStages[i];
  plan.at(Stage::kGainStaging).state = StageState::kOn;
  plan.at(Stage::kGainStaging).findings = {"item-2"};
  plan.at(Stage::kCorrectiveEq).findings = {"item-5"};  // off
  plan.at(Stage::kLimiting).state = StageState::kOn;
  const auto changes = item_changes(all(Verdict::kFix), all(Verdict::kPass), plan);
  ASSERT_EQ(changes.size(), 12U);
  EXPECT_EQ(changes[1].stage, Stage::kGainStaging);
  EXPECT_FALSE(changes[4].stage);
  EXPECT_EQ(changes[9].stage, Stage::kLimiting);
}

}  // namespace
}  // namespace lacquer
