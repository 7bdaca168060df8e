#include "measure/bit_meter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

TEST(BitMeter, CountsTheBitsThatAreUsed) {
  for (const int bits : {8, 12, 14, 16, 20, 23}) {
    auto signal = test::tune(kRate, 4.0, 5);
    test::to_bits(signal, bits);
    EXPECT_EQ(*source_of(signal).effective_bits, bits);
  }
  auto signal = test::tune(kRate, 4.0, 5);
  test::to_bits(signal, 24);
  EXPECT_EQ(*source_of(signal).effective_bits, 24);
  EXPECT_FALSE(source_of(signal).quantisation_step);
}

TEST(BitMeter, SeesTheStepsOfSixteenBitsThroughAGain) {
  for (const double gain_db : {-18.0, -6.0, -1.7, 3.3}) {
    const double gain = std::pow(10.0, gain_db / 20.0);
    auto signal = test::tune(kRate, 20.0, 6);
    test::to_bits(signal, 16, gain);
    const auto step = source_of(signal).quantisation_step;
    ASSERT_TRUE(step) << gain_db;
    // The lattice is fitted over hundreds of steps, each off by at most one 24-bit step in 256.
    EXPECT_NEAR(*step / (gain / 32768.0), 1.0, 0.005) << gain_db;
    EXPECT_LE(*source_of(signal).effective_bits, 16 + static_cast<int>(std::ceil(-gain_db / 6.02 + 1.0)));
  }
}

TEST(BitMeter, DoesNotTakeFloatForALattice) {
  auto signal = test::tune(kRate, 20.0, 6);
  for (float& x : signal) x *= 0.731F;
  const SourceResult source = source_of(signal);
  EXPECT_FALSE(source.effective_bits);
  EXPECT_FALSE(source.quantisation_step);
}

}  // namespace
}  // namespace lacquer
