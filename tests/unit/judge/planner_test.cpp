#include "judge/planner.h"

#include <gtest/gtest.h>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

LoudnessRules plan_rules() {
  LoudnessRules rules;
  rules.working_level = {-3.0, -18.0, 2.0, -12.0, 6.0};
  rules.limiter = {10.0};
  return rules;
}

Plan plan_for(const Measurements& audio) { return make_plan(judge_mix(audio), audio, plan_rules()); }

double trim(double true_dbtp, std::optional<double> lufs) {
  Measurements audio = healthy_mix();
  audio.peak.true_dbtp = true_dbtp;
  audio.loudness.integrated_lufs = lufs;
  return plan_for(audio).at(Stage::kGainStaging).parameter("trim_db").value();
}

TEST(Planner, lists_all_seven_stages_in_chain_order_with_reasons) {
  const Plan plan = plan_for(healthy_mix());
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    EXPECT_EQ(plan.stages[i].stage, kStages[i]);
    EXPECT_FALSE(plan.stages[i].reason.empty());
  }
  EXPECT_FALSE(plan.why.empty());
  EXPECT_FALSE(plan.loudness_lufs);
}

TEST(Planner, runs_gain_staging_and_limiting_and_says_that_the_rest_is_not_available) {
  const Plan plan = plan_for(healthy_mix());
  for (const PlanStage& stage : plan.stages) {
    const bool on = stage.stage == Stage::kGainStaging || stage.stage == Stage::kLimiting;
    EXPECT_EQ(stage.state, on ? StageState::kOn : StageState::kOff) << title(stage.stage);
    EXPECT_EQ(stage.reason.find("not available in this version") == std::string::npos, on);
    EXPECT_EQ(stage.parameters.empty(), !on);
  }
  EXPECT_EQ(plan.at(Stage::kLimiting).parameter("release_ms"), 10.0);
}

TEST(Planner, leaves_a_track_alone_that_already_works_at_a_good_level) {
  EXPECT_EQ(trim(-3.0, -19.0), 0.0);
  EXPECT_EQ(trim(-5.0, -16.0), 0.0);  // within 2 LU of the working level
}

TEST(Planner, never_adds_gain_to_use_headroom_up) {
  EXPECT_EQ(trim(-20.0, -35.0), 0.0);
  EXPECT_EQ(trim(-20.0, std::nullopt), 0.0);
}

TEST(Planner, trims_hot_and_loud_tracks_to_the_working_level) {
  EXPECT_DOUBLE_EQ(trim(-1.0, -18.0), -2.0);
  EXPECT_DOUBLE_EQ(trim(-1.04, -18.0), -2.0);  // 1.96 dB, rounded so that the peak fits
  EXPECT_DOUBLE_EQ(trim(-3.0, -14.0), -4.0);
  EXPECT_DOUBLE_EQ(trim(2.0, -16.5), -5.0);
}

TEST(Planner, keeps_the_trim_within_its_range) { EXPECT_DOUBLE_EQ(trim(0.0, -2.0), -12.0); }

TEST(Planner, plans_for_silence_without_changing_level) {
  Measurements audio;
  audio.channels = 2;
  EXPECT_EQ(plan_for(audio).at(Stage::kGainStaging).parameter("trim_db"), 0.0);
}

TEST(Plan, every_stage_treatment_and_state_is_found_again_by_its_id) {
  for (const Stage stage : kStages) EXPECT_EQ(stage_from(to_string(stage)), stage);
  for (const auto treatment : {Treatment::kCorrective, Treatment::kEnhancing, Treatment::kNone})
    EXPECT_EQ(treatment_from(to_string(treatment)), treatment);
  for (const auto state : {StageState::kOn, StageState::kOffered, StageState::kOff})
    EXPECT_EQ(stage_state_from(to_string(state)), state);
  EXPECT_FALSE(stage_from("Limiting"));
  EXPECT_FALSE(treatment_from(""));
  EXPECT_FALSE(stage_state_from("maybe"));
  EXPECT_EQ(tag(Stage::kLimiting), "always-last");
}

}  // namespace
}  // namespace lacquer
