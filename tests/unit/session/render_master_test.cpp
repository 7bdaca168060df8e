#include "session/render_master.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "session/drive_solver.h"
#include "session/plan_master.h"
#include "support/every_order.h"
#include "support/reference_peak.h"
#include "support/signals.h"
#include "unit/session/memory_source.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

class MemorySink : public AudioSink {
 public:
  explicit MemorySink(int channels) : samples(static_cast<std::size_t>(channels)) {}
  void write(ConstAudioBlock block) override {
    for (int c = 0; c < block.channels(); ++c)
      samples[static_cast<std::size_t>(c)].insert(samples[static_cast<std::size_t>(c)].end(),
                                                  block.channel(c).begin(), block.channel(c).end());
  }
  void restart() override {
    for (auto& row : samples) row.clear();
  }
  std::vector<std::vector<float>> samples;
};

Plan plan_for(std::optional<double> lufs, double ceiling_dbtp) {
  Plan plan;
  for (std::size_t i = 0; i < kStages.size(); ++i) plan.stages[i].stage = kStages[i];
  plan.at(Stage::kGainStaging).state = StageState::kOn;
  plan.at(Stage::kLimiting).state = StageState::kOn;
  plan.loudness_lufs = lufs;
  plan.ceiling_dbtp = ceiling_dbtp;
  return plan;
}

struct Rendered {
  RenderedMaster master;
  std::vector<std::vector<float>> samples;
};

Rendered render(const AudioBuffer& audio, const Plan& plan, const OutputFormat& output = {}) {
  MemorySource source(audio);
  MemorySink sink(audio.channels());
  const Survey survey = test::survey(source);
  InOrder executor;
  auto result = render_master(source, sink, plan, survey.envelope, output, {executor, {}});
  EXPECT_TRUE(result) << (result ? "" : result.why());
  return {result ? *result : RenderedMaster{}, std::move(sink.samples)};
}

TEST(RenderMaster, LandsOnTheLoudnessUnderTheCeilingAtTheSameLength) {
  const AudioBuffer audio = beat(8.0, -6.0);
  for (const double lufs : {-20.0, -14.0, -11.0}) {
    const Rendered done = render(audio, plan_for(lufs, -1.0));
    EXPECT_NEAR(*done.master.after.loudness.integrated_lufs, lufs, 0.1);
    EXPECT_LE(done.master.renders, 2);
    for (const auto& channel : done.samples) {
      EXPECT_EQ(static_cast<int>(channel.size()), audio.frames());
      EXPECT_LE(20.0 * std::log10(test::reference_true_peak(channel)), -1.0 + 0.02);
    }
  }
}

TEST(RenderMaster, CompensatesItsLatencyToTheSample) {
  AudioBuffer audio = beat(5.0, -30.0);  // nothing is limited: the master is the mix times one gain
  const Rendered done = render(audio, plan_for(std::nullopt, -1.0), {OutputFormat::Bits::kFloat32, {}});
  for (std::size_t i = 0; i < 100000; ++i) ASSERT_NEAR(done.samples[0][i], audio.channel(0)[i], 1e-7) << i;
}

TEST(RenderMaster, WithoutALoudnessPeaksComeDownToTheCeilingAndNothingIsLimited) {
  const Rendered done = render(beat(5.0, 6.0), plan_for(std::nullopt, -1.0));
  EXPECT_LT(done.master.limiter.drive_db, 0.0);
  EXPECT_LT(done.master.limiter.reduction_max_db, 0.02);
  EXPECT_NEAR(*done.master.after.peak.true_dbtp, -1.0, 0.03);
}

TEST(RenderMaster, TrimMovesTheLevelInsideTheChainAndNotTheResult) {
  const AudioBuffer audio = beat(5.0, -6.0);
  Plan plan = plan_for(-14.0, -1.0);
  const Rendered plain = render(audio, plan, {OutputFormat::Bits::kFloat32, {}});
  plan.at(Stage::kGainStaging).parameters = {{"trim_db", -7.3}};
  const Rendered trimmed = render(audio, plan, {OutputFormat::Bits::kFloat32, {}});
  for (std::size_t i = 0; i < plain.samples[0].size(); ++i)
    ASSERT_NEAR(plain.samples[0][i], trimmed.samples[0][i], 2e-6) << i;
  EXPECT_GT(plain.master.limiter.reduction_max_db, 0.5);
  EXPECT_NEAR(plain.master.limiter.reduction_max_db, trimmed.master.limiter.reduction_max_db, 0.01);
}

TEST(RenderMaster, TheSamePlanGivesTheSameBits) {
  const AudioBuffer audio = beat(8.0, -6.0);
  const Plan plan = plan_for(-12.0, -1.0);
  EXPECT_EQ(render(audio, plan).samples, render(audio, plan).samples);
}

TEST(RenderMaster, WritesOnTheGridThatWasAskedFor) {
  const Rendered done = render(beat(4.0, -6.0), plan_for(-14.0, -1.0), {OutputFormat::Bits::k16, {}});
  for (const float x : done.samples[1]) ASSERT_EQ(std::nearbyint(x * 32768.0F), x * 32768.0F);
}

TEST(RenderMaster, SilenceStaysSilence) {
  const Rendered done = render(AudioBuffer(2, 44100), plan_for(std::nullopt, -1.0));
  for (std::size_t i = 5000; i < 44100; ++i) ASSERT_EQ(done.samples[0][i], 0.0F);
}

TEST(RenderMaster, StopsWhenTold) {
  MemorySource source(beat(5.0, -6.0));
  MemorySink sink(2);
  const Survey survey = test::survey(source);
  const ProgressCallback stop = [](std::string_view, double done) { return done < 0.3; };
  InOrder executor;
  EXPECT_THROW(render_master(source, sink, plan_for(-14.0, -1.0), survey.envelope, {}, {executor, stop}),
               Cancelled);
}

TEST(DriveSolver, PredictsWhatTheRenderGives) {
  const AudioBuffer audio = beat(8.0, -6.0);
  MemorySource source(audio);
  const Survey survey = test::survey(source);
  InOrder executor;
  const DriveSolver solver(survey.envelope, -1.0, LimiterParams{}, executor);
  const auto outcome = solver.for_loudness(-12.0);
  ASSERT_TRUE(outcome);
  const Rendered done = render(audio, plan_for(-12.0, -1.0));
  EXPECT_NEAR(done.master.limiter.drive_db, outcome->drive_db, 0.2);
  EXPECT_NEAR(done.master.limiter.reduction_p95_db, outcome->reduction_p95_db, 0.2);
  AudioBuffer written(2, audio.frames());
  for (int c = 0; c < 2; ++c)
    std::copy(done.samples[static_cast<std::size_t>(c)].begin(),
              done.samples[static_cast<std::size_t>(c)].end(), written.channel(c).begin());
  MemorySource master(written);
  EXPECT_NEAR(*test::survey(master).measurements.dynamics->psr_p5_db, outcome->psr_p5_db, 0.3);
}

TEST(DriveSolver, PredictsTheLimiterThatRoundsPeaksAsWell) {
  const AudioBuffer audio = beat(8.0, -6.0);
  MemorySource source(audio);
  const Survey survey = test::survey(source);
  LimiterParams limiter;
  limiter.soft_clip_db = 2.0F;
  InOrder executor;
  const auto outcome = DriveSolver(survey.envelope, -1.0, limiter, executor).for_loudness(-12.0);
  ASSERT_TRUE(outcome);
  Plan plan = plan_for(-12.0, -1.0);
  plan.at(Stage::kLimiting).parameters = {{"soft_clip_db", 2.0}};
  // The prediction rounds the highest peak of a cell, the limiter each point of the waveform: it takes more.
  const Rendered done = render(audio, plan);
  EXPECT_NEAR(done.master.limiter.drive_db, outcome->drive_db, 0.5);
  EXPECT_NEAR(*done.master.after.loudness.integrated_lufs, -12.0, 0.1);
}

TEST(RenderMaster, GivesTheSameBitsWhateverTheExecutorDoes) {
  const AudioBuffer audio = beat(6.0, -6.0);
  Plan plan = plan_for(-12.0, -1.0);
  PlanStage& eq = plan.at(Stage::kCorrectiveEq);
  eq.state = StageState::kOn;
  eq.parameters = {{"phase", 1.0}, {"band_1_shape", 1.0}, {"band_1_gain_db", -3.0}};
  PlanStage& saturation = plan.at(Stage::kSaturation);
  saturation.state = StageState::kOn;
  saturation.parameters = {{"drive_db", 6.0}, {"mix_pct", 20.0}};
  std::vector<std::vector<std::vector<float>>> renders;
  for (Executor* executor : test::every_order()) {
    MemorySource source(audio);
    MemorySink sink(2);
    const Working working{*executor, {}};
    const LimiterEnvelope envelope = envelope_under(plan, source, test::survey(source), working);
    ASSERT_TRUE(render_master(source, sink, plan, envelope, {}, working));
    renders.push_back(sink.samples);
  }
  EXPECT_EQ(renders[0][0].size(), static_cast<std::size_t>(audio.frames()));
  for (const auto& samples : renders) EXPECT_EQ(samples, renders[0]);
}

constexpr LoudnessRules kRules = [] {
  LoudnessRules rules;
  rules.solved = {8.0, 3.0, 0.5};
  rules.gentle = {11.0, 1.5, 0.7};
  rules.streaming = {9.0, 2.5, 0.5};
  rules.loud = {7.0, 4.0, 0.4};
  rules.club = {6.0, 5.5, 0.3};
  rules.refuse = {5.0, 8.0, 0.2};
  rules.working_level = {-3.0, -18.0, 2.0, -24.0, 6.0};
  rules.limiter = {30.0};
  return rules;
}();

Result<Plan> planned(const AudioBuffer& audio, const LoudnessRequest& loudness) {
  MemorySource source(audio);
  Diagnosis diagnosis;
  for (int number = 1; number <= 12; ++number) {
    Finding finding;
    finding.item = number;
    diagnosis.findings.push_back(finding);
  }
  Knowledge known;
  known.loudness = kRules;
  InOrder executor;
  const Working working{executor, {}};
  const Survey survey = test::survey(source);
  auto made =
      plan_master({source, SourceInfo{}, survey, diagnosis, known, working}, {loudness, -1.0, {}, {}});
  if (!made) return Failure{made.why()};
  return std::move(made->plan);
}

TEST(PlanMaster, IntentsGoFromQuietToLoud) {
  using Kind = LoudnessRequest::Kind;
  const AudioBuffer audio = beat(8.0, -6.0);
  double before = -100.0;
  for (const Kind kind : {Kind::kGentle, Kind::kStreaming, Kind::kLoud, Kind::kClub}) {
    const auto plan = planned(audio, {kind, 0.0, false});
    ASSERT_TRUE(plan);
    EXPECT_GE(*plan->loudness_lufs, before);
    before = *plan->loudness_lufs;
    EXPECT_FALSE(plan->why.empty());
  }
}

TEST(PlanMaster, RefusesANumberThatCostsTooMuchAndNamesTheNearest) {
  using Kind = LoudnessRequest::Kind;
  const AudioBuffer audio = beat(8.0, -6.0);
  for (const double asked : {-7.0, -4.0}) {
    const auto plan = planned(audio, {Kind::kNumber, asked, false});
    ASSERT_FALSE(plan);
    const auto at = plan.why().find("--loudness -");
    ASSERT_NE(at, std::string::npos) << plan.why();
    const double nearest = std::stod(plan.why().substr(at + std::string("--loudness ").size()));
    EXPECT_TRUE(planned(audio, {Kind::kNumber, nearest, false})) << plan.why();
  }
}

TEST(PlanMaster, ObeysANumberWithinReach) {
  const auto plan = planned(beat(8.0, -6.0), {LoudnessRequest::Kind::kNumber, -16.0, false});
  ASSERT_TRUE(plan);
  EXPECT_EQ(*plan->loudness_lufs, -16.0);
}

TEST(PlanMaster, SilenceGetsTheCeilingOnly) {
  const auto plan = planned(AudioBuffer(2, 44100), {});
  ASSERT_TRUE(plan);
  EXPECT_FALSE(plan->loudness_lufs);
  EXPECT_FALSE(planned(AudioBuffer(2, 44100), {LoudnessRequest::Kind::kNumber, -14.0, false}));
}

}  // namespace
}  // namespace lacquer
