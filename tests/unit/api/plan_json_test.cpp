#include "api/plan_json.h"

#include <gtest/gtest.h>

#include "api/json.h"
#include "api/plan_toml.h"
#include "core/error.h"

namespace lacquer {
namespace {

Plan a_plan() {
  Plan plan;
  plan.source_path = "/music/A \"song\".wav";
  plan.source_sha256 = std::string(64, 'a');
  plan.loudness_lufs = -11.8;
  plan.why = "Because.";
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    plan.stages[i].stage = kStages[i];
    plan.stages[i].reason = "A reason.";
  }
  plan.at(Stage::kGainStaging).state = StageState::kOn;
  plan.at(Stage::kGainStaging).parameters = {{"trim_db", -2.1}};
  plan.at(Stage::kLimiting).state = StageState::kOn;
  return plan;
}

std::string error_of(const std::string& text) {
  try {
    plan_from_json(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(PlanJson, what_is_written_is_read_back_to_the_last_bit) {
  const Plan plan = a_plan();
  EXPECT_EQ(plan_to_toml(plan_from_json(dump(plan_json(plan)))), plan_to_toml(plan));
}

TEST(PlanJson, the_curve_that_stands_beside_a_plan_is_no_part_of_it) {
  Json document = plan_json(a_plan());
  document["loudness_curve"] = Json::array({{{"lufs", -14.0}}});
  EXPECT_EQ(plan_to_toml(plan_from_json(dump(document))), plan_to_toml(a_plan()));
}

TEST(PlanJson, it_is_held_to_the_rules_of_a_plan_file) {
  Json document = plan_json(a_plan());
  document["stages"][0]["parameters"]["trim_db"] = 400;
  EXPECT_NE(error_of(dump(document)).find("stages[0].parameters.trim_db is 400"), std::string::npos)
      << error_of(dump(document));
  document = plan_json(a_plan());
  document["polish"] = true;
  EXPECT_NE(error_of(dump(document)).find("polish"), std::string::npos);
}

TEST(PlanJson, what_is_no_plan_is_refused) {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{"), std::string("{}"), std::string(5000, '['),
        std::string("{\"stages\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"
                    "{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}")})
    EXPECT_NE(error_of(text), "") << text.substr(0, 20);
}

}  // namespace
}  // namespace lacquer
