#include "api/targets.h"

#include <gtest/gtest.h>

#include "library/target_content.h"

namespace lacquer {
namespace {

TargetFile learned(bool own_tolerance) {
  TargetFile target;
  target.learned.own_tolerance = own_tolerance;
  target.learned.base = "acoustic";
  target.learned.curve.name = "my-records";
  target.learned.curve.label = "Learned from 2 records";
  for (int band = 0; band < kTargetBands; ++band) {
    const auto b = static_cast<std::size_t>(band);
    target.learned.curve.level_db[b] = 15.0 - band;
    target.learned.curve.tolerance_db[b] = 3.04;
  }
  target.source = "Levels of 2 records";
  target.records = {{"a.wav", true, ""},
                    {"b \"c\"\nschema = 2.wav", true, "it is mono, so it counts 50 %"},
                    {"short.wav", false, "it is too short"}};
  return target;
}

TEST(Targets, TheBuiltInOnesHaveNames) {
  EXPECT_EQ(target_names(), (std::vector<std::string>{"modern", "bass-heavy", "acoustic"}));
}

TEST(Targets, AFileReadsBackAsTheCurveItWasMadeOf) {
  const TargetFile target = learned(true);
  const TargetCurve read = parse_target(target_to_toml(target), "my.toml");
  EXPECT_EQ(read.name, "my-records");
  EXPECT_EQ(read.label, target.learned.curve.label);
  for (std::size_t b = 0; b < read.level_db.size(); ++b) {
    EXPECT_NEAR(read.level_db[b], target.learned.curve.level_db[b], 0.05);  // a tenth of a decibel is kept
    EXPECT_NEAR(read.tolerance_db[b], target.learned.curve.tolerance_db[b], 0.05);
  }
}

TEST(Targets, AFileTellsAPersonWhatItHolds) {
  const std::string text = target_to_toml(learned(true));
  EXPECT_NE(text.find("# 31.5 Hz\n"), std::string::npos);
  EXPECT_NE(text.find("# 12.5 kHz\n"), std::string::npos);
  EXPECT_NE(text.find("songs = 2\n"), std::string::npos);
  EXPECT_EQ(text.find("short.wav"), std::string::npos);
  EXPECT_NE(text.find("it is mono"), std::string::npos);
  EXPECT_NE(text.find("spread"), std::string::npos);
  EXPECT_NE(target_to_toml(learned(false)).find("built-in target \"acoustic\""), std::string::npos);
}

TEST(Targets, JsonHoldsTheCurveAndWhatBecameOfEachRecord) {
  const Json document = learned_json(learned(true), "my.toml");
  EXPECT_EQ(document["schema"], 1);
  const Json& item = document["items"][0];
  EXPECT_EQ(item["id"], "my-records");
  EXPECT_EQ(item["kind"], "target");
  EXPECT_EQ(item["songs"], 2);
  EXPECT_EQ(item["level_db"].size(), 31U);
  EXPECT_EQ(item["tolerance_db"][0], 3.0);
  EXPECT_EQ(item["records"][2]["used"], false);
  EXPECT_EQ(item["records"][0]["reason"], nullptr);
}

}  // namespace
}  // namespace lacquer
