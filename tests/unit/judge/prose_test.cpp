#include "judge/prose.h"

#include <gtest/gtest.h>

namespace lacquer::prose {
namespace {

TEST(Prose, uses_a_real_minus_sign_and_no_negative_zero) {
  EXPECT_EQ(dbfs(-6.1), "\u22126.1 dBFS");
  EXPECT_EQ(decimal(-0.04), "0.0");
  EXPECT_EQ(decimal(-0.05000001), "\u22120.1");
  EXPECT_EQ(decimal(12.0), "12.0");
}

TEST(Prose, signs_changes) {
  EXPECT_EQ(change_db(2.0), "+2.0 dB");
  EXPECT_EQ(change_db(-2.0), "\u22122.0 dB");
  EXPECT_EQ(change_db(0.01), "0.0 dB");
}

TEST(Prose, writes_frequencies_as_people_do) {
  EXPECT_EQ(frequency(63.0), "63 Hz");
  EXPECT_EQ(frequency(2000.0), "2 kHz");
  EXPECT_EQ(sample_rate(44100.0), "44.1 kHz");
  EXPECT_EQ(sample_rate(48000.0), "48 kHz");
}

TEST(Prose, counts_with_separators_and_the_right_number) {
  EXPECT_EQ(amount(1, "run", "runs"), "1 run");
  EXPECT_EQ(amount(0, "run", "runs"), "0 runs");
  EXPECT_EQ(amount(1204, "run", "runs"), "1,204 runs");
  EXPECT_EQ(amount(1234567, "run", "runs"), "1,234,567 runs");
}

}  // namespace
}  // namespace lacquer::prose
