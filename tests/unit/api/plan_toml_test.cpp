#include "api/plan_toml.h"

#include <gtest/gtest.h>

#include <limits>

#include "api/json.h"
#include "api/toml_text.h"
#include "core/error.h"
#include "unit/api/a_plan.h"

namespace lacquer {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

std::string why_refused(const std::string& toml) {
  try {
    plan_from_toml(toml);
  } catch (const Error& error) {
    return error.what();
  }
  return "(accepted)";
}

// The plan with one passage changed; what the loader says to it.
std::string why_refused(const std::string& what, const std::string& by) {
  return why_refused(replaced(plan_to_toml(test::a_plan()), what, by));
}

int line_of(const std::string& toml, const std::string& what) {
  const std::string before = toml.substr(0, toml.find(what));
  return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

TEST(PlanToml, ComesBackTheSameToTheLastBit) {
  const Plan plan = test::a_plan();
  const Plan back = plan_from_toml(plan_to_toml(plan));
  EXPECT_EQ(dump(plan_json(back)), dump(plan_json(plan)));
  EXPECT_EQ(back.source_path, plan.source_path) << "bytes that are no UTF-8";
  EXPECT_EQ(back.at(Stage::kGainStaging).parameters, plan.at(Stage::kGainStaging).parameters);
  EXPECT_EQ(plan_to_toml(back), plan_to_toml(plan));
}

TEST(PlanToml, KeepsWhatItWasRenderedIntoAndItsAlbum) {
  Plan plan = test::a_plan();
  plan.rendered = RenderRecord{"Lacquer 0.1.0", "a\xFF.flac", "abc", "flac", 16, "shaped", 48000.0};
  plan.album = AlbumLevel{12, -10.25, 6.125};
  const std::string toml = plan_to_toml(plan);
  const Plan back = plan_from_toml(toml);
  EXPECT_EQ(back.rendered, plan.rendered);
  EXPECT_EQ(back.album, plan.album);
  EXPECT_EQ(plan_to_toml(back), toml);
  EXPECT_NE(
      why_refused(replaced(toml, "rendered.bits = 16", "rendered.bits = 20")).find("rendered.bits must be"),
      std::string::npos);
  EXPECT_NE(why_refused(replaced(toml, "album.songs = 12", "album.songs = 1000")).find("album.songs is 1000"),
            std::string::npos);
  EXPECT_NE(why_refused(replaced(toml, "rendered.program", "rendered.by")).find("rendered.by is not a key"),
            std::string::npos);
}

TEST(PlanToml, LeavesOutWhatIsNullInJson) {
  Plan plan = test::a_plan();
  plan.loudness_lufs.reset();
  const std::string toml = plan_to_toml(plan);
  EXPECT_EQ(toml.find("loudness_lufs"), std::string::npos);
  EXPECT_EQ(toml.find("target"), std::string::npos);
  EXPECT_FALSE(plan_from_toml(toml).loudness_lufs);
}

TEST(PlanToml, NamesLineKeyAndRangeOfWhatIsOutOfRange) {
  const std::string toml =
      replaced(plan_to_toml(test::a_plan()), "trim_db = -5.123456789012345", "trim_db = 40");
  EXPECT_EQ(why_refused(toml), "line " + std::to_string(line_of(toml, "trim_db")) +
                                   ": stages[0].parameters.trim_db is 40; it must be between -24 and 24 dB");
}

TEST(PlanToml, TakesWholeNumbersForNumbers) {
  const std::string toml = replaced(plan_to_toml(test::a_plan()), "ceiling_dbtp = -1.0", "ceiling_dbtp = -2");
  EXPECT_EQ(plan_from_toml(toml).ceiling_dbtp, -2.0);
}

TEST(PlanToml, RefusesNumbersThatAreNone) {
  for (const char* number : {"nan", "inf", "-inf"})
    EXPECT_NE(why_refused("ceiling_dbtp = -1.0", std::string("ceiling_dbtp = ") + number)
                  .find("not a finite number"),
              std::string::npos)
        << number;
  EXPECT_NE(
      why_refused("trim_db = -5.123456789012345", "trim_db = nan").find("trim_db is not a finite number"),
      std::string::npos);
  EXPECT_NE(why_refused("ceiling_dbtp = -1.0", "ceiling_dbtp = \"-1\"").find("is not a number"),
            std::string::npos);
  EXPECT_NE(why_refused("ceiling_dbtp = -1.0", "ceiling_dbtp = true").find("is not a number"),
            std::string::npos);
}

TEST(PlanToml, RefusesUnknownKeysEverywhere) {
  EXPECT_NE(why_refused("why = ", "volume = 11\nwhy = ").find("volume is not a key of a plan"),
            std::string::npos);
  EXPECT_NE(why_refused("source.sha256", "source.md5").find("source.md5 is not a key"), std::string::npos);
  EXPECT_NE(why_refused("treatment = ", "mood = 1\ntreatment = ").find("stages[0].mood is not a key"),
            std::string::npos);
  EXPECT_NE(why_refused("trim_db", "trimm_db").find("stages[0].parameters.trimm_db is not a parameter"),
            std::string::npos);
  EXPECT_NE(why_refused("improved_db", "improvement_db").find("trial.improvement_db is not a key"),
            std::string::npos);
}

TEST(PlanToml, RefusesMissingKeys) {
  EXPECT_NE(why_refused("schema = 1\n", "").find("schema is missing"), std::string::npos);
  EXPECT_NE(why_refused("ceiling_dbtp = -1.0\n", "").find("ceiling_dbtp is missing"), std::string::npos);
  EXPECT_NE(why_refused("").find("schema is missing"), std::string::npos);
  EXPECT_NE(why_refused("state = \"on\"\n", "").find("stages[0].state is missing"), std::string::npos);
}

TEST(PlanToml, RefusesOtherSchemas) {
  for (const char* schema : {"schema = 2", "schema = \"1\"", "schema = 1.0"})
    EXPECT_NE(why_refused("schema = 1", schema).find("schema is not 1"), std::string::npos) << schema;
}

TEST(PlanToml, HoldsAllSevenStagesInTheirOrder) {
  const std::string toml = plan_to_toml(test::a_plan());
  const std::string last = toml.substr(toml.rfind("[[stages]]"));
  EXPECT_NE(why_refused(toml.substr(0, toml.size() - last.size())).find("stages has 6 entries"),
            std::string::npos);
  EXPECT_NE(why_refused(toml + last).find("stages has 8 entries"), std::string::npos);
  EXPECT_NE(why_refused("stage = \"saturation\"", "stage = \"limiting\"").find("stands here too early"),
            std::string::npos);
  EXPECT_NE(why_refused("stage = \"saturation\"", "stage = \"gain-staging\"").find("a second time"),
            std::string::npos);
}

TEST(PlanToml, RefusesWordsItDoesNotKnow) {
  EXPECT_NE(why_refused("state = \"on\"", "state = \"maybe\"")
                .find("stages[0].state is \"maybe\"; it must be one of"),
            std::string::npos);
  EXPECT_NE(why_refused("treatment = \"corrective\"", "treatment = 3").find("must be text"),
            std::string::npos);
  EXPECT_NE(why_refused("tag = \"foundational\"", "tag = \"optional\"").find("must be \"foundational\""),
            std::string::npos);
}

TEST(PlanToml, RefusesWhatAProcessorWouldRoundInSilence) {
  const auto refused = [](Stage stage, std::vector<PlanParameter> parameters) {
    Plan plan = test::a_plan();
    plan.at(stage).parameters = std::move(parameters);
    return why_refused(plan_to_toml(plan));
  };
  const auto says = [](const std::string& why, const char* what) {
    return why.find(what) != std::string::npos;
  };
  EXPECT_TRUE(says(refused(Stage::kCorrectiveEq, {{"band_2_shape", 4.0}, {"band_2_gain_db", -4.0}}),
                   "stages[1].parameters.band_2_gain_db is -4; a tilt takes at most 3 dB"));
  EXPECT_TRUE(says(refused(Stage::kEnhancingEq, {{"band_1_shape", 3.0}, {"band_1_q", 2.0}}),
                   "band_1_q is 2; a shelf takes"));
  EXPECT_TRUE(says(refused(Stage::kCorrectiveEq, {{"high_pass_hz", 30.0}, {"high_pass_db_per_octave", 13.0}}),
                   "it must be 6, 12, 18 or 24"));
  EXPECT_TRUE(
      says(refused(Stage::kMultibandCompression, {{"crossover_1_hz", 500.0}, {"crossover_2_hz", 200.0}}),
           "crossover_2_hz is 200; crossovers must rise"));
  EXPECT_TRUE(says(refused(Stage::kMultibandCompression, {{"crossover_2_hz", 200.0}}), "is off"));
  EXPECT_TRUE(says(refused(Stage::kSaturation, {{"drive_db", 12.5}}), "between -12 and 12 dB"));
}

TEST(PlanToml, WritesChoicesAsWordsAndReadsThemBack) {
  Plan plan = test::a_plan();
  plan.at(Stage::kSaturation).parameters = {{"character", 2.0}, {"mix_pct", 20.0}};
  const std::string toml = plan_to_toml(plan);
  EXPECT_NE(toml.find("character = \"transformer\""), std::string::npos) << toml;
  EXPECT_EQ(plan_from_toml(toml).at(Stage::kSaturation).parameters, plan.at(Stage::kSaturation).parameters);
  std::string wrong = toml;
  wrong.replace(wrong.find("\"transformer\""), 13, "\"valve\"");
  EXPECT_NE(why_refused(wrong).find("is \"valve\"; it must be one of \"tape\", \"tube\""), std::string::npos);
}

TEST(PlanToml, RefusesWhatIsNoToml) {
  EXPECT_NE(why_refused("schema = = 1").find("line 1: this is not TOML"), std::string::npos);
  EXPECT_NE(why_refused(std::string("\xFF\x00\x01", 3)).find("this is not TOML"), std::string::npos);
  EXPECT_NE(why_refused("schema = 1\nschema = 1\n").find("line 2"), std::string::npos) << "doubled key";
  EXPECT_NE(why_refused(std::string(kMaxPlanBytes + 1, ' ')).find("longer than 1 MiB"), std::string::npos);
}

TEST(PlanToml, RefusesKeysThatWouldNestWithoutEnd) {
  std::string deep = "a";
  for (int i = 0; i < 100'000; ++i) deep += ".a";
  EXPECT_NE(why_refused(deep + " = 1").find("too many parts"), std::string::npos);
  EXPECT_NE(why_refused("[" + deep + "]").find("too many parts"), std::string::npos);
  EXPECT_NE(why_refused("x = {" + deep + " = 1}").find("too many parts"), std::string::npos);
  EXPECT_NE(why_refused(std::string(100'000, '[')).find("not TOML"), std::string::npos);
}

TEST(PlanToml, DotsInTextAndNumbersAreNoKeys) {
  EXPECT_EQ(longest_toml_key("a = \"x.x.x.x.x\"\nb = '''\n.......'''\nc = 1.5 # a.b.c.d"), 2);
  EXPECT_EQ(longest_toml_key("a = \"\\\".\"\nb.c.d = 1"), 3);
}

TEST(TomlText, WritesNumbersAsAPersonWould) {
  EXPECT_EQ(toml_number(-11.8), "-11.8");
  EXPECT_EQ(toml_number(3.0), "3.0");
  EXPECT_EQ(toml_number(0.1), "0.1");
  EXPECT_EQ(toml_number(1e-7), "1e-07");
}

}  // namespace
}  // namespace lacquer
