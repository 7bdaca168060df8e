#include <gtest/gtest.h>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

Verdict peak_verdict(double true_dbtp, std::int64_t runs = 0, bool is_float = false) {
  Measurements audio = healthy_mix();
  audio.peak.true_dbtp = true_dbtp;
  audio.peak.clipped_runs = runs;
  SourceInfo source = healthy_source();
  source.is_float = is_float;
  if (is_float) source.bits = 32;
  const Diagnosis diagnosis = judge_mix(audio, source);
  expect_well_formed(diagnosis);
  return item(diagnosis, 2).verdict;
}

Finding fresh_ears(const std::optional<PastChecks>& past, const Role& role = as_mix()) {
  const Diagnosis diagnosis = diagnose(healthy_mix(), healthy_source(), {role, {}, past}, judge_knowledge());
  expect_well_formed(diagnosis);
  return item(diagnosis, 1);
}

TEST(FreshEars, asks_for_a_rest_where_nothing_is_known) {
  for (const auto& past : {std::optional<PastChecks>(), std::optional(PastChecks{})}) {
    const Finding finding = fresh_ears(past);
    EXPECT_EQ(finding.verdict, Verdict::kListen);
    EXPECT_NE(finding.action.find("12 h"), std::string::npos);
  }
}

TEST(FreshEars, passes_from_twelve_hours_on_and_never_says_fix) {
  EXPECT_EQ(fresh_ears(PastChecks{12.0, 12.0, 1}).verdict, Verdict::kPass);
  EXPECT_EQ(fresh_ears(PastChecks{200.0, 11.9, 1}).verdict, Verdict::kLook);
  EXPECT_EQ(fresh_ears(PastChecks{11.9, 200.0, 1}).verdict, Verdict::kLook);
  EXPECT_EQ(fresh_ears(PastChecks{0.0, 0.0, 1}).verdict, Verdict::kLook);
  EXPECT_EQ(fresh_ears(PastChecks{0.0, 0.0, 1}, as_master()).verdict, Verdict::kLook);
}

TEST(FreshEars, a_copy_of_what_was_checked_long_ago_is_no_new_version) {
  EXPECT_EQ(fresh_ears(PastChecks{48.0, {}, 0}).verdict, Verdict::kPass);
  EXPECT_EQ(fresh_ears(PastChecks{2.0, {}, 0}).verdict, Verdict::kLook);
}

TEST(FreshEars, a_new_version_of_a_song_that_rested_is_left_to_the_person) {
  EXPECT_EQ(fresh_ears(PastChecks{{}, 48.0, 3}).verdict, Verdict::kListen);
  EXPECT_EQ(fresh_ears(PastChecks{{}, 2.0, 3}).verdict, Verdict::kLook);
}

TEST(FreshEars, what_the_user_says_counts_first) {
  EXPECT_EQ(fresh_ears(PastChecks{0.1, 0.1, 1, 14.0}).verdict, Verdict::kPass);
  EXPECT_EQ(fresh_ears(PastChecks{100.0, 100.0, 1, 3.0}).verdict, Verdict::kLook);
}

TEST(FreshEars, a_clock_that_was_set_back_tells_nothing) {
  EXPECT_EQ(fresh_ears(PastChecks{-3.0, -1.0, 1, {}}).verdict, Verdict::kListen);
  EXPECT_EQ(fresh_ears(PastChecks{NAN, INFINITY, 1}).verdict, Verdict::kListen);
}

TEST(PeakLevel, passes_up_to_three_decibels_below_full_scale) {
  EXPECT_EQ(peak_verdict(-3.0), Verdict::kPass);
  EXPECT_EQ(peak_verdict(-2.99), Verdict::kLook);
}

TEST(PeakLevel, a_fixed_point_mix_above_full_scale_must_be_fixed) {
  EXPECT_EQ(peak_verdict(0.0), Verdict::kLook);
  EXPECT_EQ(peak_verdict(0.01), Verdict::kFix);
}

TEST(PeakLevel, a_float_mix_above_full_scale_is_recoverable) {
  EXPECT_EQ(peak_verdict(6.0, 0, true), Verdict::kLook);
}

TEST(PeakLevel, one_clipped_run_must_be_fixed_and_its_time_is_given) {
  EXPECT_EQ(peak_verdict(-0.1, 1), Verdict::kFix);
  Measurements audio = healthy_mix();
  audio.peak.clipped_runs = 1;
  audio.peak.clipped_when = {{12.0, 12.1}};
  const Diagnosis diagnosis = judge_mix(audio);
  EXPECT_EQ(item(diagnosis, 2).when, audio.peak.clipped_when);
  ASSERT_TRUE(find_fault(diagnosis, "clipping"));
  EXPECT_EQ(find_fault(diagnosis, "clipping")->when, audio.peak.clipped_when);
}

TEST(PeakLevel, crests_cut_flat_before_the_fader_are_clipping_whatever_the_level) {
  const auto with_flat_tops = [](std::int64_t count) {
    Measurements audio = healthy_mix();  // three minutes
    audio.peak.flat_tops = count;
    audio.peak.flat_tops_when = {{7.0, 7.5}};
    return judge_mix(audio);
  };
  EXPECT_EQ(item(with_flat_tops(18), 2).verdict, Verdict::kPass);  // 6 a minute
  EXPECT_EQ(item(with_flat_tops(19), 2).verdict, Verdict::kLook);
  EXPECT_EQ(item(with_flat_tops(181), 2).verdict, Verdict::kFix);
  EXPECT_EQ(item(with_flat_tops(181), 2).when, (std::vector<TimeRange>{{7.0, 7.5}}));
}

TEST(PeakLevel, names_how_far_the_mix_must_come_down) {
  Measurements audio = healthy_mix();
  audio.peak.true_dbtp = 0.3;  // 3.3 dB too high: 3.5 dB on a fader
  EXPECT_NE(item(judge_mix(audio), 2).action.find("3.5 dB"), std::string::npos);
}

TEST(PeakLevel, writes_levels_with_a_real_minus_sign_and_their_distance_to_the_limit) {
  const Finding finding = item(judge_mix(healthy_mix()), 2);
  EXPECT_NE(finding.why.find("\u22125.0 dBTP"), std::string::npos) << finding.why;
  const Evidence* peak = find_evidence(finding, "true_peak");
  ASSERT_TRUE(peak);
  EXPECT_DOUBLE_EQ(*peak->threshold, -3.0);
  EXPECT_DOUBLE_EQ(*peak->distance, 2.0);
}

TEST(PeakLevel, never_passes_look_in_a_master) {
  Measurements audio = healthy_master();
  EXPECT_EQ(item(judge_master(audio), 2).verdict, Verdict::kPass);  // no room is wanted in a master
  audio.peak.clipped_runs = 5000;
  audio.peak.true_dbtp = 3.0;
  EXPECT_EQ(item(judge_master(audio), 2).verdict, Verdict::kLook);
}

Verdict mono_verdict(void (*change)(StereoResult&)) {
  Measurements audio = healthy_mix();
  change(*audio.stereo);
  const Diagnosis diagnosis = judge_mix(audio);
  expect_well_formed(diagnosis);
  return item(diagnosis, 3).verdict;
}

TEST(MonoCompatibility, judges_the_loss_of_the_whole) {
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.mono_loss_db = 1.5; }), Verdict::kPass);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.mono_loss_db = 1.51; }), Verdict::kLook);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.mono_loss_db = 3.0; }), Verdict::kLook);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.mono_loss_db = 3.01; }), Verdict::kFix);
}

TEST(MonoCompatibility, judges_bass_octaves_more_strictly_than_the_others) {
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.octaves[0].mono_loss_db = 3.0; }), Verdict::kPass);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.octaves[0].mono_loss_db = 3.1; }), Verdict::kFix);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.octaves[4].mono_loss_db = 3.1; }), Verdict::kLook);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.octaves[4].mono_loss_db = 5.1; }), Verdict::kFix);
}

TEST(MonoCompatibility, leaves_out_an_octave_too_weak_to_be_heard) {
  Measurements audio = healthy_mix();
  audio.stereo->octaves[7].mono_loss_db = 20.0;
  for (ThirdOctave& band : audio.spectrum->third_octaves)
    if (band.hz > 5000.0) band.level_db = -70.0;
  EXPECT_EQ(item(judge_mix(audio), 3).verdict, Verdict::kPass);
}

TEST(MonoCompatibility, judges_the_time_spent_against_each_other) {
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.negative_share = 0.01; }), Verdict::kPass);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.negative_share = 0.02; }), Verdict::kLook);
  EXPECT_EQ(mono_verdict([](StereoResult& s) { s.negative_share = 0.11; }), Verdict::kFix);
}

TEST(MonoCompatibility, gives_the_times_of_negative_correlation) {
  Measurements audio = healthy_mix();
  audio.stereo->negative_share = 0.05;
  // Windows of 3 s that end at 11 and 12 s, and one that ends at 101 s.
  audio.stereo->correlation_series[10] = audio.stereo->correlation_series[11] = -0.2F;
  audio.stereo->correlation_series[100] = -0.1F;
  const std::vector<TimeRange> expected = {{8.0, 12.0}, {98.0, 101.0}};
  EXPECT_EQ(item(judge_mix(audio), 3).when, expected);
}

TEST(MonoCompatibility, recognises_a_channel_upside_down_even_where_nothing_is_left_in_mono) {
  Measurements audio = healthy_mix();
  audio.stereo->correlation = -1.0;
  audio.stereo->mono_loss_db.reset();
  audio.stereo->side_to_mid_db = 120.0;
  const Diagnosis diagnosis = judge_mix(audio);
  EXPECT_EQ(item(diagnosis, 3).verdict, Verdict::kFix);
  EXPECT_NE(item(diagnosis, 3).action.find("polarity"), std::string::npos);
  EXPECT_TRUE(find_fault(diagnosis, "polarity-inverted"));
}

TEST(MonoCompatibility, a_silent_channel_must_be_fixed) {
  Measurements audio = healthy_mix();
  audio.loudness.channel_lufs = {-22.0, std::nullopt};
  const Diagnosis diagnosis = judge_mix(audio);
  EXPECT_EQ(item(diagnosis, 3).verdict, Verdict::kFix);
  EXPECT_NE(item(diagnosis, 7).why.find("right channel is silent"), std::string::npos);
  ASSERT_TRUE(find_fault(diagnosis, "channel-imbalance"));
}

TEST(MonoCompatibility, does_not_apply_to_a_mono_file) {
  Measurements audio = healthy_mix();
  audio.channels = 1;
  audio.stereo.reset();
  const Diagnosis diagnosis = judge_mix(audio);
  expect_well_formed(diagnosis);
  EXPECT_EQ(item(diagnosis, 3).verdict, Verdict::kNotApplicable);
  EXPECT_EQ(item(diagnosis, 7).verdict, Verdict::kNotApplicable);
  EXPECT_EQ(item(diagnosis, 11).verdict, Verdict::kPass);  // its source says stereo here
}

TEST(MonoCompatibility, finds_a_band_that_cancels_for_a_while_and_says_where_it_is_worst) {
  Measurements audio = healthy_mix();
  audio.stereo->side_to_mid_over_time = {0.5, 4, std::vector<float>(4 * 360, -10.0F)};
  for (std::size_t column = 200; column < 220; ++column)  // 100 to 110 s
    audio.stereo->side_to_mid_over_time.values[column * 4 + 2] = 12.0F;
  audio.stereo->worst_mono_loss = MonoLossCell{707.0, 1414.0, 14.0, {103.0, 106.0}};
  const Finding finding = item(judge_mix(audio), 3);
  EXPECT_EQ(finding.verdict, Verdict::kFix);
  EXPECT_EQ(finding.when, (std::vector<TimeRange>{{100.0, 110.0}}));
  EXPECT_NE(finding.why.find("worst at 103.0 s"), std::string::npos) << finding.why;
}

Verdict integrity(void (*change)(Measurements&), bool master = false) {
  Measurements audio = master ? healthy_master() : healthy_mix();
  change(audio);
  const Diagnosis diagnosis = master ? judge_master(audio) : judge_mix(audio);
  expect_well_formed(diagnosis);
  return item(diagnosis, 4).verdict;
}

TEST(SourceIntegrity, judges_peak_over_loudness) {
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->plr_db = 12.0; }), Verdict::kPass);
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->plr_db = 11.9; }), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->plr_db = 8.0; }), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->plr_db = 7.9; }), Verdict::kFix);
}

TEST(SourceIntegrity, judges_the_densest_moments) {
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->psr_p5_db = 10.0; }), Verdict::kPass);
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->psr_p5_db = 9.9; }), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->psr_p5_db = 6.9; }), Verdict::kFix);
}

TEST(SourceIntegrity, judges_how_often_it_clips) {
  EXPECT_EQ(integrity([](Measurements& m) { m.peak.clipped_runs = 30; }), Verdict::kLook);  // 10 a minute
  EXPECT_EQ(integrity([](Measurements& m) { m.peak.clipped_runs = 31; }), Verdict::kFix);
}

TEST(SourceIntegrity, judges_dc_offset) {
  // The programme lies at -20.2 dBFS RMS, so that 36 dB under it come first.
  EXPECT_EQ(integrity([](Measurements& m) { m.source->dc_offset_dbfs = -56.3; }), Verdict::kPass);
  EXPECT_EQ(integrity([](Measurements& m) { m.source->dc_offset_dbfs = -56.1; }), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.source->dc_offset_dbfs = -45.0; }), Verdict::kFix);
}

TEST(SourceIntegrity, prior_limiting_is_expected_in_a_master_and_never_passes_look) {
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->psr_p5_db = 8.0; }, true), Verdict::kPass);
  EXPECT_EQ(integrity([](Measurements& m) { m.dynamics->psr_p5_db = 3.0; }, true), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.peak.clipped_runs = 90000; }, true), Verdict::kLook);
}

TEST(SourceIntegrity, a_lossy_file_is_a_fault_and_worth_a_look) {
  SourceInfo source = healthy_source();
  source.lossy = true;
  source.bits.reset();
  const Diagnosis diagnosis = judge_mix(healthy_mix(), source);
  EXPECT_EQ(item(diagnosis, 4).verdict, Verdict::kLook);
  EXPECT_EQ(item(diagnosis, 11).verdict, Verdict::kFix);
  EXPECT_TRUE(find_fault(diagnosis, "lossy-source"));
}

TEST(SourceIntegrity, names_bits_that_are_not_used) {
  Measurements audio = healthy_mix();
  audio.source->effective_bits = 16;
  const Diagnosis diagnosis = judge_mix(audio);
  EXPECT_EQ(item(diagnosis, 4).verdict, Verdict::kLook);
  EXPECT_TRUE(find_fault(diagnosis, "padded-bits"));
  EXPECT_FALSE(find_fault(judge_mix(healthy_mix()), "padded-bits"));
}

TEST(SourceIntegrity, says_what_was_looked_for_and_is_as_sure_as_its_measurements) {
  const Finding finding = item(judge_mix(healthy_mix()), 4);
  EXPECT_NE(finding.why.find("no hum"), std::string::npos);
  EXPECT_EQ(finding.confidence, judge_rules().certainty.measured);
  Measurements audio = healthy_mix();
  audio.source.reset();
  EXPECT_NE(item(judge_mix(audio), 4).why.find("were not measured"), std::string::npos);
}

TEST(SourceIntegrity, takes_every_defect_as_evidence_and_says_where_it_is) {
  EXPECT_EQ(integrity([](Measurements& m) { m.source->clicks = 1; }), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.source->clicks = 3; }), Verdict::kFix);
  EXPECT_EQ(integrity([](Measurements& m) { m.source->dropouts = 1; }), Verdict::kFix);
  // What mastering can filter out, or nobody can bring back, does not stop it.
  EXPECT_EQ(integrity([](Measurements& m) { m.source->rumble_db = -7.0; }), Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.source->lossy = {true, 16000.0, 40.0, "", 1.0, 1.0, {}}; }),
            Verdict::kLook);
  EXPECT_EQ(integrity([](Measurements& m) { m.source->upsampled_from_hz = 32000.0; }), Verdict::kFix);
  EXPECT_EQ(integrity([](Measurements& m) { m.peak.flat_tops = 181; }), Verdict::kFix);
  EXPECT_EQ(integrity([](Measurements& m) { m.peak.flat_tops = 181; }, true), Verdict::kLook);
  Measurements audio = healthy_mix();
  audio.source->dropouts = 1;
  audio.source->dropout_when = {{50.0, 50.1}};
  const Finding finding = item(judge_mix(audio), 4);
  EXPECT_EQ(finding.when, audio.source->dropout_when);
  ASSERT_TRUE(finding.listen);
  EXPECT_LE(finding.listen->from_s, 50.0);
  EXPECT_GE(finding.listen->to_s, 50.1);
}

}  // namespace
}  // namespace lacquer
