#include "dsp/matched.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lacquer {
namespace {

constexpr double kTopOfNyquist = 0.9;

double gain_db(const Biquad& filter, double hz, double rate) {
  return 20.0 * std::log10(std::abs(filter.response(2.0 * std::numbers::pi * hz / rate)));
}

double worst_db(const Biquad& filter, const AnalogueSection& section, double rate) {
  double worst = 0.0;
  for (double hz = 20.0; hz <= kTopOfNyquist * rate / 2.0; hz *= 1.01)
    worst = std::max(worst, std::abs(gain_db(filter, hz, rate) - 10.0 * std::log10(section.power(hz))));
  return worst;
}

template <class Check>
void for_each_section(const Check& check) {
  for (const double gain_db : {-6.0, -1.0, 0.5, 3.0, 6.0})
    for (const double q : {0.1, 0.4, 0.7, 1.0, 3.0, 12.0})
      for (double hz = 10.0; hz < 20001.0; hz *= 1.37) {
        check(analogue_bell(hz, gain_db, q));
        if (q > 1.0) continue;
        check(analogue_low_shelf(hz, gain_db, q));
        check(analogue_high_shelf(hz, gain_db, q));
      }
}

// 0.1 dB is what the header promises; 0.005 of it for the rounding of that number.
TEST(Matched, FollowsTheAnaloguePrototypeTo90PercentOfNyquist) {
  for (const double rate : {44100.0, 48000.0, 96000.0})
    for_each_section([&](const AnalogueSection& section) {
      EXPECT_LE(worst_db(matched(section, rate), section, rate), 0.105) << rate << " Hz, " << section.hz;
    });
}

TEST(Matched, IsStableAtEveryRate) {
  for (const double rate : {8000.0, 22050.0, 44100.0, 192000.0, 384000.0})
    for_each_section([&](const AnalogueSection& section) {
      const Biquad filter = matched(section, rate);
      EXPECT_LT(std::abs(filter.a2), 1.0) << rate << " Hz, " << section.hz;
      EXPECT_LT(std::abs(filter.a1), 1.0 + filter.a2) << rate << " Hz, " << section.hz;
    });
}

// What the fit is for: the transform that everyone uses misses the same bell by decibels.
TEST(Matched, CuresTheCrampingOfTheBilinearTransform) {
  const auto bell = analogue_bell(16000.0, 6.0, 1.0);
  EXPECT_GT(worst_db(bilinear(bell, 44100.0), bell, 44100.0), 1.0);
  EXPECT_LT(worst_db(matched(bell, 44100.0), bell, 44100.0), 0.1);
}

TEST(Matched, ButterworthSectionsAreThreeDbDownAtTheirCorner) {
  for (int order = 1; order <= 4; ++order) {
    double db = 0.0;
    for (int k = 0; k < order / 2; ++k)
      db += gain_db(bilinear(analogue_high_pass(30.0, butterworth_q(order, k)), 48000.0), 30.0, 48000.0);
    if (order % 2 == 1) db += gain_db(bilinear(analogue_first_order_high_pass(30.0), 48000.0), 30.0, 48000.0);
    EXPECT_NEAR(db, -3.0103, 1e-3) << order;
  }
}

}  // namespace
}  // namespace lacquer
