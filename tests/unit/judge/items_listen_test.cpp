#include <gtest/gtest.h>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

Finding judged(int number, void (*change)(Measurements&)) {
  Measurements audio = healthy_mix();
  change(audio);
  const Diagnosis diagnosis = judge_mix(audio);
  expect_well_formed(diagnosis);
  return item(diagnosis, number);
}

TEST(LowEnd, judges_the_width_of_the_bass) {
  EXPECT_EQ(judged(5, [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -15.0; }).verdict,
            Verdict::kPass);
  EXPECT_EQ(judged(5, [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -14.9; }).verdict,
            Verdict::kLook);
  EXPECT_EQ(judged(5, [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -8.0; }).verdict,
            Verdict::kLook);
  EXPECT_EQ(judged(5, [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -7.9; }).verdict,
            Verdict::kFix);
  Measurements audio = healthy_mix();
  audio.stereo->bands[0].side_to_mid_db = -2.0;
  EXPECT_TRUE(find_fault(judge_mix(audio), "low-end-wide"));
}

TEST(LowEnd, does_not_judge_the_width_of_bass_that_is_not_there) {
  const auto without_bass = [](Measurements& m) {
    m.stereo->bands[0].side_to_mid_db = 0.0;
    for (ThirdOctave& band : m.spectrum->third_octaves)
      if (band.hz < 140.0) band.level_db = -80.0;
  };
  EXPECT_EQ(judged(5, without_bass).why.find("side to mid"), std::string::npos);
  EXPECT_EQ(judged(7, without_bass).verdict, Verdict::kPass);
}

TEST(Harshness, is_heard_at_the_loudest_passage_when_nothing_stands_out) {
  const Finding finding = judged(6, [](Measurements& m) {
    for (std::size_t i = 1000; i < 1200; ++i) m.loudness.short_term_lufs[i] = -10.0F;
  });
  EXPECT_EQ(finding.verdict, Verdict::kPass);
  ASSERT_TRUE(finding.listen);
  // Loud from 100 to 120 s: twelve seconds of it.
  EXPECT_GE(finding.listen->from_s, 100.0 - 1e-6);
  EXPECT_LE(finding.listen->to_s, 120.0 + 1e-6);
  EXPECT_NEAR(finding.listen->to_s - finding.listen->from_s, 12.0, 1e-6);
}

TEST(StereoWidth, passes_a_healthy_image) {
  const Finding finding = item(judge_mix(healthy_mix()), 7);
  EXPECT_EQ(finding.verdict, Verdict::kPass);
  EXPECT_EQ(finding.confidence, judge_rules().certainty.measured);
}

TEST(StereoWidth, a_passage_that_is_too_wide_in_one_band_is_worth_a_look_and_its_time_is_given) {
  const auto wide_from_50_to = [](double end_s) {
    Measurements audio = healthy_mix();
    audio.stereo->side_to_mid_over_time = {0.5, 4, std::vector<float>(4 * 360, -10.0F)};
    for (std::size_t column = 100; column < static_cast<std::size_t>(2.0 * end_s); ++column)
      audio.stereo->side_to_mid_over_time.values[column * 4 + 3] = 3.0F;
    return item(judge_mix(audio), 7);
  };
  EXPECT_EQ(wide_from_50_to(57.5).verdict, Verdict::kPass);
  const Finding finding = wide_from_50_to(58.0);
  EXPECT_EQ(finding.verdict, Verdict::kLook);
  EXPECT_EQ(finding.when, (std::vector<TimeRange>{{50.0, 58.0}}));
  EXPECT_NE(finding.why.find("from 4 to 16 kHz"), std::string::npos);
}

TEST(StereoWidth, a_lopsided_image_does_not_read_as_a_wide_one) {
  Measurements audio = healthy_mix();
  audio.stereo->bands[0] = {0, 120, 0.98, 0.4,
                            -7.0};  // one channel 5 dB down: the side grows, the lows agree
  const Diagnosis diagnosis = judge_mix(audio);
  EXPECT_FALSE(find_fault(diagnosis, "low-end-wide"));
  EXPECT_EQ(item(diagnosis, 7).verdict, Verdict::kPass);
}

struct WidthLimit {
  std::size_t band;
  double look, fix, narrow;
};

TEST(StereoWidth, judges_each_band_by_its_own_limits) {
  for (const WidthLimit& limit : {WidthLimit{1, -7, -4, -22}, {2, -4, -1, -18}, {3, -1, 2, -16}}) {
    const auto verdict = [&](double side_to_mid_db) {
      Measurements audio = healthy_mix();
      audio.stereo->bands[limit.band].side_to_mid_db = side_to_mid_db;
      return item(judge_mix(audio), 7).verdict;
    };
    EXPECT_EQ(verdict(limit.look), Verdict::kPass) << limit.band;
    EXPECT_EQ(verdict(limit.look + 0.1), Verdict::kLook) << limit.band;
    EXPECT_EQ(verdict(limit.fix), Verdict::kLook) << limit.band;
    EXPECT_EQ(verdict(limit.fix + 0.1), Verdict::kFix) << limit.band;
    EXPECT_EQ(verdict(limit.narrow), Verdict::kPass) << limit.band;
    EXPECT_EQ(verdict(limit.narrow - 0.1), Verdict::kLook) << limit.band;
  }
}

TEST(StereoWidth, judges_the_whole_image) {
  const auto broadband = [](double db) {
    Measurements audio = healthy_mix();
    audio.stereo->side_to_mid_db = db;
    audio.stereo->correlation.reset();
    if (db < -20.0)
      for (StereoBand& band : audio.stereo->bands) band.side_to_mid_db = std::min(*band.side_to_mid_db, db);
    return judge_mix(audio);
  };
  EXPECT_EQ(item(broadband(-5.0), 7).verdict, Verdict::kPass);
  EXPECT_EQ(item(broadband(-4.9), 7).verdict, Verdict::kLook);
  EXPECT_EQ(item(broadband(-1.9), 7).verdict, Verdict::kFix);
  EXPECT_TRUE(find_fault(broadband(-0.9), "too-wide"));
  EXPECT_EQ(item(broadband(-16.0), 7).verdict, Verdict::kPass);
  EXPECT_EQ(item(broadband(-16.1), 7).verdict, Verdict::kLook);
  EXPECT_FALSE(find_fault(broadband(-16.1), "too-narrow"));
  EXPECT_EQ(item(broadband(-25.1), 7).verdict,
            Verdict::kLook);  // nobody but the person knows whether stereo was meant
  EXPECT_TRUE(find_fault(broadband(-25.1), "too-narrow"));
}

TEST(StereoWidth, judges_the_median_correlation) {
  const auto verdict = [](float correlation) {
    Measurements audio = healthy_mix();
    audio.stereo->correlation_series.assign(180, correlation);
    for (std::size_t i = 0; i < 80; ++i) audio.stereo->correlation_series[i] = 0.99F;  // fewer than half
    return item(judge_mix(audio), 7).verdict;
  };
  EXPECT_EQ(verdict(0.31F), Verdict::kPass);
  EXPECT_EQ(verdict(0.29F), Verdict::kLook);
  EXPECT_EQ(verdict(-0.01F), Verdict::kFix);
}

TEST(StereoWidth, judges_balance_to_either_side) {
  for (const double side : {1.0, -1.0}) {
    const auto diagnosis = [&](double lu) {
      Measurements audio = healthy_mix();
      audio.stereo->balance_lu = side * lu;
      return judge_mix(audio);
    };
    EXPECT_EQ(item(diagnosis(0.5), 7).verdict, Verdict::kPass);
    EXPECT_EQ(item(diagnosis(0.6), 7).verdict, Verdict::kLook);
    EXPECT_EQ(item(diagnosis(1.6), 7).verdict, Verdict::kFix);
    const Diagnosis lopsided = diagnosis(2.6);
    const Fault* fault = find_fault(lopsided, "channel-imbalance");
    ASSERT_TRUE(fault);
    EXPECT_NE(fault->why.find(side > 0 ? "left" : "right"), std::string::npos);
  }
}

TEST(StereoWidth, names_a_mono_piece_in_a_stereo_file_and_calls_it_that_alone) {
  Measurements audio = healthy_mix();
  audio.stereo->correlation = 1.0;
  audio.stereo->side_to_mid_db = -120.0;
  audio.source->dual_mono_share = 1.0;
  const Diagnosis diagnosis = judge_mix(audio);
  EXPECT_EQ(item(diagnosis, 7).verdict, Verdict::kLook);
  EXPECT_TRUE(find_fault(diagnosis, "mono-as-stereo"));
  EXPECT_FALSE(find_fault(diagnosis, "too-narrow"));
}

TEST(Translation, is_for_ears_and_carries_the_passage_to_play) {
  const Finding finding = item(judge_mix(healthy_mix()), 8);
  EXPECT_EQ(finding.verdict, Verdict::kListen);
  ASSERT_TRUE(finding.listen);
  EXPECT_NEAR(finding.listen->to_s - finding.listen->from_s, 12.0, 1e-6);
}

}  // namespace
}  // namespace lacquer
