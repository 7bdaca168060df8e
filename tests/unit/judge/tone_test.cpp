#include "judge/tone.h"

#include <gtest/gtest.h>

#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

// The middle bands that are raised move the mean that everything is compared around: 11 bands.
double around_mean(double db, int middle_bands) { return db * (1.0 - middle_bands / 11.0); }

Diagnosis with_raised(double low_hz, double high_hz, double db) {
  Measurements audio = healthy_mix();
  raise_levels(audio, low_hz, high_hz, db);
  Diagnosis diagnosis = judge_mix(audio);
  expect_well_formed(diagnosis);
  return diagnosis;
}

void expect_severity(const Diagnosis& diagnosis, const char* id, std::optional<Severity> severity) {
  const Fault* fault = find_fault(diagnosis, id);
  EXPECT_EQ(fault != nullptr, severity.has_value()) << id;
  if (fault && severity) {
    EXPECT_EQ(fault->severity, *severity) << id;
  }
}

TEST(Tone, what_has_the_shape_of_its_target_has_no_fault_and_normal_words) {
  const Diagnosis diagnosis = judge_mix(healthy_mix());
  ASSERT_TRUE(diagnosis.target);
  EXPECT_EQ(diagnosis.target->curve.name, "plain");
  EXPECT_TRUE(diagnosis.faults.empty());
  EXPECT_EQ(item(diagnosis, 5).verdict, Verdict::kPass);
  EXPECT_EQ(item(diagnosis, 6).verdict, Verdict::kPass);
  ASSERT_EQ(diagnosis.words.size(), 1U);
  EXPECT_EQ(diagnosis.words[0].term, "warm");
  EXPECT_EQ(diagnosis.words[0].state, WordState::kNormal);
}

TEST(Tone, an_octave_beyond_the_tolerance_is_a_fault_from_one_decibel_and_to_be_fixed_from_four) {
  // 4 to 6.3 kHz; the tolerance is 3 dB.
  expect_severity(with_raised(4000, 6300, 4.0), "harsh", std::nullopt);
  expect_severity(with_raised(4000, 6300, 4.01), "harsh", Severity::kLook);
  expect_severity(with_raised(4000, 6300, 7.0), "harsh", Severity::kLook);
  expect_severity(with_raised(4000, 6300, 7.01), "harsh", Severity::kFix);
  // Two third-octaves are no octave, except in the lows.
  expect_severity(with_raised(4000, 5000, 9.0), "harsh", std::nullopt);
  expect_severity(with_raised(80, 100, 4.01), "boomy", Severity::kLook);
  expect_severity(with_raised(80, 80, 9.0), "boomy", std::nullopt);
}

TEST(Tone, each_range_has_its_own_word_and_it_leads) {
  const struct {
    const char* id;
    double low_hz, high_hz, db;
    int middle_bands;
  } cases[] = {{"boomy", 63, 100, 6, 0},    {"muddy", 160, 250, 6, 2},   {"boxy", 400, 630, 7, 3},
               {"nasal", 1250, 2000, 7, 3}, {"harsh", 4000, 8000, 6, 0}, {"dull", 4000, 16000, -6, 0},
               {"thin", 80, 160, -6, 0}};
  for (const auto& one : cases) {
    const Diagnosis diagnosis = with_raised(one.low_hz, one.high_hz, one.db);
    ASSERT_TRUE(find_fault(diagnosis, one.id)) << one.id;
    EXPECT_EQ(diagnosis.faults.front().id, one.id);
    ASSERT_FALSE(diagnosis.words.empty());
    EXPECT_EQ(diagnosis.words[0].term, one.id);
    EXPECT_NEAR(diagnosis.words[0].deviation_db, around_mean(one.db, one.middle_bands), 0.01) << one.id;
  }
}

TEST(Tone, a_missing_sub_is_never_a_fault) {
  const Diagnosis diagnosis = with_raised(20, 60, -40.0);
  EXPECT_TRUE(diagnosis.faults.empty());
  EXPECT_EQ(item(diagnosis, 5).verdict, Verdict::kPass);
}

TEST(Tone, an_excess_is_named_before_a_shortage_of_the_same_size) {
  Measurements audio = healthy_mix();
  raise_levels(audio, 4000, 16000, -8.0);
  raise_levels(audio, 63, 100, 6.0);
  const Diagnosis diagnosis = judge_mix(audio);
  ASSERT_EQ(diagnosis.faults.size(), 2U);
  EXPECT_EQ(diagnosis.faults[0].id, "boomy");
  EXPECT_EQ(diagnosis.faults[1].id, "dull");
}

TEST(Tone, a_band_that_misbehaves_in_one_part_is_found_there) {
  Measurements audio = healthy_mix();
  raise_levels_between(audio, 4000, 8000, 8.0, 60.0, 90.0);
  const Diagnosis diagnosis = judge_mix(audio);
  expect_well_formed(diagnosis);
  const Fault* harsh = find_fault(diagnosis, "harsh");
  ASSERT_TRUE(harsh);
  ASSERT_EQ(harsh->when.size(), 1U);
  // Stretches of 8 s are called by their middle half.
  EXPECT_NEAR(harsh->when[0].from_s, 60.0, 4.0);
  EXPECT_NEAR(harsh->when[0].to_s, 90.0, 4.0);
  EXPECT_NE(diagnosis.words[0].text.find("mostly"), std::string::npos) << diagnosis.words[0].text;
}

TEST(Tone, a_breakdown_in_which_the_rest_goes_away_is_not_a_fault) {
  Measurements audio = healthy_mix();
  raise_levels_between(audio, 20, 3150, -8.0, 60.0, 90.0);
  raise_levels_between(audio, 10000, 20000, -8.0, 60.0, 90.0);
  EXPECT_FALSE(find_fault(judge_mix(audio), "harsh"));
}

TEST(Tone, what_only_a_second_target_finds_is_less_sure) {
  Knowledge known = judge_knowledge();
  TargetCurve wide = judge_target();
  wide.name = "wide";
  wide.tolerance_db.fill(12.0);
  known.targets = {wide, judge_target()};
  Measurements audio = healthy_mix();
  raise_levels(audio, 4000, 8000, 6.0);
  const Diagnosis diagnosis = diagnose(audio, healthy_source(), {as_mix(), {}, {}}, known);
  ASSERT_TRUE(diagnosis.target);
  EXPECT_EQ(diagnosis.target->curve.name, "wide");
  const Fault* harsh = find_fault(diagnosis, "harsh");
  ASSERT_TRUE(harsh);
  EXPECT_NEAR(harsh->confidence, 0.9 * 0.7, 1e-9);
  EXPECT_NE(harsh->why.find("Against wide it would pass"), std::string::npos) << harsh->why;
  // Told what to judge against, nothing else is asked.
  const Diagnosis told =
      diagnose(audio, healthy_source(),
               {as_mix(), ChosenTarget{ChosenTarget::Origin::kNamed, wide, "You chose it."}, {}}, known);
  EXPECT_FALSE(find_fault(told, "harsh"));
  EXPECT_EQ(told.target->why, "You chose it.");
}

TEST(Tone, what_one_of_two_targets_finds_far_too_much_is_not_yet_to_be_fixed) {
  Knowledge known = judge_knowledge();
  TargetCurve wide = judge_target();
  wide.name = "wide";
  for (double& tolerance : wide.tolerance_db) tolerance += 1.0;
  known.targets.push_back(wide);
  const auto severity = [&](double db) {
    Measurements audio = healthy_mix();
    raise_levels(audio, 4000, 8000, db);
    const Diagnosis diagnosis = diagnose(audio, healthy_source(), {as_mix(), {}, {}}, known);
    const Fault* harsh = find_fault(diagnosis, "harsh");
    return harsh ? std::optional(harsh->severity) : std::nullopt;
  };
  EXPECT_EQ(severity(7.5), Severity::kLook);  // 4.5 dB and 3.5 dB, or less, over the tolerance
  EXPECT_EQ(severity(9.0), Severity::kFix);
}

TEST(Tone, a_passage_far_over_every_target_is_to_be_fixed_too) {
  const auto severity = [](double db) {
    Measurements audio = healthy_mix();
    raise_levels_between(audio, 4000, 8000, db, 60.0, 90.0);
    const Diagnosis diagnosis = judge_mix(audio);
    const Fault* harsh = find_fault(diagnosis, "harsh");
    return harsh ? std::optional(harsh->severity) : std::nullopt;
  };
  EXPECT_EQ(severity(10.9), Severity::kLook);  // 8 dB beyond a tolerance of 3 dB
  EXPECT_EQ(severity(11.1), Severity::kFix);
}

TEST(Tone, a_passage_must_last_as_long_as_a_few_bars) {
  const auto found = [](double seconds) {
    Measurements audio = healthy_mix();
    raise_levels_between(audio, 4000, 8000, 6.0, 60.0, 60.0 + seconds);
    return find_fault(judge_mix(audio), "harsh") != nullptr;
  };
  EXPECT_FALSE(found(5.0));
  EXPECT_TRUE(found(20.0));
}

TEST(Tone, to_lack_what_music_with_drums_has_is_no_shortage_without_them) {
  Knowledge known = judge_knowledge();
  TargetCurve dark = judge_target();
  dark.name = "dark";
  dark.percussive = false;
  for (std::size_t band = 23; band < kTargetBands; ++band) dark.level_db[band] -= 6.0;
  known.targets.push_back(dark);
  const auto dull = [&](double onsets, double range_lu) {
    Measurements audio = healthy_mix();
    raise_levels(audio, 4000, 20000, -6.0);
    audio.dynamics->onsets_per_second = onsets;
    audio.loudness.range_lu = range_lu;
    return find_fault(diagnose(audio, healthy_source(), {as_mix(), {}, {}}, known), "dull") != nullptr;
  };
  EXPECT_FALSE(dull(1.0, 8.0));
  EXPECT_TRUE(dull(2.1, 4.0));
}

TEST(Tone, rhythm_speaks_before_shape_in_the_choice_of_a_target) {
  Knowledge known = judge_knowledge();
  TargetCurve dark = judge_target();
  dark.name = "dark";
  dark.percussive = false;
  for (std::size_t band = 20; band < kTargetBands; ++band) dark.level_db[band] -= 3.0;
  known.targets.push_back(dark);
  Measurements audio = healthy_mix();
  raise_levels(audio, 2000, 20000, -3.0);  // as dark as the dark target
  const auto chosen = [&](double onsets, double range_lu) {
    audio.dynamics->onsets_per_second = onsets;
    audio.loudness.range_lu = range_lu;
    return diagnose(audio, healthy_source(), {as_mix(), {}, {}}, known).target->curve.name;
  };
  EXPECT_EQ(chosen(6.0, 2.0), "plain");
  EXPECT_EQ(chosen(0.5, 15.0), "dark");
  EXPECT_EQ(chosen(2.0, 4.0), "dark");  // nothing to go by but the shape
}

TEST(Tone, bass_that_is_missing_as_a_whole_does_not_choose_the_target_that_excuses_it) {
  Knowledge known = judge_knowledge();
  TargetCurve lean = judge_target();
  lean.name = "lean";
  for (std::size_t band = 0; band < 10; ++band) lean.level_db[band] -= band < 5 ? 12.0 : 3.0;
  known.targets.push_back(lean);
  Measurements audio = healthy_mix();
  raise_levels(audio, 20, 160, -5.0);
  const auto chosen = [&] {
    return diagnose(audio, healthy_source(), {as_mix(), {}, {}}, known).target->curve.name;
  };
  EXPECT_EQ(chosen(), "plain");
  raise_levels(audio, 20, 50, -5.0);  // and falling further, as the lean one does
  EXPECT_EQ(chosen(), "lean");
}

TEST(Tone, a_shortage_counts_where_the_middle_lacks_a_little_less) {
  const auto dull = [](double side_to_mid_db) {
    Measurements audio = healthy_mix();
    // Only the octaves of 500 Hz to 2 kHz have a side: without it the middle is lower there, and the highs
    // stand higher above it.
    for (StereoBand& octave : audio.stereo->octaves)
      octave.side_to_mid_db = octave.low_hz > 300.0 && octave.low_hz < 2000.0 ? side_to_mid_db : -60.0;
    raise_levels(audio, 4000, 16000, -5.2);
    return find_fault(judge_mix(audio), "dull") != nullptr;
  };
  EXPECT_TRUE(dull(-60.0));
  EXPECT_TRUE(dull(0.0));   // 3 dB in most bands of the middle: hardly anything is lacking there
  EXPECT_FALSE(dull(6.0));  // mostly the sides lack it
}

TEST(Tone, of_two_words_that_overlap_the_one_leads_where_the_excess_peaks) {
  const auto leading = [](double low_hz, double high_hz) {
    Measurements audio = healthy_mix();
    raise_levels(audio, 63, 250, 6.0);  // both apply; what is higher tells them apart
    raise_levels(audio, low_hz, high_hz, 1.0);
    return judge_mix(audio).words[0].term;
  };
  EXPECT_EQ(leading(80, 100), "boomy");
  EXPECT_EQ(leading(160, 200), "muddy");
}

TEST(Tone, one_sustained_sound_is_never_to_be_mended_after_a_record) {
  const auto harsh = [](double onsets, double range_lu) {
    Measurements audio = healthy_mix();
    raise_levels(audio, 4000, 8000, 12.0);
    audio.dynamics->onsets_per_second = onsets;
    audio.dynamics->psr_p5_db = 3.0;
    audio.loudness.range_lu = range_lu;
    return judge_mix(audio);
  };
  for (const Diagnosis& music : {harsh(0.3, 0.5), harsh(0.1, 1.5)}) {
    expect_severity(music, "harsh", Severity::kFix);
    expect_severity(music, "over-limited", Severity::kFix);
    EXPECT_EQ(item(music, 6).verdict, Verdict::kFix);
  }
  const Diagnosis tone = harsh(0.1, 0.5);
  expect_severity(tone, "harsh", Severity::kLook);
  expect_severity(tone, "over-limited", std::nullopt);
  EXPECT_EQ(item(tone, 6).verdict, Verdict::kLook);
  EXPECT_NE(find_fault(tone, "harsh")->why.find("one sustained sound"), std::string::npos);
}

TEST(Tone, bursts_make_it_sibilant_from_fifteen_a_minute) {
  const auto at = [](double per_minute) {
    Measurements audio = healthy_mix();
    audio.spectrum->bursts.per_minute = per_minute;
    return judge_mix(audio);
  };
  expect_severity(at(15.0), "sibilant", std::nullopt);
  expect_severity(at(15.1), "sibilant", Severity::kLook);
  expect_severity(at(40.0), "sibilant", Severity::kLook);
  expect_severity(at(40.1), "sibilant", Severity::kFix);
  EXPECT_EQ(at(40.1).words[0].term, "sibilant");
  EXPECT_EQ(item(at(40.1), 6).verdict, Verdict::kFix);
}

TEST(Tone, bursts_in_one_verse_are_placed_there) {
  Measurements audio = healthy_mix();
  audio.spectrum->bursts.per_minute = 10.0;
  audio.spectrum->bursts.series.assign(120, 0.0F);
  for (std::size_t i = 60; i < 90; ++i) audio.spectrum->bursts.series[i] = 1.0F;
  const Fault* sibilant = find_fault(judge_mix(audio), "sibilant");
  const Diagnosis diagnosis = judge_mix(audio);
  sibilant = find_fault(diagnosis, "sibilant");
  ASSERT_TRUE(sibilant);
  ASSERT_EQ(sibilant->when.size(), 1U);
  EXPECT_GE(sibilant->when[0].from_s, 50.0);
  EXPECT_LE(sibilant->when[0].to_s, 100.0);
}

TEST(Tone, a_narrow_peak_counts_only_where_it_stays_put) {
  Measurements audio = healthy_mix();
  audio.spectrum->resonances = {{3150.0, 6.0, 0.1, 0.8, 0.05, {}}};
  EXPECT_EQ(item(judge_mix(audio), 6).verdict, Verdict::kLook);
  audio.spectrum->resonances.push_back({5000.0, 5.0, 0.1, 0.8, 0.05, {}});
  EXPECT_EQ(item(judge_mix(audio), 6).verdict, Verdict::kFix);
  for (Resonance& one : audio.spectrum->resonances) one.drift_octaves = 0.2;
  EXPECT_EQ(item(judge_mix(audio), 6).verdict, Verdict::kPass);
}

TEST(Tone, rumble_and_an_unsteady_bass_reach_the_low_end) {
  const auto rumble = [](double db) {
    Measurements audio = healthy_mix();
    raise_levels(audio, 20, 25, db);
    return item(judge_mix(audio), 5).verdict;
  };
  // 20 and 25 Hz stand 28 + 1.76 dB under the three bands from 50 to 80 Hz.
  EXPECT_EQ(rumble(17.7), Verdict::kPass);
  EXPECT_EQ(rumble(17.8), Verdict::kLook);
  EXPECT_EQ(rumble(23.8), Verdict::kFix);
  Measurements audio = healthy_mix();
  // One column in ten jumps: the lows by 9.1 dB, the rest by 6 dB. A tenth away altogether is an arrangement.
  BandsOverTime& bands = audio.spectrum->third_octaves_over_time;
  bands.column_s = 1.0;
  bands.bands = kTargetBands;
  const auto play = [&](float low_jump_db, float low_rest_db) {
    bands.values.clear();
    for (int column = 0; column < 180; ++column)
      for (int band = 0; band < kTargetBands; ++band) {
        const bool low = target_band_hz(band) < 130.0;
        const float jump = column % 10 == 0          ? (low ? low_jump_db : 6.0F)
                           : column % 10 == 1 && low ? low_rest_db
                                                     : 0.0F;
        bands.values.push_back(-30.0F + jump);
      }
    return item(judge_mix(audio), 5).verdict;
  };
  EXPECT_EQ(play(8.9F, 0.0F), Verdict::kPass);
  EXPECT_EQ(play(9.1F, 0.0F), Verdict::kLook);
  EXPECT_EQ(play(8.9F, -40.0F), Verdict::kPass);
}

TEST(Tone, without_a_spectrum_there_is_no_target_and_no_word) {
  Measurements audio = healthy_mix();
  audio.spectrum.reset();
  audio.stereo.reset();
  const Diagnosis diagnosis = judge_mix(audio);
  expect_well_formed(diagnosis);
  EXPECT_FALSE(diagnosis.target);
  EXPECT_TRUE(diagnosis.words.empty());
  EXPECT_EQ(item(diagnosis, 5).verdict, Verdict::kNotApplicable);
  EXPECT_EQ(item(diagnosis, 6).verdict, Verdict::kNotApplicable);
}

TEST(Tone, a_word_needs_all_that_it_speaks_of) {
  Diagnosis diagnosis = with_raised(2500, 4000, 5.0);
  const auto has = [&](const char* term) {
    return std::any_of(diagnosis.words.begin(), diagnosis.words.end(), [&](const Word& word) {
      return word.term == term && word.state == WordState::kExcess;
    });
  };
  EXPECT_FALSE(has("tinny"));
  Measurements audio = healthy_mix();
  raise_levels(audio, 2500, 4000, 7.0);
  raise_levels(audio, 80, 250, -3.9);
  diagnosis = judge_mix(audio);
  EXPECT_TRUE(has("tinny"));
}

}  // namespace
}  // namespace lacquer
