#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

// The severity of one fault as a mix or a master; "none" where it is not there.
std::string severity(const char* id, void (*change)(Measurements&), bool master = false) {
  Measurements audio = master ? healthy_master() : healthy_mix();
  change(audio);
  const Diagnosis diagnosis = master ? judge_master(audio) : judge_mix(audio);
  expect_well_formed(diagnosis);
  const Fault* fault = find_fault(diagnosis, id);
  return fault ? std::string(to_string(fault->severity)) : "none";
}

TEST(Faults, clipping_at_full_scale_is_there_from_the_first_run) {
  EXPECT_EQ(severity("clipping", [](Measurements& m) { m.peak.clipped_runs = 1; }), "fix");
  EXPECT_EQ(severity(
                "clipping", [](Measurements& m) { m.peak.clipped_runs = 9000; }, true),
            "look");
}

TEST(Faults, what_one_cause_brings_with_it_in_passing_is_not_a_second_finding) {
  const auto dc_and_rumble = [](double dc_dbfs, double rumble_db) {
    Measurements audio = healthy_mix();
    audio.source->dc_offset_dbfs = dc_dbfs;
    audio.source->rumble_db = rumble_db;
    return judge_mix(audio);
  };
  EXPECT_FALSE(find_fault(dc_and_rumble(-30.0, -12.0), "rumble"));
  EXPECT_TRUE(find_fault(dc_and_rumble(-30.0, -7.0), "rumble"));   // grave by itself
  EXPECT_TRUE(find_fault(dc_and_rumble(-90.0, -12.0), "rumble"));  // no offset
  const auto wide = [](double side_to_mid_db) {
    Measurements audio = healthy_mix();
    audio.stereo->side_to_mid_db = side_to_mid_db;
    audio.stereo->correlation = -0.1;
    audio.stereo->mono_loss_db = 3.5;
    return judge_mix(audio);
  };
  EXPECT_TRUE(find_fault(wide(0.5), "mono-cancellation"));
  EXPECT_FALSE(find_fault(wide(0.5), "too-wide"));
}

TEST(Faults, clipping_below_full_scale_goes_by_how_often) {
  EXPECT_EQ(severity("clipping", [](Measurements& m) { m.peak.flat_tops = 18; }), "none");
  EXPECT_EQ(severity("clipping", [](Measurements& m) { m.peak.flat_tops = 19; }), "look");
  EXPECT_EQ(severity("clipping", [](Measurements& m) { m.peak.flat_tops = 180; }), "look");
  EXPECT_EQ(severity("clipping", [](Measurements& m) { m.peak.flat_tops = 181; }), "fix");
  EXPECT_EQ(severity(
                "clipping", [](Measurements& m) { m.peak.flat_tops = 181; }, true),
            "look");
}

TEST(Faults, clipping_of_a_part_is_placed_there_once_for_both_channels) {
  Measurements audio = healthy_mix();
  audio.peak.cut_stretches = {
      {{20.0, 30.0}, -12.0, 100}, {{20.1, 31.0}, -12.1, 100}, {{50.0, 52.0}, -12.0, 9}};
  const Diagnosis diagnosis = judge_mix(audio);
  const Fault* fault = find_fault(diagnosis, "clipping");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->severity, Severity::kFix);
  EXPECT_EQ(fault->when, (std::vector<TimeRange>{{20.0, 31.0}, {50.0, 52.0}}));
}

TEST(Faults, overs_between_samples_must_go_from_a_master_and_can_be_turned_down_in_a_mix) {
  const auto over = [](Measurements& m) {
    m.peak.intersample_overs = 1;
    m.peak.true_dbtp = 0.2;
  };
  EXPECT_EQ(severity("intersample-overs", over), "look");
  EXPECT_EQ(severity("intersample-overs", over, true), "fix");
  const auto within_the_meters_spread = [](Measurements& m) {
    m.peak.intersample_overs = 1;
    m.peak.true_dbtp = 0.1;
  };
  EXPECT_EQ(severity("intersample-overs", within_the_meters_spread, true), "none");
}

TEST(Faults, limiting_shows_in_the_densest_moments_in_the_whole_or_at_the_ceiling) {
  EXPECT_EQ(severity("over-limited", [](Measurements& m) { m.dynamics->psr_p5_db = 7.0; }), "none");
  EXPECT_EQ(severity("over-limited", [](Measurements& m) { m.dynamics->psr_p5_db = 6.9; }), "fix");
  EXPECT_EQ(severity("over-limited", [](Measurements& m) { m.dynamics->plr_db = 8.0; }), "none");
  EXPECT_EQ(severity("over-limited", [](Measurements& m) { m.dynamics->plr_db = 7.9; }), "fix");
  EXPECT_EQ(severity(
                "over-limited", [](Measurements& m) { m.dynamics->plr_db = 5.0; }, true),
            "look");
  EXPECT_EQ(severity("over-limited",
                     [](Measurements& m) {
                       m.peak.sample_ceiling = {-1.0, 700, 0.40, {}};
                     }),
            "none");
  EXPECT_EQ(severity("over-limited",
                     [](Measurements& m) {
                       m.peak.sample_ceiling = {-1.0, 700, 0.41, {}};
                     }),
            "look");
  // Every master stands at its ceiling; what counts is how far above its loudness that is.
  const auto at_the_ceiling = [](Measurements& m) {
    m.peak.sample_ceiling = {-1.0, 900, 0.9, {}};
    m.loudness.integrated_lufs = -9.0;
  };
  EXPECT_EQ(severity("over-limited", at_the_ceiling, true), "none");
  const auto little_room = [](Measurements& m) {
    m.peak.sample_ceiling = {-1.0, 900, 0.9, {}};
    m.loudness.integrated_lufs = -8.9;
  };
  EXPECT_EQ(severity("over-limited", little_room, true), "look");
  EXPECT_EQ(severity("over-limited", little_room), "fix");
}

TEST(Faults, an_offset_counts_only_where_it_is_not_far_under_the_programme) {
  EXPECT_EQ(severity("dc-offset", [](Measurements& m) { m.source->dc_offset_dbfs = -55.0; }), "look");
  EXPECT_EQ(severity("dc-offset", [](Measurements& m) { m.source->dc_offset_dbfs = -45.9; }), "fix");
  // The same piece 20 dB louder shows the same offset 20 dB louder.
  const auto loud = [](Measurements& m) {
    m.source->dc_offset_dbfs = -50.0;
    m.peak.sample_dbfs = 0.0;
    m.dynamics->crest_db = 10.0;
  };
  EXPECT_EQ(severity("dc-offset", loud), "none");
}

TEST(Faults, an_offset_that_comes_and_goes_is_worth_a_look) {
  Measurements audio = healthy_mix();
  audio.source->dc_offset_max_dbfs = -45.0;  // the programme lies at -20.2 dBFS RMS
  audio.source->dc_when = {{60.0, 80.0}};
  const Diagnosis diagnosis = judge_mix(audio);
  const Fault* fault = find_fault(diagnosis, "dc-offset");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->severity, Severity::kLook);
  EXPECT_EQ(fault->when, audio.source->dc_when);
  EXPECT_EQ(severity("dc-offset", [](Measurements& m) { m.source->dc_offset_max_dbfs = -47.0; }), "none");
}

// The programme of the healthy mix lies at -20.2 dBFS RMS.
TEST(Faults, hum_goes_by_its_level_under_the_programme) {
  const auto hum = [](double level_dbfs) {
    Measurements audio = healthy_mix();
    audio.source->hum = {true, 50.0, level_dbfs, 4, {{0.0, 60.0}}};
    const Diagnosis diagnosis = judge_mix(audio);
    const Fault* fault = find_fault(diagnosis, "hum");
    return fault ? std::string(to_string(fault->severity)) : "none";
  };
  EXPECT_EQ(hum(-91.0), "none");
  EXPECT_EQ(hum(-89.0), "look");
  EXPECT_EQ(hum(-61.0), "look");
  EXPECT_EQ(hum(-59.0), "fix");
}

TEST(Faults, rumble_goes_by_its_share_of_the_whole) {
  EXPECT_EQ(severity("rumble", [](Measurements& m) { m.source->rumble_db = -13.0; }), "none");
  EXPECT_EQ(severity("rumble", [](Measurements& m) { m.source->rumble_db = -12.9; }), "look");
  EXPECT_EQ(severity("rumble", [](Measurements& m) { m.source->rumble_db = -7.9; }), "fix");
}

TEST(Faults, a_hidden_lossy_source_is_graver_the_lower_it_cuts) {
  EXPECT_EQ(severity("lossy-source",
                     [](Measurements& m) { m.source->lossy = {true, 19000.0, 40.0, "", 0.9, 1.0, {}}; }),
            "look");
  EXPECT_EQ(severity("lossy-source",
                     [](Measurements& m) { m.source->lossy = {true, 16500.0, 40.0, "", 0.9, 1.0, {}}; }),
            "fix");
  EXPECT_EQ(severity("lossy-source",
                     [](Measurements& m) { m.source->lossy = {true, 16500.0, 40.0, "", 0.4, 1.0, {}}; }),
            "none");
  EXPECT_EQ(severity("lossy-source",
                     [](Measurements& m) { m.source->lossy = {false, 16500.0, 40.0, "", 0.9, 1.0, {}}; }),
            "none");
}

TEST(Faults, a_converted_rate_is_grave_where_it_took_what_can_be_heard) {
  EXPECT_EQ(severity("upsampled", [](Measurements& m) { m.source->upsampled_from_hz = 44100.0; }), "look");
  EXPECT_EQ(severity("upsampled", [](Measurements& m) { m.source->upsampled_from_hz = 32000.0; }), "fix");
}

TEST(Faults, empty_bits_are_grave_below_sixteen) {
  EXPECT_EQ(severity("padded-bits", [](Measurements& m) { m.source->effective_bits = 24; }), "none");
  EXPECT_EQ(severity("padded-bits", [](Measurements& m) { m.source->effective_bits = 16; }), "look");
  EXPECT_EQ(severity("padded-bits", [](Measurements& m) { m.source->effective_bits = 14; }), "fix");
}

TEST(Faults, clicks_are_placed_and_counted) {
  EXPECT_EQ(severity("click", [](Measurements& m) { m.source->clicks = 2; }), "look");
  EXPECT_EQ(severity("click", [](Measurements& m) { m.source->clicks = 3; }), "fix");
  Measurements audio = healthy_mix();
  audio.source->clicks = 1;
  audio.source->click_places = {{12.0, 0, -6.0, 50.0}};
  const Diagnosis diagnosis = judge_mix(audio);
  const Fault* fault = find_fault(diagnosis, "click");
  ASSERT_TRUE(fault);
  ASSERT_EQ(fault->when.size(), 1U);
  EXPECT_LT(fault->when[0].from_s, 12.0);
  EXPECT_GT(fault->when[0].to_s, 12.0);
}

TEST(Faults, one_dropout_must_be_fixed) {
  EXPECT_EQ(severity("dropout", [](Measurements& m) { m.source->dropouts = 1; }), "fix");
}

TEST(Faults, width_of_the_whole_is_judged_at_both_ends) {
  const auto with_width = [](double side_to_mid_db) {
    Measurements audio = healthy_mix();
    audio.stereo->correlation.reset();
    audio.stereo->side_to_mid_db = side_to_mid_db;
    for (StereoBand& band : audio.stereo->bands) band.side_to_mid_db = std::min(-6.0, side_to_mid_db);
    return judge_mix(audio);
  };
  EXPECT_FALSE(find_fault(with_width(-1.0), "too-wide"));
  ASSERT_TRUE(find_fault(with_width(-0.9), "too-wide"));
  EXPECT_EQ(find_fault(with_width(-0.9), "too-wide")->severity, Severity::kLook);
  EXPECT_EQ(find_fault(with_width(1.1), "too-wide")->severity, Severity::kFix);
  EXPECT_FALSE(find_fault(with_width(-20.0), "too-narrow"));
  EXPECT_TRUE(find_fault(with_width(-20.1), "too-narrow"));
  Measurements wide_hats = healthy_mix();  // a kick in the middle makes the whole narrow, not the rest
  wide_hats.stereo->side_to_mid_db = -21.0;
  wide_hats.stereo->bands[3].correlation = 0.99;  // panned to one side, they still agree
  EXPECT_FALSE(find_fault(judge_mix(wide_hats), "too-narrow"));
  EXPECT_FALSE(find_fault(with_width(-59.0), "mono-as-stereo"));
  EXPECT_TRUE(find_fault(with_width(-60.0), "mono-as-stereo"));
  EXPECT_FALSE(find_fault(with_width(-60.0), "too-narrow"));
}

TEST(Faults, two_channels_that_differ_by_a_gain_only_are_mono) {
  EXPECT_EQ(severity("mono-as-stereo", [](Measurements& m) { m.source->dual_mono_share = 0.98; }), "none");
  EXPECT_EQ(severity("mono-as-stereo", [](Measurements& m) { m.source->dual_mono_share = 0.99; }), "look");
}

TEST(Faults, a_bass_less_wide_than_a_piece_that_is_too_wide_is_no_second_fault) {
  const auto wide_bass = [](double whole_db, double low_db) {
    Measurements audio = healthy_mix();
    audio.stereo->correlation.reset();
    audio.stereo->side_to_mid_db = whole_db;
    audio.stereo->bands[0].side_to_mid_db = low_db;
    const Diagnosis diagnosis = judge_mix(audio);
    const Fault* fault = find_fault(diagnosis, "low-end-wide");
    return fault ? std::optional(fault->severity) : std::nullopt;
  };
  EXPECT_EQ(wide_bass(-2.0, -3.0), Severity::kLook);
  EXPECT_EQ(wide_bass(0.5, -3.0), std::nullopt);
  EXPECT_EQ(wide_bass(0.5, -1.0), Severity::kFix);
}

TEST(Faults, wide_bass_goes_by_side_to_mid) {
  EXPECT_EQ(severity("low-end-wide", [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -5.0; }),
            "none");
  EXPECT_EQ(severity("low-end-wide", [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -4.9; }),
            "look");
  EXPECT_EQ(severity("low-end-wide", [](Measurements& m) { m.stereo->bands[0].side_to_mid_db = -1.4; }),
            "fix");
}

TEST(Faults, a_wide_piece_with_a_channel_upside_down_shows_in_its_bass) {
  const auto mirrored = [](double low_db) {
    Measurements audio = healthy_mix();
    audio.stereo->correlation = -0.3;
    audio.stereo->side_to_mid_db = 2.7;
    audio.stereo->mono_loss_db = 4.6;
    audio.stereo->bands = {
        {0, 120, {}, 6, low_db}, {120, 500, {}, 4, 2.0}, {500, 4000, {}, 4, 1.0}, {4000, 16000, {}, 4, 1.0}};
    return judge_mix(audio);
  };
  EXPECT_TRUE(find_fault(mirrored(1.1), "polarity-inverted"));
  EXPECT_FALSE(find_fault(mirrored(0.9), "polarity-inverted"));  // widened: the bass has stayed in the middle
  EXPECT_EQ(item(mirrored(1.1), 3).verdict, Verdict::kFix);
}

TEST(Faults, polarity_is_found_where_it_is_wrong_in_the_lows_or_at_times) {
  EXPECT_EQ(severity("polarity-inverted",
                     [](Measurements& m) {
                       m.stereo->polarity = PolarityResult{false, true, 0.0, 0.9, {{0.0, 180.0}}};
                     }),
            "fix");
  EXPECT_EQ(severity("polarity-inverted",
                     [](Measurements& m) {
                       m.stereo->polarity = PolarityResult{false, false, 0.11, 0.1, {{0.0, 18.0}}};
                     }),
            "look");
  EXPECT_EQ(severity("polarity-inverted",
                     [](Measurements& m) {
                       m.stereo->polarity = PolarityResult{false, false, 0.10, 0.1, {{0.0, 18.0}}};
                     }),
            "none");
}

// 12 dB of side over mid lose 12.3 dB in mono, 6 dB lose 7.0, 4 dB lose 5.5.
TEST(Faults, a_band_that_mono_takes_away_for_a_while_is_found_and_placed) {
  const auto hollow = [](float side_to_mid_db, double seconds, bool quiet = false) {
    Measurements audio = healthy_mix();
    audio.loudness.momentary_lufs.assign(1800, quiet ? -45.0F : -19.0F);
    audio.stereo->side_to_mid_over_time = {0.5, 4, std::vector<float>(4 * 360, -10.0F)};
    for (std::size_t column = 100; column < 100 + static_cast<std::size_t>(2.0 * seconds); ++column)
      audio.stereo->side_to_mid_over_time.values[column * 4 + 2] = side_to_mid_db;
    const Diagnosis diagnosis = judge_mix(audio);
    const Fault* fault = find_fault(diagnosis, "mono-cancellation");
    return fault ? std::optional<Fault>(*fault) : std::nullopt;
  };
  EXPECT_FALSE(hollow(4.0F, 20.0));
  EXPECT_FALSE(hollow(12.0F, 2.5));
  EXPECT_FALSE(hollow(12.0F, 20.0, true));
  ASSERT_TRUE(hollow(6.0F, 20.0));
  EXPECT_EQ(hollow(6.0F, 20.0)->severity, Severity::kLook);
  ASSERT_TRUE(hollow(12.0F, 3.0));
  EXPECT_EQ(hollow(12.0F, 3.0)->severity, Severity::kFix);
  EXPECT_EQ(hollow(12.0F, 3.0)->when, (std::vector<TimeRange>{{50.0, 53.0}}));
}

TEST(Faults, balance_goes_by_the_difference_in_loudness) {
  EXPECT_EQ(severity("channel-imbalance", [](Measurements& m) { m.stereo->balance_lu = -1.2; }), "none");
  EXPECT_EQ(severity("channel-imbalance", [](Measurements& m) { m.stereo->balance_lu = -1.3; }), "look");
  EXPECT_EQ(severity("channel-imbalance", [](Measurements& m) { m.stereo->balance_lu = 2.6; }), "fix");
}

// The programme lies at -20.2 dBFS RMS.
TEST(Faults, an_edge_is_abrupt_where_the_music_itself_is_cut) {
  EXPECT_EQ(severity("abrupt-start",
                     [](Measurements& m) {
                       m.source->start = EdgeResult{true, -34.0};
                     }),
            "look");
  EXPECT_EQ(severity("abrupt-start",
                     [](Measurements& m) {
                       m.source->start = EdgeResult{true, -35.0};
                     }),
            "none");
  EXPECT_EQ(severity("abrupt-start",
                     [](Measurements& m) {
                       m.source->start = EdgeResult{false, -10.0};
                     }),
            "none");
  EXPECT_EQ(severity("abrupt-end", [](Measurements& m) { m.source->end = EdgeResult{false, -34.0}; }), "fix");
  EXPECT_EQ(severity("abrupt-end",
                     [](Measurements& m) {
                       m.source->end = EdgeResult{false, -35.0};
                     }),
            "none");
  // An offset steps up from nothing as well, and is reported as what it is.
  const auto offset = [](Measurements& m) {
    m.source->end = EdgeResult{true, -30.0};
    m.source->dc_offset_dbfs = -31.0;
  };
  EXPECT_EQ(severity("abrupt-end", offset), "none");
  const auto over_the_offset = [](Measurements& m) {
    m.source->end = EdgeResult{true, -27.9};
    m.source->dc_offset_dbfs = -31.0;
  };
  EXPECT_EQ(severity("abrupt-end", over_the_offset), "fix");
  // Unless music moves around it: then only this millisecond is no higher.
  const auto music_on_the_offset = [](Measurements& m) {
    m.source->end = EdgeResult{true, -30.0, -33.0};
    m.source->dc_offset_dbfs = -31.0;
  };
  EXPECT_EQ(severity("abrupt-end", music_on_the_offset), "fix");
  const auto rumble = [](Measurements& m) {
    m.source->end = EdgeResult{true, -21.1, -21.1};
    m.source->rumble_dbfs = -31.0;
  };
  EXPECT_EQ(severity("abrupt-end", rumble), "none");
}

TEST(Faults, item_11_carries_what_the_sound_tells_about_the_file) {
  Measurements audio = healthy_master();
  audio.source->end = EdgeResult{true, -15.0};
  const Finding finding = item(judge_master(audio), 11);
  EXPECT_EQ(finding.verdict, Verdict::kFix);
  EXPECT_EQ(finding.where, Where::kExport);
  ASSERT_FALSE(finding.when.empty());
  EXPECT_NEAR(finding.when[0].to_s, 179.0, 1e-9);  // a second of silence follows
}

TEST(Faults, a_near_miss_is_less_sure_than_a_plain_case) {
  const auto confidence = [](double balance_lu) {
    Measurements audio = healthy_mix();
    audio.stereo->balance_lu = balance_lu;
    return find_fault(judge_mix(audio), "channel-imbalance")->confidence;
  };
  EXPECT_LT(confidence(1.3), confidence(2.0));
  EXPECT_LT(confidence(2.0), confidence(3.0));
  EXPECT_EQ(confidence(3.0), confidence(6.0));
}

TEST(Faults, numbers_that_are_not_finite_raise_nothing) {
  const double nan = std::nan("");
  Measurements audio = healthy_mix();
  audio.source->rumble_db = nan;
  audio.source->dc_offset_max_dbfs = nan;
  audio.source->upsampled_from_hz = nan;
  audio.source->start = EdgeResult{true, nan};
  audio.stereo->side_to_mid_over_time = {nan, 4, std::vector<float>(400, 20.0F)};
  EXPECT_TRUE(judge_mix(audio).faults.empty());
}

}  // namespace
}  // namespace lacquer
