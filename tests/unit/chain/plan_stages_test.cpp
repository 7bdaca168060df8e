// What a plan's numbers and words become in the processors of stages 2, 4, 5 and 6.
#include <gtest/gtest.h>

#include "chain/equaliser.h"
#include "chain/saturator.h"
#include "chain/stage_parameters.h"
#include "chain/stereo_width.h"

namespace lacquer {
namespace {

PlanStage stage_of(Stage stage, std::vector<PlanParameter> parameters) {
  PlanStage plan;
  plan.stage = stage;
  plan.parameters = std::move(parameters);
  return plan;
}

TEST(PlanStages, AStageThatSaysNothingIsAtRest) {
  EXPECT_EQ(equaliser_params(stage_of(Stage::kCorrectiveEq, {})), EqualiserParams{});
  EXPECT_EQ(equaliser_params(stage_of(Stage::kEnhancingEq, {})), EqualiserParams{});
  EXPECT_EQ(saturator_params(stage_of(Stage::kSaturation, {})), SaturatorParams{});
  EXPECT_EQ(stereo_width_params(stage_of(Stage::kStereoWidth, {})), StereoWidthParams{});
}

TEST(PlanStages, TheEqualiserReadsEveryParameter) {
  const auto params = equaliser_params(stage_of(Stage::kCorrectiveEq, {{"phase", 1.0},
                                                                       {"remove_dc", 1.0},
                                                                       {"high_pass_hz", 28.0},
                                                                       {"high_pass_db_per_octave", 18.0},
                                                                       {"band_6_shape", 3.0},
                                                                       {"band_6_frequency_hz", 9000.0},
                                                                       {"band_6_gain_db", -2.5},
                                                                       {"band_6_q", 0.5},
                                                                       {"band_6_channels", 2.0},
                                                                       {"output_gain_db", 0.4}}));
  EqualiserParams wanted;
  wanted.phase = EqualiserPhase::kLinear;
  wanted.remove_dc = true;
  wanted.high_pass_hz = 28.0F;
  wanted.high_pass_db_per_octave = 18.0F;
  wanted.bands[5] = {BandShape::kHighShelf, 9000.0F, -2.5F, 0.5F, BandChannels::kSide};
  wanted.output_gain_db = 0.4F;
  EXPECT_EQ(params, wanted);
}

TEST(PlanStages, TheEqualiserReadsEveryPointOfAMatchingCurve) {
  EqualiserParams wanted;
  std::vector<PlanParameter> parameters;
  for (std::size_t band = 0; band < kMatchPoints; ++band) {
    wanted.match.mid_db[band] = 0.5F * static_cast<float>(band) - 7.0F;
    wanted.match.side_db[band] = 9.0F - 0.5F * static_cast<float>(band);
    parameters.push_back({match_id("mid", band), static_cast<double>(wanted.match.mid_db[band])});
    parameters.push_back({match_id("side", band), static_cast<double>(wanted.match.side_db[band])});
  }
  EXPECT_EQ(equaliser_params(stage_of(Stage::kCorrectiveEq, parameters)), wanted);
  EXPECT_EQ(match_id("side", 2), "match_side_31_5_hz_db");
  EXPECT_EQ(match_id("mid", 17), "match_mid_1000_hz_db");
}

TEST(PlanStages, TheSaturatorReadsEveryParameter) {
  EXPECT_EQ(saturator_params(stage_of(Stage::kSaturation, {{"character", 2.0},
                                                           {"drive_db", 6.0},
                                                           {"mix_pct", 20.0},
                                                           {"low_hz", 100.0},
                                                           {"high_hz", 8000.0},
                                                           {"output_gain_db", -0.2}})),
            (SaturatorParams{SaturatorCharacter::kTransformer, 6.0F, 20.0F, 100.0F, 8000.0F, -0.2F}));
}

TEST(PlanStages, TheWidthReadsEveryParameter) {
  EXPECT_EQ(stereo_width_params(stage_of(Stage::kStereoWidth, {{"mono_below_hz", 110.0},
                                                               {"low_makeup_db", 0.7},
                                                               {"side_low_db", -6.0},
                                                               {"side_120_500_db", -1.0},
                                                               {"side_500_4000_db", 0.5},
                                                               {"side_4000_up_db", 2.0},
                                                               {"output_gain_db", 0.1}})),
            (StereoWidthParams{110.0F, 0.7F, -6.0F, -1.0F, 0.5F, 2.0F, 0.1F}));
}

// A plan within its ranges must never be changed in silence by a processor's own limits.
TEST(PlanStages, NoRangeOfAPlanIsWiderThanItsProcessors) {
  for (const Stage stage : {Stage::kCorrectiveEq, Stage::kEnhancingEq, Stage::kStereoWidth})
    for (const ParameterInfo& info : parameters_of(stage)) {
      const bool band = info.id.starts_with("band_") && info.id.ends_with("gain_db");
      if (band || info.id.starts_with("side_")) {
        EXPECT_LE(info.max, 6.0) << info.id;
        EXPECT_GE(info.min, band ? -6.0 : -12.0) << info.id;
      }
    }
}

}  // namespace
}  // namespace lacquer
