// EBU Tech 3341 v4 (tests 1-6, 9-23) and Tech 3342 v4 (tests 1-4), synthesised from their tables. Each has
// two verdicts: within the standard's tolerance, and equal to this meter's own last value to 0.006, so that a
// drift inside the tolerance is seen too. Tests 7 and 8 are recordings that may not be redistributed.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "core/decibels.h"
#include "support/meter_signal.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kToneHz = 1000.0;
constexpr double kSame = 0.006;
// The weighting at 1,000 Hz is 0.006 to 0.011 dB (by rate) above that at 997 Hz, for which the scale is set.
constexpr double kAt1kHz = 0.008;

class Ebu : public ::testing::TestWithParam<double> {
 protected:
  double rate() const { return GetParam(); }

  struct Step {
    double level_dbfs;  // -999 is silence
    double seconds;
  };
  // A 1 kHz tone whose level changes in steps and whose phase runs on.
  std::vector<float> steps(const std::vector<Step>& list) const {
    std::vector<float> out;
    double end_s = 0.0;
    for (const Step& step : list) {
      end_s += step.seconds;
      const auto end = static_cast<std::size_t>(std::llround(end_s * rate()));
      const double amplitude = step.level_dbfs < -900.0 ? 0.0 : db_to_gain(step.level_dbfs);
      while (out.size() < end)
        out.push_back(static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * kToneHz *
                                                              static_cast<double>(out.size()) / rate())));
    }
    return out;
  }
  Measurements stereo(const std::vector<Step>& list) const {
    return test::measure(test::on_channels(steps(list), 2), rate(), {}, MeasureGroups::kLoudness);
  }
};

void expect_value(std::optional<double> value, double standard, double tolerance, double last,
                  const char* what) {
  ASSERT_TRUE(value) << what;
  EXPECT_NEAR(*value, standard, tolerance) << what << ": the standard";
  EXPECT_NEAR(*value, last, kSame) << what << ": this meter's last value";
}

TEST_P(Ebu, Tech3341Tests1And2SteadyTone) {
  for (const double level : {-23.0, -33.0}) {
    const auto m = stereo({{level, 20.0}}).loudness;
    expect_value(m.integrated_lufs, level, 0.1, level + kAt1kHz, "integrated");
    expect_value(m.momentary_max_lufs, level, 0.1, level + kAt1kHz, "momentary");
    expect_value(m.short_term_max_lufs, level, 0.1, level + kAt1kHz, "short-term");
  }
}

TEST_P(Ebu, Tech3341Tests3To5Gating) {
  expect_value(stereo({{-36, 10}, {-23, 60}, {-36, 10}}).loudness.integrated_lufs, -23.0, 0.1, -23.012,
               "test 3");
  expect_value(stereo({{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}}).loudness.integrated_lufs,
               -23.0, 0.1, -23.012, "test 4");
  expect_value(stereo({{-26, 20}, {-20, 20.1}, {-26, 20}}).loudness.integrated_lufs, -23.0, 0.1, -22.975,
               "test 5");
}

TEST_P(Ebu, Tech3341Test6FiveChannels) {
  AudioBuffer audio(5, static_cast<int>(20.0 * rate()));
  const double levels[] = {-28, -28, -24, -30, -30};
  for (int c = 0; c < 5; ++c) {
    const auto tone = steps({{levels[c], 20.0}});
    std::copy(tone.begin(), tone.end(), audio.channel(c).begin());
  }
  const auto m = test::measure(audio, rate(), {}, MeasureGroups::kLoudness);
  expect_value(m.loudness.integrated_lufs, -23.0, 0.1, -23.014, "test 6");
}

TEST_P(Ebu, Tech3341Test9ShortTermIsConstantAfterThreeSeconds) {
  std::vector<Step> list;
  for (int i = 0; i < 5; ++i) list.insert(list.end(), {{-20, 1.34}, {-30, 1.66}});
  const auto m = stereo(list).loudness;
  expect_value(m.short_term_max_lufs, -23.0, 0.1, -22.985, "maximum");
  for (std::size_t i = 30; i < m.short_term_lufs.size(); ++i)
    EXPECT_NEAR(m.short_term_lufs[i], -23.0, 0.1) << i;
}

TEST_P(Ebu, Tech3341Test12MomentaryIsConstantAfterOneSecond) {
  std::vector<Step> list;
  for (int i = 0; i < 25; ++i) list.insert(list.end(), {{-20, 0.18}, {-30, 0.22}});
  const auto m = stereo(list).loudness;
  for (std::size_t i = 10; i < m.momentary_lufs.size(); ++i)
    EXPECT_NEAR(m.momentary_lufs[i], -23.0, 0.1) << i;
}

TEST_P(Ebu, Tech3341Tests10And11ShortTermMaximumAtEveryShift) {
  for (int i = 0; i < 20; ++i) {
    const auto file = stereo({{-999, i * 0.15}, {-23, 3}, {-999, 1}});
    expect_value(file.loudness.short_term_max_lufs, -23.0, 0.1, -23.0 + kAt1kHz, "test 10");
    const auto live = stereo({{-999, i * 0.15}, {-38.0 + i, 3}, {-999, 3 - i * 0.15}});
    expect_value(live.loudness.short_term_max_lufs, -38.0 + i, 0.1, -38.0 + i + kAt1kHz, "test 11");
  }
}

TEST_P(Ebu, Tech3341Tests13And14MomentaryMaximumAtEveryShift) {
  for (int i = 0; i < 20; ++i) {
    const auto file = stereo({{-999, i * 0.02}, {-23, 0.4}, {-999, 1}});
    expect_value(file.loudness.momentary_max_lufs, -23.0, 0.1, -23.0 + kAt1kHz, "test 13");
    const auto live = stereo({{-999, i * 0.02}, {-38.0 + i, 0.4}, {-999, 0.4 - i * 0.02}});
    expect_value(live.loudness.momentary_max_lufs, -38.0 + i, 0.1, -38.0 + i + kAt1kHz, "test 14");
  }
}

TEST_P(Ebu, Tech3341Tests15To19TruePeakOfTones) {
  const struct {
    double share, amplitude, phase_deg, expected;
  } kCases[] = {{1.0 / 4, 0.50, 0.0, -6.0},
                {1.0 / 4, 0.50, 45.0, -6.0},
                {1.0 / 6, 0.50, 60.0, -6.0},
                {1.0 / 8, 0.50, 67.5, -6.0},
                {1.0 / 4, 1.41, 45.0, 3.0}};
  for (const auto& c : kCases) {
    auto tone = test::sine(rate(), rate() * c.share, 20.0 * std::log10(c.amplitude), 1.0, c.phase_deg);
    test::fade(tone, rate(), 0.01);
    const auto m = test::measure(test::on_channels(tone, 2), rate(), {}, MeasureGroups::kLoudness);
    ASSERT_TRUE(m.peak.true_dbtp);
    EXPECT_LE(*m.peak.true_dbtp, c.expected + 0.2);
    EXPECT_GE(*m.peak.true_dbtp, c.expected - 0.4);
    EXPECT_NEAR(*m.peak.true_dbtp, 20.0 * std::log10(c.amplitude), 0.01) << "this meter's last value";
  }
}

// At four times the rate: fs/6 at 0.5 with one period of fs/4 at 1.0 joined in phase, low-passed, every
// fourth sample.
TEST_P(Ebu, Tech3341Tests20To23TruePeakOfABurstAtEveryOffset) {
  const int n = static_cast<int>(rate() * 4 * 0.25);
  std::vector<double> high(static_cast<std::size_t>(n));
  const double slow = 2.0 * std::numbers::pi / 24.0;
  const double fast = 2.0 * std::numbers::pi / 16.0;
  const int burst = n / 2 / 24 * 24;
  for (int i = 0; i < n; ++i) {
    double value = 0.5 * std::sin(slow * i);
    if (i >= burst && i < burst + 16) value = std::sin(fast * (i - burst));
    if (i >= burst + 16) value = 0.5 * std::sin(slow * (i - burst - 16));
    const double edge = std::min({1.0, i / (rate() * 0.04), (n - 1 - i) / (rate() * 0.04)});
    high[static_cast<std::size_t>(i)] = value * (0.5 - 0.5 * std::cos(std::numbers::pi * edge));
  }
  constexpr int kHalf = 256;
  for (int offset = 0; offset < 4; ++offset) {
    std::vector<float> low;
    for (int i = offset; i < n; i += 4) {
      double sum = 0.0;
      for (int k = -kHalf; k <= kHalf; ++k) {
        if (i + k < 0 || i + k >= n) continue;
        const double x = std::numbers::pi * k / 4.0;
        const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * k / (kHalf + 1));
        sum += high[static_cast<std::size_t>(i + k)] * (k == 0 ? 1.0 : std::sin(x) / x) * window / 4.0;
      }
      low.push_back(static_cast<float>(sum));
    }
    const auto m = test::measure(test::on_channels(low, 2), rate(), {}, MeasureGroups::kLoudness);
    ASSERT_TRUE(m.peak.true_dbtp);
    EXPECT_LE(*m.peak.true_dbtp, 0.2) << offset;
    EXPECT_GE(*m.peak.true_dbtp, -0.4) << offset;
    EXPECT_NEAR(*m.peak.true_dbtp, -0.077, 0.006) << offset << ": this meter's last value";
  }
}

TEST_P(Ebu, Tech3342Tests1To4LoudnessRange) {
  expect_value(stereo({{-20, 20}, {-30, 20}}).loudness.range_lu, 10.0, 1.0, 10.0, "test 1");
  expect_value(stereo({{-20, 20}, {-15, 20}}).loudness.range_lu, 5.0, 1.0, 5.0, "test 2");
  expect_value(stereo({{-40, 20}, {-20, 20}}).loudness.range_lu, 20.0, 1.0, 20.0, "test 3");
  expect_value(stereo({{-50, 20}, {-35, 20}, {-20, 20}, {-35, 20}, {-50, 20}}).loudness.range_lu, 15.0, 1.0,
               15.0, "test 4");
}

INSTANTIATE_TEST_SUITE_P(Rates, Ebu, ::testing::Values(44100.0, 48000.0, 96000.0),
                         [](const auto& rate) { return std::to_string(static_cast<int>(rate.param)); });

}  // namespace
}  // namespace lacquer
