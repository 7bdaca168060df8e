#include "session/loudness_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "session/drive_solver.h"
#include "session/survey.h"
#include "support/signals.h"
#include "unit/session/memory_source.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

Plan plain_plan() {
  Plan plan;
  for (std::size_t i = 0; i < kStages.size(); ++i) plan.stages[i].stage = kStages[i];
  return plan;
}

BandEnvelope bands_of(const AudioBuffer& audio, double from_s, double to_s) {
  MemorySource source(audio);
  return band_envelope(source, plain_plan(), {from_s, to_s}, {});
}

std::vector<float> moving(const BandEnvelope& passage, double hz, double depth) {
  std::vector<float> gains(passage.bands.front().energy.size());
  for (std::size_t k = 0; k < gains.size(); ++k)
    gains[k] = static_cast<float>(1.0 + depth * std::sin(2.0 * std::numbers::pi * hz *
                                                         static_cast<double>(k) / passage.cells_per_second));
  return gains;
}

TEST(BandEnvelope, PutsATonesPowerIntoItsBand) {
  for (const auto& [hz, band] : {std::pair{50.0, 0}, {250.0, 1}, {1500.0, 2}, {9000.0, 3}}) {
    const BandEnvelope passage = bands_of(on_channels(sine(kRate, hz, -12.0, 6.0), 2), 2.0, 5.0);
    ASSERT_EQ(passage.bands.size(), 4U);
    double all = 0.0;
    std::vector<double> energy;
    for (const BandEnvelope::Band& one : passage.bands) {
      double sum = 0.0;
      for (const float e : one.energy) sum += e;
      energy.push_back(sum);
      all += sum;
    }
    EXPECT_GT(energy[static_cast<std::size_t>(band)] / all, 0.97) << hz;
    // Mean square of a sine: half its amplitude squared.
    const double samples = passage.samples_per_cell * static_cast<double>(passage.bands[0].energy.size());
    EXPECT_NEAR(10.0 * std::log10(energy[static_cast<std::size_t>(band)] / samples), -15.01, 1.0)
        << hz << "; a crossover takes half a dB an octave away from it";
  }
}

TEST(BandEnvelope, BeginsOnTheCellOfTheLimitersOwnEnvelope) {
  AudioBuffer audio = on_channels(std::vector<float>(static_cast<std::size_t>(4 * kRate)), 2);
  audio.channel(0)[100000] = 0.5F;  // one click
  MemorySource source(audio);
  const LimiterEnvelope whole = test::survey(source).envelope;
  const BandEnvelope passage = bands_of(audio, 1.5, 3.0);
  const auto loudest = [](const std::vector<float>& values) {
    return std::max_element(values.begin(), values.end()) - values.begin();
  };
  EXPECT_NEAR(static_cast<double>(passage.first_cell + loudest(passage.bands.back().peak)),
              static_cast<double>(loudest(whole.peak)), 2.0);
}

TEST(LimitingDamage, AConstantGainDoesNone) {
  const BandEnvelope passage = bands_of(beat(6.0, -6.0), 1.0, 5.0);
  const std::vector<float> gains(passage.bands.front().energy.size(), 2.5F);
  const LimitingDamage damage = limiting_damage(passage, gains);
  EXPECT_NEAR(*damage.bass_intermodulation_pct, 0.0, 1e-3);
  for (const LimitingDamage::Band& band : damage.bands) {
    EXPECT_NEAR(*band.crest_lost_db, 0.0, 1e-3);
    EXPECT_NEAR(*band.level_change_db, 0.0, 1e-3);
  }
}

TEST(LimitingDamage, ReadsTheDepthOfAGainThatMovesWithTheBassAndNotOneThatFades) {
  const BandEnvelope passage = bands_of(on_channels(white_noise(kRate, -6.0, 6.0, 5), 2), 1.0, 5.0);
  // An amplitude modulation of depth m has an RMS of m / sqrt(2).
  for (const double hz : {40.0, 60.0, 110.0})
    EXPECT_NEAR(*limiting_damage(passage, moving(passage, hz, 0.05)).bass_intermodulation_pct, 3.54, 1.0)
        << hz;
  EXPECT_LT(*limiting_damage(passage, moving(passage, 1.0, 0.05)).bass_intermodulation_pct, 0.05);
  EXPECT_LT(*limiting_damage(passage, moving(passage, 800.0, 0.05)).bass_intermodulation_pct, 0.8);
}

TEST(LimitingDamage, TurningDownHitsCostsTheCrestAndTheLevelOfTheirBand) {
  const BandEnvelope passage = bands_of(beat(8.0, -6.0), 4.0, 8.0);
  std::vector<float> gains(passage.bands.front().energy.size(), 1.0F);
  // Half the level wherever the lows are within 6 dB of their highest.
  const std::vector<float>& lows = passage.bands.front().peak;
  const float highest = *std::max_element(lows.begin(), lows.end());
  for (std::size_t k = 0; k < gains.size(); ++k)
    if (lows[k] > 0.5F * highest) gains[k] = 0.5F;
  const LimitingDamage damage = limiting_damage(passage, gains);
  EXPECT_GT(*damage.bands.front().crest_lost_db, 1.0);
  EXPECT_GT(*damage.bands.back().level_change_db, *damage.bands.front().level_change_db + 0.1)
      << "the lows lose against the highs";
}

TEST(LoudnessCurve, MoreDriveCostsMoreAndBuysLessAndLess) {
  const AudioBuffer audio = beat(8.0, -6.0);
  MemorySource source(audio);
  const Survey survey = test::survey(source);
  LoudnessRules rules;
  rules.refuse = {10.0, 1.5, 0.7};
  PlatformRule service;
  service.name = "A service";
  service.gain = GainRule::kDownOnly;
  service.reference_lufs = -14.0;
  service.default_mode = true;
  const LoudnessCurve curve =
      loudness_curve(survey.envelope, bands_of(audio, 0.0, 8.0), plain_plan(), rules, {service});
  ASSERT_EQ(curve.steps.size(), 11U);
  const LoudnessStep& first = curve.steps.front();
  const LoudnessStep& last = curve.steps.back();
  EXPECT_NEAR(*first.crest_lost_db(), 0.0, 0.05) << "nothing is limited at the first step";
  EXPECT_LT(*first.damage.bass_intermodulation_pct, 0.05);
  EXPECT_GT(*last.crest_lost_db(), 1.0);
  EXPECT_GT(*last.level_change_db(), 0.05);
  EXPECT_GT(*last.damage.bass_intermodulation_pct, 0.1);
  EXPECT_TRUE(first.within_budget);
  EXPECT_FALSE(last.within_budget);
  for (std::size_t i = 1; i < curve.steps.size(); ++i) {
    EXPECT_GE(curve.steps[i].lufs, curve.steps[i - 1].lufs - 0.01);
    EXPECT_EQ(curve.steps[i].only_costs, curve.steps[i].lufs > -14.0);
    EXPECT_NEAR(curve.steps[i].left_lufs.front(), std::min(-14.0, curve.steps[i].lufs), 1e-9);
  }
}

TEST(LoudnessCurve, AgreesWithTheSolverOnWhatIsAffordable) {
  MemorySource source(beat(8.0, -6.0));
  const Survey survey = test::survey(source);
  LoudnessRules rules;
  rules.refuse = {7.0, 4.0, 0.4};
  InOrder executor;
  const DriveSolver solver(survey.envelope, -1.0, limiter_params(plain_plan().at(Stage::kLimiting)),
                           executor);
  for (const LoudnessStep& step : loudness_curve(survey.envelope, {}, plain_plan(), rules, {}).steps) {
    EXPECT_EQ(step.within_budget, solver.affordable(*solver.at(step.drive_db), rules.refuse));
    EXPECT_FALSE(step.crest_lost_db()) << "no passage, no bands";
  }
}

TEST(DriveSolver, TheCurveOfAStretchIsThatOfTheWhole) {
  MemorySource source(beat(20.0, 6.0));
  const Survey survey = test::survey(source);
  InOrder executor;
  const DriveSolver solver(survey.envelope, -1.0, {}, executor);
  const std::vector<float> whole = solver.gains(6.0, 0, survey.envelope.peak.size());
  EXPECT_EQ(whole.size(), survey.envelope.peak.size());
  const std::size_t from = 30000;
  const std::vector<float> part = solver.gains(6.0, from, 5000);
  ASSERT_EQ(part.size(), 5000U);
  for (std::size_t k = 0; k < part.size(); ++k)
    ASSERT_NEAR(part[k], whole[from + k], 1e-3F * whole[from + k]);
}

}  // namespace
}  // namespace lacquer
