#include <gtest/gtest.h>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

Finding platform_loudness(double lufs, std::optional<double> psr_p5_db, double true_dbtp = -6.0) {
  Measurements audio = healthy_master();
  audio.loudness.integrated_lufs = lufs;
  audio.peak.true_dbtp = true_dbtp;
  audio.dynamics->psr_p5_db = psr_p5_db;
  const Diagnosis diagnosis = judge_master(audio);
  expect_well_formed(diagnosis);
  return item(diagnosis, 9);
}

// The typical service of the test's platforms normalizes to -14 LUFS.
TEST(PlatformLoudness, a_loud_master_that_keeps_its_punch_passes) {
  EXPECT_EQ(platform_loudness(-10.0, 8.0).verdict, Verdict::kPass);
  EXPECT_EQ(platform_loudness(-9.0, 8.0).verdict, Verdict::kPass);
}

TEST(PlatformLoudness, turn_down_is_worth_a_look_where_dynamics_are_low_or_unknown) {
  EXPECT_EQ(platform_loudness(-9.9, 7.9).verdict, Verdict::kLook);
  EXPECT_EQ(platform_loudness(-9.9, std::nullopt).verdict, Verdict::kLook);
  EXPECT_EQ(platform_loudness(-10.1, std::nullopt).verdict, Verdict::kPass);
  EXPECT_EQ(platform_loudness(-6.9, 8.0).verdict, Verdict::kLook);  // more than 7 dB down, however punchy
}

TEST(PlatformLoudness, dynamics_paid_for_level_that_is_given_back_must_be_fixed) {
  EXPECT_EQ(platform_loudness(-6.9, 6.9).verdict, Verdict::kFix);
  EXPECT_EQ(platform_loudness(-6.9, 7.0).verdict, Verdict::kLook);
  EXPECT_EQ(platform_loudness(-7.1, 6.9).verdict, Verdict::kLook);
}

TEST(PlatformLoudness, a_lift_cut_short_by_peaks_or_a_quiet_master_is_worth_a_look) {
  EXPECT_EQ(platform_loudness(-16.0, 10.0, -3.0).verdict, Verdict::kPass);  // lifted the whole 2 dB
  EXPECT_EQ(platform_loudness(-16.0, 10.0, -2.1).verdict, Verdict::kPass);  // 0.9 dB short
  EXPECT_EQ(platform_loudness(-16.0, 10.0, -1.9).verdict, Verdict::kLook);  // 1.1 dB short
  EXPECT_EQ(platform_loudness(-18.0, 10.0, -9.0).verdict, Verdict::kPass);
  EXPECT_EQ(platform_loudness(-18.1, 10.0, -9.0).verdict, Verdict::kLook);
}

TEST(PlatformLoudness, gives_the_gain_of_every_default_service_and_of_no_other) {
  const Finding finding = platform_loudness(-10.0, 9.0);
  ASSERT_TRUE(find_evidence(finding, "gain_lifting_test"));
  EXPECT_DOUBLE_EQ(find_evidence(finding, "gain_lifting_test")->value, -4.0);
  EXPECT_DOUBLE_EQ(find_evidence(finding, "gain_low_test")->value, -6.0);
  EXPECT_DOUBLE_EQ(find_evidence(finding, "gain_untouched_test")->value, 0.0);
  EXPECT_FALSE(find_evidence(finding, "gain_louder_test"));
}

TEST(PlatformLoudness, does_not_apply_to_a_mix_or_to_club_playback) {
  EXPECT_EQ(item(judge_mix(healthy_mix()), 9).verdict, Verdict::kNotApplicable);
  const Diagnosis club = judge_master(healthy_master(), healthy_source(), Role::Purpose::kClub);
  EXPECT_EQ(item(club, 9).verdict, Verdict::kNotApplicable);
  EXPECT_NE(item(club, 9).why.find("Club"), std::string::npos);
  const Diagnosis both = judge_master(healthy_master(), healthy_source(), Role::Purpose::kBoth);
  EXPECT_EQ(item(both, 9).verdict, Verdict::kPass);
}

Finding ceiling(double true_dbtp, double lufs = -14.5) {
  Measurements audio = healthy_master();
  audio.loudness.integrated_lufs = lufs;
  audio.peak.true_dbtp = true_dbtp;
  const Diagnosis diagnosis = judge_master(audio);
  expect_well_formed(diagnosis);
  return item(diagnosis, 10);
}

TEST(TruePeakCeiling, allows_one_decibel_within_the_tolerance_of_meters) {
  EXPECT_EQ(ceiling(-1.0).verdict, Verdict::kPass);
  EXPECT_EQ(ceiling(-0.91).verdict, Verdict::kPass);
  EXPECT_EQ(ceiling(-0.89).verdict, Verdict::kLook);
  EXPECT_EQ(ceiling(0.0).verdict, Verdict::kLook);
  EXPECT_EQ(ceiling(0.01).verdict, Verdict::kFix);
}

TEST(TruePeakCeiling, asks_two_decibels_of_a_master_louder_than_the_reference) {
  EXPECT_EQ(ceiling(-1.0, -14.0).verdict, Verdict::kPass);
  EXPECT_EQ(ceiling(-1.0, -13.9).verdict, Verdict::kLook);
  EXPECT_EQ(ceiling(-2.0, -9.0).verdict, Verdict::kPass);
  EXPECT_EQ(ceiling(-0.3, -9.0).verdict, Verdict::kLook);
}

TEST(TruePeakCeiling, marks_its_estimate_as_one) {
  const Finding finding = ceiling(-1.0);
  EXPECT_NE(finding.why.find("an estimate"), std::string::npos);
  ASSERT_TRUE(find_evidence(finding, "decoded_true_peak_estimate"));
  EXPECT_DOUBLE_EQ(find_evidence(finding, "decoded_true_peak_estimate")->value, 0.0);
  EXPECT_EQ(find_evidence(finding, "true_peak")->threshold, -1.0);
}

TEST(TruePeakCeiling, overs_between_the_samples_are_a_fault_graver_in_a_master) {
  Measurements audio = healthy_master();
  audio.peak.true_dbtp = 0.4;
  audio.peak.intersample_overs = 3;
  audio.peak.intersample_overs_when = {{1.0, 1.1}};
  const Diagnosis master = judge_master(audio);
  ASSERT_TRUE(find_fault(master, "intersample-overs"));
  EXPECT_EQ(find_fault(master, "intersample-overs")->severity, Severity::kFix);
  EXPECT_EQ(item(master, 10).when, audio.peak.intersample_overs_when);
  EXPECT_EQ(find_fault(judge_mix(audio), "intersample-overs")->severity, Severity::kLook);
}

TEST(TruePeakCeiling, does_not_apply_to_a_mix) {
  EXPECT_EQ(item(judge_mix(healthy_mix()), 10).verdict, Verdict::kNotApplicable);
}

Verdict format_of(bool master, void (*change)(SourceInfo&)) {
  SourceInfo source = healthy_source();
  change(source);
  const Diagnosis diagnosis =
      master ? judge_master(healthy_master(), source) : judge_mix(healthy_mix(), source);
  expect_well_formed(diagnosis);
  return item(diagnosis, 11).verdict;
}

TEST(FileFormat, passes_a_24_bit_wav_at_either_common_rate) {
  for (const bool master : {false, true}) {
    EXPECT_EQ(format_of(master, [](SourceInfo&) {}), Verdict::kPass);
    EXPECT_EQ(format_of(master, [](SourceInfo& s) { s.sample_rate_hz = 44100; }), Verdict::kPass);
  }
}

TEST(FileFormat, damage_and_lossy_sources_must_be_fixed) {
  for (const bool master : {false, true}) {
    EXPECT_EQ(format_of(master, [](SourceInfo& s) { s.truncated = true; }), Verdict::kFix);
    EXPECT_EQ(format_of(master, [](SourceInfo& s) { s.non_finite_samples = 1; }), Verdict::kFix);
    EXPECT_EQ(format_of(master,
                        [](SourceInfo& s) {
                          s.lossy = true;
                          s.bits.reset();
                        }),
              Verdict::kFix);
  }
}

TEST(FileFormat, what_some_distributors_refuse_is_worth_a_look_in_a_master_only) {
  const auto check = [](void (*change)(SourceInfo&)) {
    EXPECT_EQ(format_of(true, change), Verdict::kLook);
    EXPECT_EQ(format_of(false, change), Verdict::kPass);
  };
  check([](SourceInfo& s) { s.extensible_header = true; });
  check([](SourceInfo& s) { s.sample_rate_hz = 96000; });
  check([](SourceInfo& s) {
    s.is_float = true;
    s.bits = 32;
  });
  check([](SourceInfo& s) { s.container = "caf"; });
}

TEST(FileFormat, judges_rates_and_bits_that_are_too_low) {
  EXPECT_EQ(format_of(true, [](SourceInfo& s) { s.sample_rate_hz = 32000; }), Verdict::kFix);
  EXPECT_EQ(format_of(false, [](SourceInfo& s) { s.sample_rate_hz = 32000; }), Verdict::kLook);
  EXPECT_EQ(format_of(true, [](SourceInfo& s) { s.bits = 16; }), Verdict::kLook);
  EXPECT_EQ(format_of(false, [](SourceInfo& s) { s.bits = 16; }), Verdict::kLook);
  EXPECT_EQ(format_of(false, [](SourceInfo& s) { s.bits = 8; }), Verdict::kFix);
  EXPECT_EQ(format_of(true, [](SourceInfo& s) { s.channels = 1; }), Verdict::kLook);
}

TEST(FileFormat, measures_silence_at_head_and_tail) {
  const auto diagnosis = [](double head_s, double tail_s) {
    Measurements audio = healthy_mix();
    audio.source->head_silence_s = head_s;
    audio.source->tail_silence_s = tail_s;
    return judge_mix(audio);
  };
  EXPECT_EQ(item(diagnosis(0.5, 3.0), 11).verdict, Verdict::kPass);
  EXPECT_EQ(item(diagnosis(0.6, 0.0), 11).verdict, Verdict::kLook);
  EXPECT_EQ(item(diagnosis(0.0, 3.1), 11).verdict, Verdict::kLook);
  const Fault* fault = nullptr;
  const Diagnosis tail = diagnosis(0.0, 4.0);
  ASSERT_TRUE(fault = find_fault(tail, "long-silence"));
  EXPECT_EQ(fault->when, (std::vector<TimeRange>{{176.0, 180.0}}));
  EXPECT_FALSE(find_fault(diagnosis(0.5, 3.0), "long-silence"));
}

TEST(Playback, is_for_ears_in_a_master_and_waits_for_one_in_a_mix) {
  EXPECT_EQ(item(judge_mix(healthy_mix()), 12).verdict, Verdict::kNotApplicable);
  const Finding finding = item(judge_master(healthy_master()), 12);
  EXPECT_EQ(finding.verdict, Verdict::kListen);
  EXPECT_TRUE(find_evidence(finding, "psr_p5"));
}

}  // namespace
}  // namespace lacquer
