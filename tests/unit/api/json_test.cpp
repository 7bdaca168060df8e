#include "api/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "api/version.h"
#include "unit/api/a_plan.h"

namespace lacquer {
namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}
using Keys = std::vector<std::string>;

Measurements measured() {
  Measurements m;
  m.loudness.integrated_lufs = -14.123456;
  m.peak.true_dbtp = -std::numeric_limits<double>::infinity();
  m.dynamics.emplace().plr_db = 0.1 + 0.2;
  StereoResult& stereo = m.stereo.emplace();
  stereo.correlation = std::nan("");
  stereo.bands.push_back({20, 120, 0.5, -0.0001, std::nullopt});
  m.spectrum.emplace().third_octaves.push_back({31.5, -3.0});
  m.source.emplace().effective_bits = 24;
  return m;
}

Diagnosis diagnosis() {
  Diagnosis d;
  for (int i = 1; i <= 12; ++i) {
    Finding finding;
    finding.item = i;
    finding.id = "item";
    finding.verdict = i == 2 ? Verdict::kFix : Verdict::kPass;
    if (i == 2) {
      finding.evidence.push_back({"sample_peak", -6.1, "dBFS", -1.0, 5.1});
      finding.when.push_back({0.0, 1.5});
      finding.listen = ListenPassage{1, 2, "loud"};
    }
    d.findings.push_back(finding);
  }
  d.faults.push_back({"clipping", Severity::kFix, 0.9, {}, "why"});
  return d;
}

TEST(CheckJson, HasEveryKeyInTheOrderOfTheInterface) {
  const Diagnosis d = diagnosis();
  const Json json = check_json("mix.wav", {}, measured(), &d);
  EXPECT_EQ(keys(json), (Keys{"lacquer", "schema", "file", "role", "measurements", "findings", "faults",
                              "words", "sections"}));
  EXPECT_EQ(json["lacquer"], std::string(version()));
  EXPECT_EQ(keys(json["file"]),
            (Keys{"path", "container", "codec", "sample_rate_hz", "bits", "channels", "duration_s"}));
  EXPECT_EQ(keys(json["role"]), (Keys{"as", "for", "guessed", "why"}));
  const Json& m = json["measurements"];
  EXPECT_EQ(keys(m), (Keys{"loudness", "peak", "dynamics", "stereo", "spectrum", "source"}));
  EXPECT_EQ(keys(m["loudness"]),
            (Keys{"integrated_lufs", "range_lu", "momentary_max_lufs", "short_term_max_lufs", "channel_lufs",
                  "replaygain_db", "r128_gain_q78", "momentary", "short_term"}));
  EXPECT_EQ(keys(m["peak"]),
            (Keys{"sample_dbfs", "true_dbtp", "clipped_runs", "intersample_overs", "clipped_when",
                  "intersample_overs_when", "highest", "flat_tops", "flat_tops_per_minute", "flat_tops_when",
                  "cut_stretches", "sample_ceiling", "true_ceiling"}));
  EXPECT_EQ(keys(m["dynamics"]),
            (Keys{"plr_db", "psr_median_db", "psr_p5_db", "crest_db", "bands", "onsets_per_second", "onsets",
                  "modulation", "level_steps", "loudness_histogram"}));
  EXPECT_EQ(keys(m["stereo"]),
            (Keys{"correlation", "mono_loss_db", "side_to_mid_db", "balance_lu", "bands", "octaves",
                  "negative_share", "worst_mono_loss", "polarity", "low_side_to_mid_db", "low_wide_share",
                  "low_wide_when", "correlation_over_time", "side_to_mid_over_time"}));
  EXPECT_EQ(keys(m["stereo"]["bands"][0]),
            (Keys{"low_hz", "high_hz", "correlation", "mono_loss_db", "side_to_mid_db"}));
  EXPECT_EQ(keys(m["spectrum"]), (Keys{"target", "target_why", "slope_psd_db_per_octave", "third_octaves",
                                       "slope_third_octave_db_per_octave", "mid_slope_psd_db_per_octave",
                                       "mid_slope_third_octave_db_per_octave", "resonances", "resonance_map",
                                       "lowest_note", "third_octaves_over_time", "bursts"}));
  EXPECT_EQ(keys(m["spectrum"]["third_octaves"][0]),
            (Keys{"hz", "level_db", "target_db", "tolerance_db", "spread_db"}));
  EXPECT_EQ(keys(m["source"]), (Keys{"effective_bits",
                                     "bandwidth_hz",
                                     "dc_offset_dbfs",
                                     "hum",
                                     "head_silence_s",
                                     "tail_silence_s",
                                     "quantisation_step",
                                     "lossy",
                                     "upsampled_from_hz",
                                     "dc_offset_max_dbfs",
                                     "dc_when",
                                     "rumble_dbfs",
                                     "rumble_db",
                                     "rumble_when",
                                     "clicks",
                                     "click_places",
                                     "dropouts",
                                     "dropout_when",
                                     "repeated_blocks",
                                     "repeated_when",
                                     "start",
                                     "end",
                                     "noise_floor_dbfs",
                                     "dual_mono_share"}));
  EXPECT_EQ(keys(m["source"]["hum"]), (Keys{"present", "hz", "level_dbfs", "lines", "when"}));
  const Json& finding = json["findings"][1];
  EXPECT_EQ(keys(finding), (Keys{"item", "id", "stage", "verdict", "confidence", "title", "evidence", "when",
                                 "why", "do", "where", "listen"}));
  EXPECT_EQ(keys(finding["evidence"][0]), (Keys{"metric", "value", "unit", "threshold", "distance"}));
  EXPECT_EQ(keys(finding["when"][0]), (Keys{"from_s", "to_s"}));
  EXPECT_EQ(keys(finding["listen"]), (Keys{"from_s", "to_s", "how"}));
  EXPECT_EQ(keys(json["faults"][0]), (Keys{"id", "severity", "confidence", "when", "why"}));
  EXPECT_TRUE(json["words"].is_array());
}

TEST(CheckJson, SectionsStandInOrderWithTheirLoudness) {
  Diagnosis d = diagnosis();
  d.sections = {{"intro", {0.0, 12.0}, -20.0}, {"loud", {12.0, 60.5}, -9.5}};
  const Json sections = check_json("mix.wav", {}, measured(), &d)["sections"];
  ASSERT_EQ(sections.size(), 2U);
  EXPECT_EQ(keys(sections[0]), (Keys{"name", "from_s", "to_s", "loudness_lufs"}));
  EXPECT_EQ(sections[1]["to_s"], 60.5);
  EXPECT_TRUE(check_json("mix.wav", {}, measured(), nullptr)["sections"].empty());
}

TEST(CheckJson, WhatIsUnknownIsNullAndNeverAnImpossibleNumber) {
  const Json m = measurements_json(measured());
  EXPECT_TRUE(m["loudness"]["range_lu"].is_null());
  EXPECT_TRUE(m["peak"]["true_dbtp"].is_null());
  EXPECT_TRUE(m["stereo"]["correlation"].is_null());
  EXPECT_TRUE(m["source"]["bandwidth_hz"].is_null());
}

TEST(CheckJson, NumbersAreRoundedAndPlain) {
  const Json m = measurements_json(measured());
  EXPECT_EQ(m["loudness"]["integrated_lufs"].dump(), "-14.123");
  EXPECT_EQ(m["dynamics"]["plr_db"].dump(), "0.3");
  EXPECT_EQ(m["stereo"]["bands"][0]["mono_loss_db"].dump(), "0.0") << "no -0.0";
  EXPECT_EQ(m["stereo"]["bands"][0]["low_hz"].dump(), "20");
  EXPECT_EQ(m["spectrum"]["third_octaves"][0]["hz"].dump(), "31.5");
}

// Ten hours of loudness, ten a second.
TEST(CheckJson, SeriesAreBoundedAndKeepTheirMeans) {
  Measurements m;
  m.loudness.short_term_lufs.assign(360000, -20.0F);
  for (std::size_t i = 0; i < 180000; ++i) m.loudness.short_term_lufs[i] = -10.0F;
  m.loudness.short_term_lufs.back() = -std::numeric_limits<float>::infinity();
  m.loudness.momentary_lufs = {-std::numeric_limits<float>::infinity(), -12.345F};
  const Json json = measurements_json(m)["loudness"];
  const Json& values = json["short_term"]["values"];
  EXPECT_LE(values.size(), 2000U);
  EXPECT_NEAR(json["short_term"]["step_s"].get<double>() * static_cast<double>(values.size()), 36000.0, 20.0);
  EXPECT_EQ(values.front().dump(), "-10.0");
  EXPECT_EQ(values.back().dump(), "-20.0");
  EXPECT_EQ(json["momentary"]["values"].dump(), "[null,-12.35]");
}

TEST(CheckJson, MatricesAreOneRowABandWithNullForNothing) {
  Measurements m;
  auto& matrix = m.spectrum.emplace().third_octaves_over_time;
  matrix.bands = 2;
  matrix.column_s = 0.5;
  matrix.values = {-10.0F, -20.0F, std::nanf(""), -21.04F};
  const Json json = measurements_json(m)["spectrum"]["third_octaves_over_time"];
  EXPECT_EQ(json.dump(), R"({"column_s":0.5,"values":[[-10.0,null],[-20.0,-21.0]]})");
}

TEST(CheckJson, LoudnessAloneLeavesTheOtherGroupsNull) {
  Measurements only;
  const Json json = check_json("mix.wav", {}, only, nullptr);
  for (const char* group : {"dynamics", "stereo", "spectrum", "source"})
    EXPECT_TRUE(json["measurements"][group].is_null()) << group;
  EXPECT_TRUE(json["measurements"]["loudness"].is_object());
  EXPECT_TRUE(json["role"].is_null());
  EXPECT_EQ(json["findings"].size(), 0U);
}

TEST(CheckJson, PathsThatAreNoTextKeepTheirBytesBeside) {
  const Json bad = check_json("a\xFF.wav", {}, {}, nullptr);
  EXPECT_EQ(bad["file"]["path"], "a\xEF\xBF\xBD.wav");
  EXPECT_EQ(bad["file"]["path_bytes"], "a%FF.wav");
  EXPECT_FALSE(check_json("ä.wav", {}, {}, nullptr)["file"].contains("path_bytes"));
}

TEST(PlanJson, HasEveryKeyAndAllSevenStages) {
  const Json json = plan_json(test::a_plan());
  EXPECT_EQ(keys(json), (Keys{"schema", "source", "rendered", "album", "target", "loudness_lufs",
                              "ceiling_dbtp", "why", "stages"}));
  EXPECT_EQ(keys(json["source"]), (Keys{"path", "path_bytes", "sha256"}));
  EXPECT_EQ(json["stages"].size(), 7U);
  EXPECT_EQ(keys(json["stages"][0]), (Keys{"stage", "tag", "treatment", "state", "reason", "findings",
                                           "trial", "too_far", "parameters"}));
  EXPECT_EQ(keys(json["stages"][6]["trial"]),
            (Keys{"kept", "improved_db", "worse_db", "evidence", "worse_item", "note"}));
  EXPECT_TRUE(json["stages"][1]["trial"].is_null());
  EXPECT_TRUE(json["target"].is_null());
}

TEST(MasterJson, HasEveryKeyDoneOrStopped) {
  MasterResult result;
  result.plan = test::a_plan();
  result.items.push_back({2, "peak-level", Verdict::kLook, Verdict::kPass, "fixed", Stage::kGainStaging});
  result.verified.push_back({"true_peak <= -1.0 dBTP", -1.02, true});
  const Keys expected{"schema", "plan",     "output",         "preview",         "before", "after",
                      "items",  "verified", "loudness_curve", "realtime_factor", "stopped"};
  const Json done = master_json(result, {"a.wav", "wav", 24, 44100});
  EXPECT_EQ(keys(done), expected);
  EXPECT_EQ(keys(done["output"]), (Keys{"path", "container", "bits", "sample_rate_hz", "record"}));
  EXPECT_EQ(keys(done["items"][0]), (Keys{"item", "id", "before", "after", "change", "stage"}));
  EXPECT_EQ(keys(done["verified"][0]), (Keys{"claim", "value", "holds"}));
  const Json stopped = stopped_json(measured(), diagnosis(), {"do this", "lacquer"});
  EXPECT_EQ(keys(stopped), expected);
  EXPECT_EQ(stopped["items"].size(), 12U);
  EXPECT_EQ(stopped["stopped"]["command"], "lacquer");
}

TEST(Dump, NeverThrowsOnAnyBytes) {
  EXPECT_EQ(dump(error_json("x", "bad \xFF")), "{\"file\":{\"path\":\"x\"},\"error\":\"bad \xEF\xBF\xBD\"}");
  EXPECT_NO_THROW(dump(Json("\xC3")));
}

}  // namespace
}  // namespace lacquer
