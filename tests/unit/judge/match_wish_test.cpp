#include "judge/match_wish.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

constexpr std::size_t k40Hz = 3, k100Hz = 7, k500Hz = 14, k1kHz = 17, k10kHz = 27;

// The healthy mix with sides everywhere `side_to_mid_db` under (or over) the middle.
Measurements mix_with_sides(double side_to_mid_db) {
  Measurements audio = healthy_mix();
  const double side = std::pow(10.0, side_to_mid_db / 10.0);
  auto& shares = audio.stereo->side_share_over_time;
  shares = audio.spectrum->third_octaves_over_time;
  std::fill(shares.values.begin(), shares.values.end(), static_cast<float>(side / (1.0 + side)));
  return audio;
}

// A reference that differs from the mix only as told: `tone_db` at one third-octave.
TargetCurve reference(const Measurements& mix, std::size_t band = k500Hz, double tone_db = 0.0) {
  TargetCurve curve = judge_target();
  curve.level_db = average_levels(mix);
  curve.level_db[band] += tone_db;
  return curve;
}

ReferenceSound sound(double side_to_mid_db) {
  ReferenceSound made;
  made.side_to_mid_db.fill(side_to_mid_db);
  return made;
}

TEST(MatchWish, GoesTheShareOfTheDistanceThatWasAskedFor) {
  const Measurements mix = mix_with_sides(-10.0);
  for (const double amount : {0.25, 0.5, 1.0}) {
    const MatchWish wish =
        wish_for(mix, reference(mix, k500Hz, -4.0), sound(-13.0), amount, true, judge_chain_rules());
    EXPECT_NEAR(wish.width_db[k1kHz], -3.0 * amount, 1e-6);
    const BandLevels response = wish.response_db(side_to_mid_levels(mix));
    EXPECT_NEAR(response[k500Hz], -4.0 * amount, 1e-6);  // of both channels together, whatever the sides do
    EXPECT_NEAR(response[k1kHz], 0.0, 1e-6);
  }
}

TEST(MatchWish, LimitsAreThoseOfAHalfUpToThereAndWidenBeyond) {
  const Measurements mix = mix_with_sides(-10.0);
  const auto at = [&](double amount, double distance_db) {
    return wish_for(mix, reference(mix, k500Hz, distance_db), sound(-10.0), amount, true,
                    judge_chain_rules());
  };
  EXPECT_NEAR(at(0.5, 40.0).tone_db[k500Hz], 4.0, 1e-6);
  EXPECT_NEAR(at(0.5, -40.0).tone_db[k500Hz], -6.0, 1e-6);
  EXPECT_NEAR(at(0.75, 40.0).tone_db[k500Hz], 11.0, 1e-6);
  EXPECT_NEAR(at(1.0, 40.0).tone_db[k500Hz], 18.0, 1e-6);
  EXPECT_EQ(at(1.0, 40.0).held[k500Hz], MatchHold::kLimit);
  EXPECT_EQ(at(1.0, 10.0).held[k500Hz], MatchHold::kNone);
}

TEST(MatchWish, RaisesNeitherNoiseNorWhatIsNotThere) {
  Measurements mix = mix_with_sides(-10.0);
  auto& third = mix.spectrum->third_octaves[k10kHz];
  third.level_db = -45.0;
  const auto at = [&](double wanted_db) {
    return wish_for(mix, reference(mix, k10kHz, wanted_db), sound(-10.0), 1.0, true, judge_chain_rules());
  };
  third.spread_db = 20.0;  // moves like music
  EXPECT_GT(at(12.0).tone_db[k10kHz], 11.0);
  third.spread_db = 3.0;  // as steady as hiss
  EXPECT_EQ(at(12.0).tone_db[k10kHz], 0.0);
  EXPECT_EQ(at(12.0).held[k10kHz], MatchHold::kNoise);
  EXPECT_LT(at(-12.0).tone_db[k10kHz], -11.0);  // hiss may be taken away
  third.spread_db = 20.0;
  third.level_db = -70.0;
  EXPECT_EQ(at(12.0).held[k10kHz], MatchHold::kNothing);
}

TEST(MatchWish, BeyondSixteenKilohertzAndBelowFortyHertzOnlyCutsGoOn) {
  const Measurements mix = mix_with_sides(-10.0);
  const auto at = [&](double wanted_db) {
    return wish_for(mix, reference(mix, k40Hz, wanted_db), sound(-10.0), 1.0, true, judge_chain_rules());
  };
  EXPECT_NEAR(at(-9.0).tone_db[0], -9.0, 1e-6);
  EXPECT_EQ(at(9.0).tone_db[0], 0.0);
}

TEST(MatchWish, WidensNoFurtherThanMonoAndTheBassAllow) {
  const ChainRules rules = judge_chain_rules();
  const Measurements narrow = mix_with_sides(-14.0);
  const MatchWish wish = wish_for(narrow, reference(narrow), sound(3.0), 1.0, true, rules);
  EXPECT_NEAR(wish.width_db[k1kHz], 14.0, 1e-4);  // to sides as loud as the middle
  EXPECT_NEAR(wish.width_db[k100Hz], 6.0, 1e-4);  // to -8 dB
  // What is wider than that already is not narrowed for it, where the reference is as wide.
  const Measurements wide = mix_with_sides(2.0);
  EXPECT_NEAR(wish_for(wide, reference(wide), sound(3.0), 1.0, true, rules).width_db[k1kHz], 0.0, 1e-4);
  // What has no sides gets none.
  const Measurements mono = mix_with_sides(-50.0);
  EXPECT_EQ(wish_for(mono, reference(mono), sound(-5.0), 1.0, true, rules).width_db[k1kHz], 0.0);
  EXPECT_EQ(wish_for(narrow, reference(narrow), sound(3.0), 1.0, false, rules).width_db[k1kHz], 0.0);
}

}  // namespace
}  // namespace lacquer
