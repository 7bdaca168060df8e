#include "library/content.h"

#include <gtest/gtest.h>

#include <set>

#include "core/error.h"
#include "library/embedded.h"

namespace lacquer {
namespace {

std::string embedded(const std::string& path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return std::string(file.text);
  return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The line, from 1, on which `part` first stands.
std::string line_of(const std::string& text, const std::string& part) {
  return std::to_string(1 +
                        std::count(text.begin(), text.begin() + static_cast<long>(text.find(part)), '\n'));
}

template <class Parse>
std::string complaint(Parse parse, const std::string& text) {
  try {
    parse(text, "test.toml");
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

const std::string kDiagnostic = embedded("rules/diagnostic.toml");
const std::string kLoudness = embedded("rules/loudness.toml");
const std::string kPlatforms = embedded("platforms.toml");

TEST(Content, the_built_in_rules_load) {
  const Rules rules = load_rules();
  EXPECT_EQ(rules.diagnostic.peak_level.true_peak_dbtp.look, -3.0);
  EXPECT_EQ(rules.diagnostic.mono.loss_db.fix, 3.0);
  EXPECT_EQ(rules.diagnostic.stereo_width.band_db[2].fix, 1.5);
  EXPECT_EQ(rules.diagnostic.ceiling.loud_look_dbtp, -2.0);
  EXPECT_EQ(rules.loudness.solved.psr_p5_floor_db, 8.0);
  EXPECT_EQ(rules.loudness.solved.reduction_p95_db, 3.0);
  EXPECT_EQ(rules.loudness.solved.least_lu_per_db, 0.5);
  EXPECT_EQ(rules.loudness.working_level.loudness_lufs, -18.0);
}

TEST(Content, each_louder_intent_may_spend_more_and_none_more_than_is_refused) {
  const LoudnessRules rules = load_rules().loudness;
  const LoudnessBudget* rising[] = {&rules.gentle, &rules.streaming, &rules.loud, &rules.club, &rules.refuse};
  for (std::size_t i = 1; i < std::size(rising); ++i) {
    EXPECT_LT(rising[i]->psr_p5_floor_db, rising[i - 1]->psr_p5_floor_db);
    EXPECT_GT(rising[i]->reduction_p95_db, rising[i - 1]->reduction_p95_db);
    EXPECT_LT(rising[i]->least_lu_per_db, rising[i - 1]->least_lu_per_db);
  }
}

TEST(Content, the_built_in_platforms_load_each_with_source_date_and_own_name) {
  const std::vector<PlatformRule> platforms = load_platforms();
  EXPECT_EQ(platforms.size(), 27U);
  std::set<std::string> ids;
  std::set<std::string> defaults;
  for (const PlatformRule& platform : platforms) {
    EXPECT_TRUE(ids.insert(platform.id + "." + platform.mode).second) << platform.name;
    if (platform.default_mode) {
      EXPECT_TRUE(defaults.insert(platform.id).second) << platform.name;
    }
    EXPECT_FALSE(platform.source.empty());
    EXPECT_FALSE(platform.dated.empty());
  }
  for (const char* service : {"spotify", "apple-music", "youtube", "youtube-music", "tidal", "amazon-music",
                              "deezer", "soundcloud", "bandcamp", "beatport-club"})
    EXPECT_TRUE(defaults.count(service)) << service;
  EXPECT_EQ(platforms.front().name, "Spotify, Normal");
}

TEST(Content, the_built_in_platforms_give_the_published_example) {
  const std::vector<PlatformRule> platforms = load_platforms();
  // Spotify for Artists: a master at -20 LUFS and -5 dBTP is lifted only to -16 LUFS.
  const PlaybackOutcome outcome = play_on(platforms.front(), -20.0, -5.0);
  EXPECT_EQ(outcome.playback_lufs, -16.0);
  EXPECT_EQ(outcome.limited_by, LimitedBy::kPeak);
  EXPECT_EQ(play_on(platforms[1], -20.0, -5.0).limited_by, LimitedBy::kLimiter);
}

TEST(Content, codecs_may_be_taken_from_another_mode) {
  const std::vector<PlatformRule> platforms = load_platforms();
  EXPECT_FALSE(platforms[1].codecs.empty());
  EXPECT_EQ(platforms[1].codecs, platforms[0].codecs);
}

TEST(Thresholds, a_broken_line_is_named) {
  EXPECT_EQ(complaint(parse_diagnostic_rules, "schema = 1\n[role\n").find("test.toml:2: "), 0U);
}

TEST(Thresholds, an_unknown_key_is_refused_with_file_line_and_field) {
  const std::string text = replaced(kDiagnostic, "rest_h ", "rest_hours ");
  EXPECT_EQ(complaint(parse_diagnostic_rules, text),
            "test.toml:" + line_of(text, "rest_hours") +
                ": fresh-ears.rest_hours: this key is unknown; remove it or correct its name");
  const std::string group = replaced(kDiagnostic, "[fresh-ears]", "[fresh-eyes]");
  EXPECT_EQ(complaint(parse_diagnostic_rules, group)
                .find("test.toml:" + line_of(group, "[fresh-eyes]") + ": fresh-eyes: "),
            0U);
}

TEST(Thresholds, a_missing_key_is_named_at_its_table) {
  const std::string text = replaced(kDiagnostic, "unit = \"h\", ", "");
  EXPECT_EQ(complaint(parse_diagnostic_rules, text),
            "test.toml:" + line_of(text, "rest_h") + ": fresh-ears.rest_h.unit: this key is missing; add it");
  const std::string whole = replaced(kDiagnostic, "rest_h = { value = 12.0, unit = \"h\"", "#");
  EXPECT_NE(complaint(parse_diagnostic_rules, whole).find("fresh-ears.rest_h: this key is missing"),
            std::string::npos);
}

TEST(Thresholds, values_that_are_no_plain_number_in_range_are_refused) {
  for (const char* bad : {"\"12\"", "nan", "inf", "-inf", "true", "1e9", "-1.0", "[12.0]", "1979-05-27"}) {
    const std::string text =
        replaced(kDiagnostic, "rest_h = { value = 12.0", std::string("rest_h = { value = ") + bad);
    const std::string said = complaint(parse_diagnostic_rules, text);
    EXPECT_EQ(said.find("test.toml:" + line_of(text, "rest_h") + ": fresh-ears.rest_h.value: "), 0U)
        << bad << ": " << said;
  }
}

TEST(Thresholds, a_wrong_unit_or_grade_is_refused) {
  EXPECT_NE(complaint(parse_diagnostic_rules, replaced(kDiagnostic, "unit = \"h\"", "unit = \"min\""))
                .find("fresh-ears.rest_h.unit: the unit here is \"h\""),
            std::string::npos);
  EXPECT_NE(complaint(parse_diagnostic_rules, replaced(kDiagnostic, "grade = \"house\"", "grade = \"guess\""))
                .find("role.loud_lufs.grade: "),
            std::string::npos);
}

TEST(Thresholds, limits_that_contradict_each_other_are_refused) {
  const std::string look_past_fix =
      replaced(kDiagnostic, "plr_look_db          = { value = 12.0", "plr_look_db          = { value = 7.0");
  EXPECT_EQ(complaint(parse_diagnostic_rules, look_past_fix),
            "test.toml:" + line_of(look_past_fix, "plr_look_db") +
                ": source-integrity.plr_look_db: it must not lie below plr_fix_db; correct one of the two");
}

TEST(Thresholds, the_schema_must_be_the_one_known) {
  EXPECT_NE(complaint(parse_loudness_rules, replaced(kLoudness, "schema = 1", "schema = 2")).find("schema: "),
            std::string::npos);
  EXPECT_NE(complaint(parse_loudness_rules, "").find("schema: this key is missing"), std::string::npos);
}

TEST(Thresholds, a_doubled_key_is_refused) {
  EXPECT_NE(complaint(parse_loudness_rules, replaced(kLoudness, "[gentle]", "[solved]")).find("test.toml:"),
            std::string::npos);
}

struct Slip {
  const char* from;
  const char* to;
  const char* field;
};

TEST(Platforms, slips_are_refused_with_file_line_and_field) {
  const Slip slips[] = {
      {"gain = \"peak_limited\"", "gain = \"sometimes\"", "platform.spotify.normal.gain: "},
      {"kind = \"playback\"", "kind = \"stream\"", "platform.spotify.normal.kind: "},
      {"confidence = \"high\"", "confidence = \"sure\"", "platform.spotify.normal.confidence: "},
      {"reference_lufs = -14.0\n", "", "platform.spotify.normal.reference_lufs: this key is missing"},
      {"up_ceiling_dbtp = -1.0\n", "", "platform.spotify.normal.up_ceiling_dbtp: this key is missing"},
      {"reference_lufs = -14.0", "reference_lufs = nan", "platform.spotify.normal.reference_lufs: "},
      {"reference_lufs = -14.0", "reference_lufs = 14.0", "platform.spotify.normal.reference_lufs: "},
      {"scope = [\"album\", \"track\"]", "scope = [\"song\"]", "platform.spotify.normal.scope: "},
      {"scope = [\"album\", \"track\"]", "scope = []", "platform.spotify.normal.scope: "},
      {"scope = [\"album\", \"track\"]", "scope = [1]", "platform.spotify.normal.scope: "},
      {"default_mode = true", "default_mode = \"yes\"", "platform.spotify.normal.default_mode: "},
      {"loud_ceiling_dbtp = -2.0", "loud_ceiling_dbtp = -0.5", "platform.spotify.normal.loud_ceiling_dbtp: "},
      {"loud_above_lufs = -14.0\n", "", "platform.spotify.normal.loud_ceiling_dbtp: "},
      {"codec = \"vorbis\", bitrate_kbps = 96", "codec = \"vorbis\"",
       "platform.spotify.normal.codecs[0].codec: "},
      {"codec = \"vorbis\", bitrate_kbps = 96", "codec = \"wax\", bitrate_kbps = 96",
       "platform.spotify.normal.codecs[0].codec: "},
      {"bitrate_kbps = 96", "bitrate_kbps = 96.5", "platform.spotify.normal.codecs[0].bitrate_kbps: "},
      {"codecs_as = \"spotify.normal\"", "codecs_as = \"spotify.best\"", "platform.spotify.loud.codecs_as: "},
      {"limiter_threshold_dbfs = -1.0\n", "", "platform.spotify.loud.limiter_threshold_dbfs: "},
      {"name = \"Spotify, Normal\"", "name = \"\"", "platform.spotify.normal.name: "},
      {"dated = \"2025\"\n", "", "platform.spotify.normal.dated: this key is missing"},
      {"dated = \"2025\"", "dated = \"2025\"\nlevel = 1",
       "platform.spotify.normal.level: this key is unknown"},
      {"kind = \"delivery\"\n", "kind = \"delivery\"\nup_ceiling_dbtp = -1.0\n",
       "platform.ebu-r128.programme.up_ceiling_dbtp: this key has no meaning"},
  };
  for (const Slip& slip : slips) {
    const std::string said = complaint(parse_platforms, replaced(kPlatforms, slip.from, slip.to));
    EXPECT_EQ(said.find("test.toml:"), 0U) << said;
    EXPECT_NE(said.find(slip.field), std::string::npos) << slip.to << ": " << said;
  }
}

TEST(Platforms, a_complaint_names_the_line) {
  const std::string text = replaced(kPlatforms, "reference_lufs = -16.0", "reference_lufs = \"loud\"");
  EXPECT_EQ(complaint(parse_platforms, text).find("test.toml:" + line_of(text, "\"loud\"") + ": "), 0U);
}

TEST(Platforms, text_of_another_kind_is_refused) {
  for (const char* text : {"", "schema = 1", "schema = 1\ncollected = \"x\"\nplatform = 3",
                           "schema = 1\ncollected = \"x\"\n[platform]\nspotify = 1",
                           "schema = 1\ncollected = \"x\"\n[platform.spotify]\nnormal = 1", "\xff\xfe", "{}"})
    EXPECT_EQ(complaint(parse_platforms, text).find("test.toml:"), 0U) << text;
}

}  // namespace
}  // namespace lacquer
