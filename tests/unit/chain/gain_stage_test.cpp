#include "chain/gain_stage.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/decibels.h"
#include "support/signals.h"

namespace lacquer {
namespace {

TEST(GainStage, BalanceIsHalfOnEachSide) {
  GainStage stage;
  stage.prepare({48000.0, 2, 480});
  stage.set_params({-6.0F, 2.0F});
  AudioBuffer audio = test::on_channels(std::vector<float>(480, 0.5F), 2);
  stage.process(audio.block());
  EXPECT_NEAR(audio.channel(0)[0], 0.5 * db_to_gain(-7.0), 1e-6);
  EXPECT_NEAR(audio.channel(1)[0], 0.5 * db_to_gain(-5.0), 1e-6);
}

TEST(GainStage, OnlyTwoChannelsHaveABalance) {
  for (const int channels : {1, 6}) {
    GainStage stage;
    stage.prepare({48000.0, channels, 480});
    stage.set_params({0.0F, 6.0F});
    AudioBuffer audio = test::on_channels(std::vector<float>(480, 0.3F), channels);
    stage.process(audio.block());
    for (int c = 0; c < channels; ++c) EXPECT_EQ(audio.channel(c)[0], 0.3F);
  }
}

TEST(GainStage, ReadsAPlan) {
  PlanStage stage;
  stage.stage = Stage::kGainStaging;
  EXPECT_EQ(gain_stage_params(stage), GainStageParams{});
  stage.parameters = {{"trim_db", -3.5}, {"balance_db", 1.25}};
  EXPECT_EQ(gain_stage_params(stage), (GainStageParams{-3.5F, 1.25F}));
}

}  // namespace
}  // namespace lacquer
