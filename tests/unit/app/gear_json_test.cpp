#include <gtest/gtest.h>

#include "app/gear.h"
#include "core/error.h"

namespace lacquer {
namespace {

GearAnswers full() {
  GearAnswers a;
  a.device = "a \"quoted\" \\ thing\n[price]\nprice = 1 \u266b";
  a.song = "Low Tide";
  a.tried = {*day_from("2026-11-20"), *day_from("2026-11-21")};
  a.missing = "step";
  a.price = 300.5;
  a.hours = 6.0;
  a.uses_per_month = 8.0;
  a.stays_if = "the chorus lifts";
  a.from = day_from("2026-12-01");
  a.argument_is_a_name = false;
  a.finished_with_last_three = 4;
  a.needed = true;
  a.answer = "not-now";
  return a;
}

TEST(GearJson, answers_come_back_as_they_went_out) {
  for (const GearAnswers& answers : {full(), GearAnswers{}}) {
    const Json out = answers_json(answers);
    EXPECT_EQ(answers_json(gear_answers_from(out)), out);
  }
}

TEST(GearJson, what_is_no_answer_is_refused_with_a_sentence) {
  for (const char* wrong :
       {R"([])", R"({"x": 1})", R"({"price": {"price": -1}})", R"({"price": {"price": "x"}})",
        R"({"device": {"a": 1}})", R"({"test": {"from": "2026-02-31"}})", R"({"device": {"a": {"b": 1}}})",
        R"({"problem": {"song": {"a": 1}}})", R"({"device\"]\nneeded=true\n[\"": "x"})"}) {
    try {
      gear_answers_from(Json::parse(wrong));
      ADD_FAILURE() << wrong;
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()).find("answers:"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace lacquer
