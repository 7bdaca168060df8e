#include "dsp/compressor_gain.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lacquer {
namespace {

constexpr double kCells = 3000.0;  // a second

CompressorGain prepared(const CompressorGainParams& params) {
  CompressorGain gain;
  gain.prepare(kCells);
  gain.set_params(params);
  return gain;
}

double after(CompressorGain& gain, double level_dbfs, double seconds) {
  double reduction = 0.0;
  for (int i = 0; i < static_cast<int>(seconds * kCells); ++i)
    reduction = gain.push(std::pow(10.0, level_dbfs / 10.0));
  return reduction;
}

TEST(CompressorGain, SettlesOnTheCurveOfGiannoulis) {
  const CompressorGainParams params{-20.0, 3.0, 6.0, 10.0, 100.0, 12.0, 5.0};
  const auto settled = [&](double level) {
    CompressorGain gain = prepared(params);
    return after(gain, level, 2.0);
  };
  EXPECT_EQ(settled(-23.5), 0.0);                               // below the knee
  EXPECT_NEAR(settled(-20.0), (2.0 / 3.0) * 9.0 / 12.0, 0.01);  // in its middle: W / 8 of the slope
  EXPECT_NEAR(settled(-17.0), (2.0 / 3.0) * 3.0, 0.01);         // where it ends both formulas agree
  EXPECT_NEAR(settled(-8.0), (2.0 / 3.0) * 12.0, 0.01);         // above
  EXPECT_NEAR(settled(0.0), 12.0, 0.01);                        // never more than most_reduction_db
}

TEST(CompressorGain, AHardKneeIsNoDivisionByZero) {
  CompressorGain gain = prepared({-20.0, 2.0, 0.0, 10.0, 100.0, 12.0, 5.0});
  EXPECT_NEAR(after(gain, -20.0, 1.0), 0.0, 1e-6);
  EXPECT_NEAR(after(gain, -10.0, 1.0), 5.0, 0.01);
}

// One pole: 63 % of the way after attack_ms, the averaging being short beside it.
TEST(CompressorGain, TakesItsAttack) {
  CompressorGain gain = prepared({-20.0, 2.0, 0.0, 50.0, 100.0, 12.0, 0.1});
  EXPECT_NEAR(after(gain, -10.0, 0.05), 5.0 * 0.632, 0.1);
}

TEST(CompressorGain, LetsAShortMomentGoQuickerThanALongOne) {
  const CompressorGainParams params{-20.0, 2.0, 0.0, 5.0, 100.0, 12.0, 1.0};
  CompressorGain brief = prepared(params);
  after(brief, -10.0, 0.03);
  CompressorGain lengthy = prepared(params);
  after(lengthy, -10.0, 3.0);
  const double brief_left = after(brief, -60.0, 0.2) / 5.0;
  const double lengthy_left = after(lengthy, -60.0, 0.2) / 5.0;
  EXPECT_LT(brief_left, 0.2);
  EXPECT_GT(lengthy_left, 0.5);
}

}  // namespace
}  // namespace lacquer
