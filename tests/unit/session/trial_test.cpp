#include "session/trial.h"

#include <gtest/gtest.h>

#include "judge/diagnose.h"
#include "session/chain_source.h"
#include "session/plan_master.h"
#include "session/step_back.h"
#include "support/music_noise.h"
#include "unit/judge/judge_cases.h"
#include "unit/session/memory_source.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

const Knowledge& known() {
  // A beat is no record: its other items may move further than a song's.
  static const Knowledge all = [] {
    Knowledge made = judge_knowledge();
    made.chain.trial.most_worse_db = 3.0;
    return made;
  }();
  return all;
}

Plan empty_plan() {
  Plan plan;
  for (std::size_t i = 0; i < kStages.size(); ++i) plan.stages[i].stage = kStages[i];
  plan.at(Stage::kGainStaging).state = StageState::kOn;
  plan.at(Stage::kLimiting).state = StageState::kOn;
  return plan;
}

std::vector<float> read_all(AudioSource& source) {
  std::vector<float> samples;
  AudioBuffer buffer(2, 4096);
  source.rewind();
  while (const int got = source.read(buffer.block())) {
    const auto left = buffer.channel(0);
    samples.insert(samples.end(), left.begin(), left.begin() + got);
  }
  return samples;
}

// The beat with a bell planted into it, and everything a trial of it needs.
AudioBuffer planted_beat(double planted_db) {
  AudioBuffer audio = beat(12.0, -12.0);
  for (int c = 0; c < 2; ++c) {
    std::vector<float> samples(audio.channel(c).begin(), audio.channel(c).end());
    bell(samples, kRate, 1000.0, 1.0, planted_db);
    std::copy(samples.begin(), samples.end(), audio.channel(c).begin());
  }
  return audio;
}

struct Piece {
  explicit Piece(double planted_db) : source(planted_beat(planted_db)) {}
  Worked as_found() {
    Worked worked{empty_plan(), test::survey(source), {}};
    worked.diagnosis = diagnose(worked.survey.measurements, info, circumstances, known());
    return worked;
  }

  MemorySource source;
  SourceInfo info;
  Circumstances circumstances{};
  InOrder executor;
  ProgressCallback progress;
  Working working{executor, progress};
  TrialMaterial material{source, info, circumstances, known(), working};
};

// A cut of `gain_db` at 1 kHz, which claims to bring the range to the level of the piece as it was.
Nomination cut(const Measurements& clean, double gain_db) {
  Nomination made;
  made.stage.stage = Stage::kCorrectiveEq;
  made.stage.treatment = Treatment::kCorrective;
  made.stage.state = StageState::kOn;
  made.stage.parameters = {
      {"band_1_shape", 1.0}, {"band_1_frequency_hz", 1000.0}, {"band_1_gain_db", gain_db}, {"band_1_q", 1.0}};
  Claim claim;
  claim.name = "nasal_deviation";
  claim.finding = "low-end";
  claim.low_hz = 800.0;
  claim.high_hz = 1250.0;
  claim.target_db = average_levels(clean);
  claim.promised_db = std::abs(gain_db) / 2.0;
  made.claims.push_back(claim);
  return made;
}

Measurements clean_beat() { return Piece(0.0).as_found().survey.measurements; }

TEST(ChainSource, GivesTheSameLengthWithoutLatencyAndWithoutTheTrim) {
  Piece piece(0.0);
  const std::vector<float> plain = read_all(piece.source);
  Plan plan = empty_plan();
  plan.at(Stage::kGainStaging).parameters = {{"trim_db", -6.0}};
  // A compressor that is on and never reaches its threshold: it delays and changes nothing.
  PlanStage& bands = plan.at(Stage::kMultibandCompression);
  bands.state = StageState::kOn;
  bands.parameters = {{"crossover_1_hz", 2000.0}, {"band_2_threshold_dbfs", 0.0}, {"band_2_ratio", 2.0}};
  ChainSource through(piece.source, plan);
  StageChain chain;
  chain.prepare(piece.source.format(), plan);
  ASSERT_GT(chain.latency_frames(), 0);
  for (int again = 0; again < 2; ++again) {
    const std::vector<float> out = read_all(through);
    ASSERT_EQ(out.size(), plain.size());
    // The split's all-pass turns the phase; energy and place stay, and the mean level over a beat with them.
    double in_power = 0.0;
    double out_power = 0.0;
    for (std::size_t i = 44100; i < 88200; ++i) {
      in_power += static_cast<double>(plain[i]) * static_cast<double>(plain[i]);
      out_power += static_cast<double>(out[i]) * static_cast<double>(out[i]);
    }
    EXPECT_NEAR(10.0 * std::log10(out_power / in_power), 0.0, 0.05);
  }
}

TEST(ChainSource, IsTheSourceItselfWhereNoStageIsOn) {
  Piece piece(0.0);
  const std::vector<float> plain = read_all(piece.source);
  ChainSource through(piece.source, empty_plan());
  EXPECT_EQ(read_all(through), plain);
}

TEST(Trial, KeepsACutThatBringsTheRangeCloserAndMatchesItsLoudness) {
  Piece piece(6.0);
  const Worked before = piece.as_found();
  const Tried tried = try_stage(piece.material, before, cut(clean_beat(), -3.0));
  ASSERT_TRUE(tried.worked) << tried.stage.trial->note;
  EXPECT_TRUE(tried.stage.trial->kept);
  // Of the 3 dB of the cut: the mean from 200 Hz to 2 kHz, which both sides are taken to, comes down with it.
  EXPECT_GT(tried.stage.trial->improved_db, 1.0);
  EXPECT_LT(tried.stage.trial->improved_db, 3.0);
  EXPECT_EQ(tried.stage.trial->evidence, "nasal_deviation");
  EXPECT_EQ(tried.stage.state, StageState::kOn);
  // Measured again through the stage as it was planned: as loud as without it.
  ChainSource through(piece.source, tried.worked->plan);
  const Survey after = test::survey(through);
  EXPECT_NEAR(*after.measurements.loudness.integrated_lufs,
              *before.survey.measurements.loudness.integrated_lufs, 0.05);
  // What the limiter will see is known without that pass.
  ASSERT_EQ(after.envelope.peak.size(), tried.worked->survey.envelope.peak.size());
  for (std::size_t i = 0; i < after.envelope.peak.size(); i += 100)
    EXPECT_NEAR(after.envelope.peak[i], tried.worked->survey.envelope.peak[i], 1e-3F);
}

TEST(Trial, DropsAStageThatDoesNotHelpAndKeepsItsNumbers) {
  Piece piece(0.0);
  const Tried tried = try_stage(piece.material, piece.as_found(), cut(clean_beat(), -3.0));
  EXPECT_FALSE(tried.worked);
  EXPECT_EQ(tried.stage.state, StageState::kOff);
  ASSERT_TRUE(tried.stage.trial);
  EXPECT_FALSE(tried.stage.trial->kept);
  EXPECT_LT(tried.stage.trial->improved_db, 0.0);
  EXPECT_FALSE(tried.stage.trial->note.empty());
  EXPECT_EQ(tried.stage.parameter("band_1_gain_db"), -3.0);
}

TEST(Trial, TriesLessWhereTheWholeDoesNotHold) {
  Piece piece(3.0);
  const Measurements clean = clean_beat();
  Nomination much = cut(clean, -6.0);  // past the middle: as far off on the other side
  much.less.push_back(cut(clean, -1.5));
  const Tried tried = try_stage(piece.material, piece.as_found(), much);
  ASSERT_TRUE(tried.worked) << tried.stage.trial->note;
  EXPECT_EQ(tried.stage.parameter("band_1_gain_db"), -1.5);
  EXPECT_EQ(tried.worked->plan.at(Stage::kCorrectiveEq).trial->note, tried.stage.trial->note);
}

TEST(Trial, TheSameTrialGivesTheSameNumbers) {
  Piece piece(6.0);
  const Measurements clean = clean_beat();
  const Tried one = try_stage(piece.material, piece.as_found(), cut(clean, -3.0));
  const Tried two = try_stage(piece.material, piece.as_found(), cut(clean, -3.0));
  EXPECT_EQ(one.stage.parameters, two.stage.parameters);
}

TEST(PlanMaster, EnvelopeUnderAPlanThatShapesNothingIsTheSurveysOwn) {
  Piece piece(0.0);
  const Survey survey = test::survey(piece.source);
  Plan plan = empty_plan();
  EXPECT_EQ(envelope_under(plan, piece.source, survey, piece.working).peak, survey.envelope.peak);
  plan.at(Stage::kCorrectiveEq) = cut(survey.measurements, -6.0).stage;
  EXPECT_NE(envelope_under(plan, piece.source, survey, piece.working).peak, survey.envelope.peak);
}

// A render of the plan need not read the piece once more.
TEST(PlanMaster, WhatATrialKnowsOfTheLimitersInputIsWhatTheRenderWouldRead) {
  Piece piece(6.0);
  const Worked before = piece.as_found();
  Nomination much = cut(clean_beat(), -3.0);
  much.stage.parameters.push_back({"output_gain_db", 0.37});
  const Tried tried = try_stage(piece.material, before, much);
  ASSERT_TRUE(tried.worked);
  EXPECT_NE(tried.worked->plan.at(Stage::kCorrectiveEq).parameter("output_gain_db").value_or(0.0), 0.0);
  const LimiterEnvelope read = envelope_under(tried.worked->plan, piece.source, before.survey, piece.working);
  EXPECT_EQ(read.peak, tried.worked->survey.envelope.peak);
  EXPECT_EQ(read.energy, tried.worked->survey.envelope.energy);
}

const ChainRules& rules() {
  static const ChainRules all = judge_chain_rules();
  return all;
}

ItemChange worse(int number, const char* id, double by_db = 1.5) {
  return {number, id, Verdict::kPass, Verdict::kLook, "worse", std::nullopt, by_db};
}

TEST(StepBack, TakesTheStageBackThatStandsClosestToTheFault) {
  Plan plan = empty_plan();
  plan.loudness_lufs = -12.0;
  plan.at(Stage::kCorrectiveEq).state = StageState::kOn;
  plan.at(Stage::kSaturation).state = StageState::kOn;
  plan.at(Stage::kStereoWidth).state = StageState::kOn;
  const std::vector<ItemChange> harsher = {worse(6, "harshness")};
  const std::vector<ItemChange> hollower = {worse(3, "mono-compatibility")};
  const auto tone = step_back(plan, {harsher, -12.0, {}}, false, rules());
  ASSERT_TRUE(tone);
  EXPECT_EQ(tone->plan.at(Stage::kSaturation).state, StageState::kOff);
  EXPECT_EQ(tone->plan.at(Stage::kCorrectiveEq).state, StageState::kOn);
  const auto image = step_back(plan, {hollower, -12.0, {}}, false, rules());
  ASSERT_TRUE(image);
  EXPECT_EQ(image->plan.at(Stage::kStereoWidth).state, StageState::kOff);
  EXPECT_FALSE(image->note.empty());
}

TEST(StepBack, LowersTheLevelWhereOnlyLimitingIsLeftAndNobodyAskedForIt) {
  Plan plan = empty_plan();
  plan.loudness_lufs = -10.0;
  const std::vector<ItemChange> boomier = {worse(5, "low-end")};
  const auto back = step_back(plan, {boomier, -10.0, {}}, false, rules());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->plan.loudness_lufs, -11.0);
  EXPECT_FALSE(step_back(plan, {boomier, -10.0, {}}, true, rules()));
  EXPECT_FALSE(step_back(plan, {{}, -10.0, {}}, false, rules()));
  // Over the edge of a limit by less than a trial would mind: told, not undone.
  const std::vector<ItemChange> hardly = {worse(5, "low-end", 0.5)};
  EXPECT_FALSE(step_back(plan, {hardly, -10.0, {}}, false, rules()));
}

TEST(StepBack, LowersTheLevelWhereLimitingAloneMovesTheTone) {
  Plan plan = empty_plan();
  plan.loudness_lufs = -10.0;
  const auto back = step_back(plan, {{}, -10.0, OctaveShift{63.0, -1.3}}, false, rules());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->plan.loudness_lufs, -11.0);
  EXPECT_NE(back->note.find("octave around 63 Hz"), std::string::npos) << back->note;
  EXPECT_FALSE(step_back(plan, {{}, -10.0, OctaveShift{63.0, -0.8}}, false, rules()));
  EXPECT_FALSE(step_back(plan, {{}, -10.0, OctaveShift{63.0, -1.3}}, true, rules()));
}

}  // namespace
}  // namespace lacquer
