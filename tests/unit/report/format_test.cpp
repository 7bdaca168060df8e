#include "report/format.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lacquer {
namespace {

TEST(Format, NegativeNumbersHaveATrueMinusAndZeroHasNone) {
  EXPECT_EQ(number(-14.04), "\u221214.0");
  EXPECT_EQ(number(-0.04), "0.0");
  EXPECT_EQ(number(0.0), "0.0");
  EXPECT_EQ(signed_number(1.25, 2), "+1.25");
  EXPECT_EQ(signed_number(0.04), "0.0");
  EXPECT_EQ(signed_number(-3.0), "\u22123.0");
}

TEST(Format, AMissingOrImpossibleValueIsADashWithoutAUnit) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const std::optional<double> value : {std::optional<double>(), std::optional(infinity),
                                            std::optional(-infinity), std::optional(std::nan(""))}) {
    EXPECT_EQ(quantity(value, "LUFS"), "\u2014");
    EXPECT_EQ(signed_quantity(value, "dB"), "\u2014");
    EXPECT_EQ(plain_number(value), "\u2014");
  }
  EXPECT_EQ(quantity(-14.0, "LUFS"), "\u221214.0 LUFS");
}

TEST(Format, LongNumbersAreGroupedAndHugeOnesFit) {
  EXPECT_EQ(quantity(44100.0, "Hz", 0), "44,100 Hz");
  EXPECT_EQ(quantity(4000.0, "Hz", 0), "4000 Hz");
  EXPECT_EQ(number(-1234567.25, 2), "\u22121,234,567.25");
  EXPECT_GT(number(std::numeric_limits<double>::max()).size(), 309u);
}

TEST(Format, PlainNumbersKeepNoEmptyDecimals) {
  EXPECT_EQ(plain_number(120.0), "120");
  EXPECT_EQ(plain_number(1.5), "1.5");
  EXPECT_EQ(plain_number(-1.02), "\u22121.02");
  EXPECT_EQ(parameter_text(Stage::kLimiting, {"release_ms", 120.0}), "Release 120 ms");
  EXPECT_EQ(parameter_text(Stage::kLimiting, {"ceiling_dbtp", -1.0}), "Ceiling \u22121 dBTP");
  EXPECT_EQ(parameter_text(Stage::kLimiting, {"oversampling", 4.0}), "Oversampling 4");
  EXPECT_EQ(parameter_text(Stage::kSaturation, {"character", 1.0}), "Character tube");
}

TEST(Format, SaysABandInOneGo) {
  PlanStage eq;
  eq.stage = Stage::kCorrectiveEq;
  eq.parameters = {{"high_pass_hz", 25.0},          {"band_1_shape", 1.0},    {"band_1_frequency_hz", 250.0},
                   {"band_1_gain_db", 3.6},         {"band_1_q", 1.4},        {"band_2_shape", 3.0},
                   {"band_2_frequency_hz", 8000.0}, {"band_2_gain_db", -1.0}, {"band_2_channels", 2.0},
                   {"output_gain_db", -0.2}};
  EXPECT_EQ(
      settings_text(eq),
      "High-pass 25 Hz; bell at 250 Hz, +3.6 dB, Q 1.4; high-shelf at 8000 Hz, \u22121.0 dB, Q 0.7, side "
      "only; Output gain \u22120.2 dB");
  PlanStage bands;
  bands.stage = Stage::kMultibandCompression;
  bands.parameters = {{"crossover_1_hz", 120.0}, {"band_1_threshold_dbfs", -20.0}, {"band_1_ratio", 2.0}};
  EXPECT_EQ(settings_text(bands), "Crossover 1 120 Hz; Band 1, threshold \u221220 dBFS, ratio 2:1");
}

TEST(Format, TimesAreMinutesAndSecondsRoundedDown) {
  EXPECT_EQ(clock(65.0), "1:05");
  EXPECT_EQ(clock(59.99), "0:59");
  EXPECT_EQ(clock(3723.0), "1:02:03");
  EXPECT_EQ(clock(-1.0), "0:00");
  EXPECT_EQ(clock(1e300), "2400:00:00");
  EXPECT_EQ(clock(std::nan("")), "\u2014");
  EXPECT_EQ(duration(0.35), "0.35 s");
}

TEST(Format, RangesWithinOneSecondAreOneTimeAndLongListsEndInACount) {
  EXPECT_EQ(time_range({12.0, 12.4}), "0:12");
  EXPECT_EQ(time_range({65.0, 67.5}), "1:05\u20131:07");
  EXPECT_EQ(times({{1, 1}, {1.2, 1.3}, {2, 2}, {3, 3}, {4, 4}}, 2), "0:01, 0:02 and 2 more");
  EXPECT_EQ(times({}, 2), "");
}

TEST(Format, EvidenceSaysHowFarFromItsLimitInTheUnitOfADifference) {
  const Evidence over{"true_peak", -0.4, "dBTP", -1.0, -0.6};
  EXPECT_EQ(value_text(over), "\u22120.4 dBTP");
  EXPECT_EQ(distance_text(over), "0.6 dB past");
  const Evidence under{"integrated", -15.0, "LUFS", -14.0, 1.0};
  EXPECT_EQ(distance_text(under), "just inside by 1.0 LU");
  EXPECT_EQ(threshold_text({"x", 1.0, "dB", std::nullopt, std::nullopt}), "\u2014");
}

TEST(Format, NamesOfMeasuresReadAsWords) {
  EXPECT_EQ(label("true_peak"), "True peak");
  EXPECT_EQ(label("plr_db"), "PLR");
  EXPECT_EQ(label("dc-offset"), "DC offset");
  EXPECT_EQ(label(""), "");
  EXPECT_EQ(label("level_40_125_hz"), "Level, 40–125 Hz");
  EXPECT_EQ(label("side_to_mid_below_120_hz"), "Side to mid below 120 Hz");
  EXPECT_EQ(label("mono_loss_1000_hz"), "Mono loss, 1000 Hz");
  EXPECT_EQ(label("sample_rate_hz"), "Sample rate");
}

TEST(Format, ASourceIsDescribedByWhatIsKnown) {
  SourceInfo source;
  source.container = "mp3";
  source.codec = "mp3";
  source.sample_rate_hz = 22050.0;
  source.channels = 1;
  source.duration_s = 61.0;
  EXPECT_EQ(describe(source), "MP3 \u00b7 mp3 \u00b7 22.05 kHz \u00b7 mono \u00b7 1:01");
}

TEST(Format, RangesThatShareASecondAreReadAsOne) {
  EXPECT_EQ(times({{5.1, 5.2}, {5.8, 6.1}, {6.9, 7.0}, {9.0, 9.1}}, 4), "0:05\u20130:07, 0:09");
}

TEST(Format, ANearMissReadsAsOne) {
  const auto text = [](double value, double threshold, const char* unit) {
    return distance_text({"x", value, unit, threshold, threshold - value});
  };
  EXPECT_EQ(text(2.5, 3.0, "dB"), "just inside by 0.5 dB");
  EXPECT_EQ(text(3.5, 3.0, "dB"), "just past by 0.5 dB");
  EXPECT_EQ(text(2.3, 3.0, "dB"), "0.7 dB inside");
  EXPECT_EQ(text(3.7, 3.0, "dB"), "0.7 dB past");
  // A fifth of a level is no small step, and a fifth of nothing none at all.
  EXPECT_EQ(text(-48.9, -50.0, "dBFS"), "1.1 dB past");
  EXPECT_EQ(text(-50.9, -50.0, "dBFS"), "just inside by 0.9 dB");
  EXPECT_EQ(text(0.1, 0.0, "dB"), "just past by 0.1 dB");
  EXPECT_EQ(text(1.0, 0.0, "runs"), "1 runs past");
  EXPECT_EQ(text(0.045, 0.05, "share"), "just inside by 0.5\u202f%");
  EXPECT_EQ(distance_text({"x", 3.0, "dB", 3.0, 0.0}), "at the limit");
  EXPECT_FALSE(is_near_miss({"x", 3.0, "dB", std::nullopt, 0.1}));
}

TEST(Format, ConfidenceIsAWord) {
  EXPECT_EQ(confidence_words(1.0), "certain");
  EXPECT_EQ(confidence_words(0.9), "sure");
  EXPECT_EQ(confidence_words(0.6), "fairly sure");
  EXPECT_EQ(confidence_words(0.5), "not sure");
  EXPECT_EQ(confidence_words(0.3), "a guess");
  EXPECT_EQ(confidence_words(std::nan("")), "");
}

TEST(Format, BandsShareTheirUnit) {
  EXPECT_EQ(band_text(300.0, 800.0), "300\u2013800 Hz");
  EXPECT_EQ(band_text(1000.0, 3000.0), "1\u20133 kHz");
  EXPECT_EQ(band_text(500.0, 1200.0), "500 Hz\u20131.2 kHz");
}

}  // namespace
}  // namespace lacquer
