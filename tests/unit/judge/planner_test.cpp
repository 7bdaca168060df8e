#include "judge/planner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "judge/tone_shape.h"

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

// A piece with everything that planning it asks for.
struct Piece {
  explicit Piece(Measurements measured, Role role = as_mix())
      : audio(std::move(measured)), diagnosis(diagnose(audio, source, {role, {}, {}}, known)) {}

  PlanCase judged() const { return {audio, source, diagnosis, known}; }
  std::vector<Nomination> nominated(double trim_db = 0.0) const { return nominate(judged(), trim_db); }
  std::vector<Nomination> offered(double limited_db = 0.0) const {
    return nominate_offers(judged(), limited_db);
  }

  Knowledge known = [] {
    Knowledge all = judge_knowledge();
    all.loudness = plan_rules();
    return all;
  }();
  SourceInfo source = healthy_source();
  Measurements audio;
  Diagnosis diagnosis;
};

Plan plan_for(const Measurements& audio) { return draft_plan(Piece(audio).judged()); }

const Nomination* find(const std::vector<Nomination>& all, Stage stage) {
  for (const Nomination& one : all)
    if (one.stage.stage == stage) return &one;
  return nullptr;
}

double value(const Nomination& nomination, std::string_view id) {
  return nomination.stage.parameter(id).value_or(0.0);
}

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
  EXPECT_FALSE(plan.loudness_lufs);
}

TEST(Planner, drafts_gain_staging_and_limiting_and_says_why_the_rest_is_off) {
  const Plan plan = plan_for(healthy_mix());
  for (const PlanStage& stage : plan.stages) {
    const bool on = stage.stage == Stage::kGainStaging || stage.stage == Stage::kLimiting;
    EXPECT_EQ(stage.state, on ? StageState::kOn : StageState::kOff) << title(stage.stage);
    EXPECT_EQ(stage.parameters.empty(), !on);
    EXPECT_FALSE(stage.too_far.empty());
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

TEST(Planner, nominates_nothing_for_a_healthy_mix) { EXPECT_TRUE(Piece(healthy_mix()).nominated().empty()); }

Measurements raised(double low_hz, double high_hz, double db) {
  Measurements audio = healthy_mix();
  raise_levels(audio, low_hz, high_hz, db);
  raise_levels_between(audio, low_hz, high_hz, db, 0.0, 180.0);
  return audio;
}

TEST(Planner, cuts_a_broad_excess_by_no_more_than_half_and_three_decibels) {
  for (const double excess : {5.0, 6.0, 12.0}) {
    const auto all = Piece(raised(4000.0, 8000.0, excess)).nominated();
    const Nomination* eq = find(all, Stage::kCorrectiveEq);
    ASSERT_NE(eq, nullptr) << excess;
    EXPECT_EQ(eq->stage.treatment, Treatment::kCorrective);
    EXPECT_EQ(value(*eq, "band_1_shape"), 1.0);  // a bell
    EXPECT_LE(value(*eq, "band_1_gain_db"), -0.5);
    EXPECT_GE(value(*eq, "band_1_gain_db"), -std::min(3.0, excess / 2.0));
    EXPECT_GT(value(*eq, "band_1_frequency_hz"), 3500.0);
    EXPECT_LT(value(*eq, "band_1_frequency_hz"), 9000.0);
    EXPECT_EQ(eq->stage.findings, std::vector<std::string>{"harshness"});
    ASSERT_EQ(eq->claims.size(), 1U);
    EXPECT_EQ(eq->claims[0].name, "harsh_deviation");
    // What is cut comes back as level, so that the stage does not lose by being quieter.
    EXPECT_GT(value(*eq, "output_gain_db"), 0.0);
  }
}

TEST(Planner, lifts_what_is_missing_by_less_than_it_cuts) {
  const auto all = Piece(raised(5000.0, 20000.0, -10.0)).nominated();
  const Nomination* eq = find(all, Stage::kCorrectiveEq);
  ASSERT_NE(eq, nullptr);
  EXPECT_EQ(value(*eq, "band_1_shape"), 3.0);  // a high shelf
  EXPECT_GT(value(*eq, "band_1_gain_db"), 0.5);
  EXPECT_LE(value(*eq, "band_1_gain_db"), 2.5);
}

TEST(Planner, leaves_what_lies_within_the_tolerance) {
  EXPECT_EQ(find(Piece(raised(4000.0, 8000.0, 3.5)).nominated(), Stage::kCorrectiveEq), nullptr);
}

TEST(Planner, asks_for_less_where_it_is_less_sure) {
  Piece sure(raised(4000.0, 8000.0, 5.0));
  const double with_one_target = value(*find(sure.nominated(), Stage::kCorrectiveEq), "band_1_gain_db");
  // The same against a record that nothing resembles: half as sure, half the move.
  Piece unlike(raised(4000.0, 8000.0, 5.0));
  unlike.known.tonal.choice.unlike = 0.01;
  const auto all = unlike.nominated();
  const Nomination* eq = find(all, Stage::kCorrectiveEq);
  ASSERT_NE(eq, nullptr);
  EXPECT_NEAR(value(*eq, "band_1_gain_db"), with_one_target / 2.0, 0.11);
}

TEST(Planner, takes_an_offset_and_rumble_away) {
  Measurements audio = healthy_mix();
  audio.source->dc_offset_dbfs = -35.0;
  audio.source->rumble_db = -5.0;
  audio.source->rumble_dbfs = -25.0;
  audio.source->rumble_when = {{0.0, 180.0}};
  const auto all = Piece(audio).nominated();
  const Nomination* eq = find(all, Stage::kCorrectiveEq);
  ASSERT_NE(eq, nullptr);
  EXPECT_EQ(value(*eq, "remove_dc"), 1.0);
  EXPECT_EQ(value(*eq, "high_pass_hz"), 25.0);
  EXPECT_EQ(eq->claims.size(), 2U);
}

TEST(Planner, turns_down_only_the_band_that_misbehaves_at_times) {
  Measurements audio = healthy_mix();
  raise_levels_between(audio, 1000.0, 3000.0, 8.0, 60.0, 90.0);
  const Piece piece(audio);
  const auto all = piece.nominated(-6.0);
  const Nomination* bands = find(all, Stage::kMultibandCompression);
  ASSERT_NE(bands, nullptr);
  EXPECT_EQ(find(all, Stage::kCorrectiveEq), nullptr);
  EXPECT_GE(value(*bands, "crossover_1_hz"), 800.0);
  EXPECT_LE(value(*bands, "crossover_2_hz"), 3600.0);
  EXPECT_EQ(value(*bands, "band_2_ratio"), 2.0);
  EXPECT_LE(value(*bands, "band_2_most_reduction_db"), 3.0);
  EXPECT_FALSE(bands->stage.parameter("band_1_ratio"));
  EXPECT_FALSE(bands->stage.parameter("band_3_ratio"));
  // The threshold knows the trim before it.
  const auto untrimmed = piece.nominated(0.0);
  EXPECT_NEAR(value(*bands, "band_2_threshold_dbfs"),
              value(*find(untrimmed, Stage::kMultibandCompression), "band_2_threshold_dbfs") - 6.0, 1e-9);
  // Dense tracks are not compressed again.
  audio.dynamics->psr_p5_db = 7.0;
  EXPECT_EQ(find(Piece(audio).nominated(), Stage::kMultibandCompression), nullptr);
}

TEST(Planner, makes_a_wide_low_end_mono_and_narrows_what_is_too_wide) {
  Measurements lows = healthy_mix();
  lows.stereo->bands[0].side_to_mid_db = -3.0;
  const auto of_lows = Piece(lows).nominated();
  const Nomination* width = find(of_lows, Stage::kStereoWidth);
  ASSERT_NE(width, nullptr);
  EXPECT_EQ(value(*width, "mono_below_hz"), 120.0);
  EXPECT_FALSE(width->stage.parameter("side_4000_up_db"));

  Measurements all = healthy_mix();
  all.stereo->side_to_mid_db = 2.0;
  all.stereo->correlation = -0.2;
  for (std::size_t band = 1; band < 4; ++band) all.stereo->bands[band].side_to_mid_db = 2.0;
  const auto of_all = Piece(all).nominated();
  width = find(of_all, Stage::kStereoWidth);
  ASSERT_NE(width, nullptr);
  EXPECT_EQ(value(*width, "side_500_4000_db"), -2.0);
  EXPECT_EQ(value(*width, "mono_below_hz"), 0.0);
}

// Sides 3 dB under the middle are a third of the power: 1.76 dB go with them, less what the crossover leaves.
TEST(Planner, gives_the_middle_what_mono_lows_lose) {
  Measurements lows = healthy_mix();
  lows.stereo->bands[0].side_to_mid_db = -3.0;
  lows.stereo->side_share_over_time = lows.spectrum->third_octaves_over_time;
  auto& shares = lows.stereo->side_share_over_time.values;
  std::fill(shares.begin(), shares.end(), 1.0F / 3.0F);
  const auto nominated = Piece(lows).nominated();
  const Nomination* width = find(nominated, Stage::kStereoWidth);
  ASSERT_NE(width, nullptr);
  EXPECT_GE(value(*width, "low_makeup_db"), 1.4);
  EXPECT_LE(value(*width, "low_makeup_db"), 1.8);
  std::fill(shares.begin(), shares.end(), 0.8F);  // far beyond what may be made up for
  const auto wide = Piece(lows).nominated();
  EXPECT_EQ(value(*find(wide, Stage::kStereoWidth), "low_makeup_db"), 2.0);
}

TEST(Planner, offers_to_even_out_the_channels_and_does_not_do_it_unasked) {
  Measurements audio = healthy_mix();
  audio.stereo->balance_lu = 1.6;
  const Piece piece(audio);
  const PlanStage staging = draft_plan(piece.judged()).at(Stage::kGainStaging);
  EXPECT_FALSE(staging.parameter("balance_db"));
  const auto level = nominate_balance(piece.judged(), staging);
  ASSERT_TRUE(level);
  EXPECT_EQ(value(*level, "balance_db"), 1.6);
}

TEST(Planner, offers_at_most_two_moves_each_within_its_range_and_towards_the_target) {
  Measurements audio = raised(8000.0, 20000.0, -2.5);
  audio.stereo->side_to_mid_db = -19.0;
  audio.stereo->mono_loss_db = 0.1;
  audio.dynamics->onsets_per_second = 6.0;
  audio.loudness.range_lu = 3.0;
  const auto offers = Piece(audio).offered(3.0);
  ASSERT_EQ(offers.size(), 2U);
  for (const Nomination& one : offers) {
    EXPECT_EQ(one.stage.treatment, Treatment::kEnhancing);
    EXPECT_EQ(one.stage.state, StageState::kOffered);
  }
  EXPECT_EQ(offers[0].stage.stage, Stage::kEnhancingEq);
  EXPECT_GT(value(offers[0], "band_1_gain_db"), 0.0);
  EXPECT_LE(value(offers[0], "band_1_gain_db"), 1.0);
  EXPECT_EQ(offers[1].stage.stage, Stage::kSaturation);
  EXPECT_LE(value(offers[1], "mix_pct"), 30.0);
}

TEST(Planner, does_not_offer_to_saturate_what_is_dense_or_has_much_presence) {
  Measurements audio = healthy_mix();
  audio.dynamics->onsets_per_second = 6.0;
  audio.loudness.range_lu = 3.0;
  EXPECT_NE(find(Piece(audio).offered(3.0), Stage::kSaturation), nullptr);
  EXPECT_EQ(find(Piece(audio).offered(1.0), Stage::kSaturation), nullptr);
  audio.dynamics->psr_p5_db = 7.0;
  EXPECT_EQ(find(Piece(audio).offered(3.0), Stage::kSaturation), nullptr);
}

TEST(Planner, knows_a_finished_master) {
  EXPECT_FALSE(already_mastered(Piece(healthy_mix()).judged()));
  EXPECT_TRUE(already_mastered(Piece(healthy_master(), as_master()).judged()));
}

TEST(Planner, plans_the_same_from_the_same) {
  const Measurements audio = raised(100.0, 300.0, 7.0);
  const auto first = Piece(audio).nominated();
  const auto second = Piece(audio).nominated();
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i)
    EXPECT_EQ(first[i].stage.parameters, second[i].stage.parameters);
}

TEST(Planner, survives_measurements_that_are_not_there) {
  Measurements audio;
  audio.channels = 2;
  EXPECT_TRUE(Piece(audio).nominated().empty());
  EXPECT_TRUE(Piece(audio).offered().empty());
}

TEST(ToneShape, finds_the_bell_that_was_put_in) {
  for (const double hz : {160.0, 500.0, 2000.0})
    for (const double q : {0.7, 1.4}) {
      const BandLevels deviation = response_db({ToneMove::Shape::kBell, hz, 6.0, q});
      const auto move = fit_move(deviation, ToneMove::Shape::kBell, 1.0, {hz / 2.0, hz * 2.0, 0.5, 1.6});
      ASSERT_TRUE(move);
      EXPECT_NEAR(std::log2(move->frequency_hz / hz), 0.0, 0.1);
      EXPECT_NEAR(move->q, q, 0.21);  // a step of the search
      EXPECT_NEAR(move->gain_db, 6.0, 1.0);
    }
}

TEST(ToneShape, finds_no_bump_where_there_is_a_dip) {
  const BandLevels dip = response_db({ToneMove::Shape::kBell, 1000.0, -6.0, 1.0});
  EXPECT_FALSE(fit_move(dip, ToneMove::Shape::kBell, 1.0, {900.0, 1100.0, 0.5, 1.6}));
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
