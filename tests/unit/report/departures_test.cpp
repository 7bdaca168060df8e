#include "report/departures.h"

#include <gtest/gtest.h>

#include "tests/unit/report/samples.h"

namespace lacquer {
namespace {

std::vector<ThirdOctave> on_target(const TargetCurve& curve) {
  std::vector<ThirdOctave> bands;
  for (int i = 0; i < kTargetBands; ++i)
    bands.push_back({target_band_hz(i), curve.level_db[static_cast<std::size_t>(i)]});
  return bands;
}

TEST(Departures, ABandIsOutsidePastItsToleranceAndNotShortOfIt) {
  const TargetCurve curve = samples::target().curve;
  auto bands = on_target(curve);
  *bands[14].level_db += 2.9;
  EXPECT_TRUE(departure_runs(departures(bands, curve)).empty());
  *bands[14].level_db += 0.2;
  const auto runs = departure_runs(departures(bands, curve));
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_NEAR(runs[0].peak.hz, 501.2, 0.1);
  EXPECT_NEAR(runs[0].peak.deviation_db, 3.1, 1e-9);
}

TEST(Departures, NeighboursOnOneSideAreOneRunNamedByItsFurthestBand) {
  const TargetCurve curve = samples::target().curve;
  auto bands = on_target(curve);
  *bands[12].level_db += 4.0;
  *bands[13].level_db += 6.0;
  *bands[14].level_db -= 5.0;
  const auto runs = departure_runs(departures(bands, curve));
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_NEAR(runs[0].low_hz, 316.2, 0.1);
  EXPECT_NEAR(runs[0].high_hz, 398.1, 0.1);
  EXPECT_NEAR(runs[0].peak.deviation_db, 6.0, 1e-9);
  EXPECT_NEAR(runs[1].peak.deviation_db, -5.0, 1e-9);
}

TEST(Departures, AMissingSubIsNoFaultButATooLoudOneIs) {
  const TargetCurve curve = samples::target().curve;
  auto bands = on_target(curve);
  for (std::size_t i = 0; i < 5; ++i) *bands[i].level_db -= 30.0;
  EXPECT_TRUE(departure_runs(departures(bands, curve)).empty());
  *bands[2].level_db += 50.0;
  EXPECT_EQ(departure_runs(departures(bands, curve)).size(), 1u);
}

TEST(Departures, TheOutermostBandsAreLeftToTheMetersOfRumbleAndEncoding) {
  const TargetCurve curve = samples::target().curve;
  auto bands = on_target(curve);
  *bands.front().level_db += 30.0;
  *bands.back().level_db -= 70.0;
  EXPECT_TRUE(departure_runs(departures(bands, curve)).empty());
}

TEST(Departures, BandsWithoutALevelAreLeftOut) {
  const TargetCurve curve = samples::target().curve;
  auto bands = on_target(curve);
  bands[3].level_db.reset();
  bands[4].level_db = -INFINITY;
  bands[5].hz = NAN;
  EXPECT_EQ(departures(bands, curve).size(), 28u);
  EXPECT_TRUE(departures({}, curve).empty());
}

}  // namespace
}  // namespace lacquer
