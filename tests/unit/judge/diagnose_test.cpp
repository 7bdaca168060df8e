#include "judge/diagnose.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/noise.h"
#include "support/signals.h"
#include "unit/judge/judge_cases.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

TEST(Diagnose, gives_exactly_twelve_findings_in_order_for_mix_and_master) {
  expect_well_formed(judge_mix(healthy_mix()));
  expect_well_formed(judge_master(healthy_master()));
}

TEST(Diagnose, finds_no_fault_in_healthy_audio) {
  EXPECT_TRUE(judge_mix(healthy_mix()).faults.empty());
  EXPECT_TRUE(judge_master(healthy_master()).faults.empty());
  EXPECT_FALSE(mix_must_be_fixed(judge_mix(healthy_mix())));
}

TEST(Diagnose, says_the_same_twice) {
  const Diagnosis a = judge_mix(healthy_mix());
  const Diagnosis b = judge_mix(healthy_mix());
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(a.findings[i].why, b.findings[i].why);
}

TEST(Diagnose, is_sober_about_silence) {
  Measurements audio;
  audio.duration_s = 60.0;
  audio.sample_rate_hz = 48000.0;
  audio.channels = 2;
  audio.dynamics = DynamicsResult{};
  audio.stereo = StereoResult{};
  audio.spectrum = SpectrumResult{};
  audio.source = SourceResult{std::nullopt, std::nullopt, std::nullopt, 60.0, 60.0};
  for (const Diagnosis& diagnosis : {judge_mix(audio), judge_master(audio)}) {
    expect_well_formed(diagnosis);
    for (const int number : {2, 3, 4, 5, 6, 7, 8, 9, 10, 12})
      EXPECT_EQ(item(diagnosis, number).verdict, Verdict::kNotApplicable) << number;
    EXPECT_FALSE(mix_must_be_fixed(diagnosis));
  }
}

TEST(Diagnose, copes_with_loudness_measured_alone) {
  Measurements audio = healthy_mix();
  audio.dynamics.reset();
  audio.stereo.reset();
  audio.spectrum.reset();
  audio.source.reset();
  expect_well_formed(judge_mix(audio));
  EXPECT_EQ(item(judge_mix(audio), 3).verdict, Verdict::kNotApplicable);
  EXPECT_EQ(item(judge_mix(audio), 2).verdict, Verdict::kPass);
}

TEST(Diagnose, is_less_sure_about_short_audio) {
  Measurements audio = healthy_mix();
  const double sure = item(judge_mix(audio), 2).confidence;
  audio.duration_s = 29.0;
  EXPECT_LT(item(judge_mix(audio), 2).confidence, sure);
  audio.duration_s = 30.0;
  EXPECT_EQ(item(judge_mix(audio), 2).confidence, sure);
}

TEST(Diagnose, the_mix_must_be_fixed_where_items_two_to_four_say_so) {
  Measurements clipped = healthy_mix();
  clipped.peak.clipped_runs = 2;
  EXPECT_TRUE(mix_must_be_fixed(judge_mix(clipped)));
  EXPECT_FALSE(mix_must_be_fixed(judge_master(clipped)));
  Measurements hollow = healthy_mix();
  hollow.stereo->mono_loss_db = 5.0;
  EXPECT_TRUE(mix_must_be_fixed(judge_mix(hollow)));
  Measurements squashed = healthy_mix();
  squashed.dynamics->psr_p5_db = 4.0;
  EXPECT_TRUE(mix_must_be_fixed(judge_mix(squashed)));
  EXPECT_FALSE(mix_must_be_fixed(judge_master(squashed)));
  Measurements wide = healthy_mix();
  wide.stereo->balance_lu = 5.0;  // item 7 does not hold mastering up
  EXPECT_FALSE(mix_must_be_fixed(judge_mix(wide)));
}

TEST(Diagnose, names_one_smallest_change_to_the_mix) {
  EXPECT_EQ(smallest_mix_change(judge_mix(healthy_mix())), "");
  Measurements hot = healthy_mix();
  hot.peak.true_dbtp = 1.0;
  EXPECT_NE(smallest_mix_change(judge_mix(hot)).find("4.0 dB"), std::string::npos);
  hot.dynamics->psr_p5_db = 4.0;  // now the limiter comes first, and the rest may follow
  const std::string change = smallest_mix_change(judge_mix(hot));
  EXPECT_NE(change.find("bypass the limiter"), std::string::npos);
  EXPECT_NE(change.find("another item may clear with it"), std::string::npos);
}

TEST(Role, takes_what_it_is_told) {
  const Role role =
      guess_role(healthy_mix(), healthy_source(), Role::Kind::kMaster, Role::Purpose::kClub, judge_rules());
  EXPECT_EQ(role.as, Role::Kind::kMaster);
  EXPECT_EQ(role.purpose, Role::Purpose::kClub);
  EXPECT_FALSE(role.guessed);
}

TEST(Role, guesses_a_master_from_two_hints_and_says_which) {
  Measurements audio = healthy_mix();
  audio.loudness.integrated_lufs = -10.0;
  Role role = guess_role(audio, healthy_source(), {}, {}, judge_rules());
  EXPECT_EQ(role.as, Role::Kind::kMix);  // one hint may be a loud mix
  EXPECT_TRUE(role.guessed);
  audio.dynamics->plr_db = 9.0;
  role = guess_role(audio, healthy_source(), {}, {}, judge_rules());
  EXPECT_EQ(role.as, Role::Kind::kMaster);
  EXPECT_NE(role.why.find("\u221210.0 LUFS"), std::string::npos);
}

TEST(Role, peaks_that_stop_at_one_level_are_a_hint) {
  Measurements audio = healthy_mix();
  audio.dynamics->plr_db = 9.0;
  audio.peak.highest = {{1, -1.0, 0}, {3, -1.02, 0}, {5, -1.05, 0}, {7, -1.09, 0}};
  EXPECT_EQ(guess_role(audio, healthy_source(), {}, {}, judge_rules()).as, Role::Kind::kMaster);
  audio.peak.highest[3].level_db = -1.2;
  EXPECT_EQ(guess_role(audio, healthy_source(), {}, {}, judge_rules()).as, Role::Kind::kMix);
}

TEST(Role, takes_silence_for_a_mix) {
  const Role role = guess_role(Measurements{}, SourceInfo{}, {}, {}, judge_rules());
  EXPECT_EQ(role.as, Role::Kind::kMix);
  EXPECT_NE(role.why.find("too little sound"), std::string::npos);
}

// Measurements no audio could give: absent, huge, not finite, contradictory.
class Scrambler {
 public:
  explicit Scrambler(std::uint64_t seed) : noise_(seed) {}

  bool chance(double share) { return noise_.uniform() < share; }

  double number() {
    const double extremes[] = {0.0,
                               -0.0,
                               1e300,
                               -1e300,
                               1e-300,
                               std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity(),
                               std::numeric_limits<double>::quiet_NaN()};
    if (chance(0.2)) return extremes[noise_.bits() % 8];
    return -60.0 + 80.0 * noise_.uniform();
  }
  std::optional<double> maybe() { return chance(0.3) ? std::nullopt : std::optional<double>(number()); }

  std::vector<float> series() {
    std::vector<float> values(noise_.bits() % 400);
    for (float& value : values) value = static_cast<float>(number());
    return values;
  }
  std::vector<TimeRange> times() {
    std::vector<TimeRange> ranges(noise_.bits() % 3);
    for (TimeRange& range : ranges) range = {10.0 * noise_.uniform(), 20.0};
    return ranges;
  }

  std::vector<StereoBand> bands(std::initializer_list<double> edges) {
    std::vector<StereoBand> result;
    double low = 20.0;
    for (const double high : edges) {
      if (!chance(0.1))
        result.push_back(
            {chance(0.05) ? number() : low, chance(0.05) ? number() : high, maybe(), maybe(), maybe()});
      low = high;
    }
    return result;
  }

  Measurements audio() {
    Measurements m;
    m.duration_s = chance(0.1) ? number() : 200.0 * noise_.uniform();
    m.sample_rate_hz = 48000.0;
    m.channels = static_cast<int>(noise_.bits() % 8);
    if (chance(0.7)) m.channels = 2;
    m.loudness = {maybe(), maybe(), maybe(), maybe(), {maybe(), maybe()}, series(), series()};
    m.peak.sample_dbfs = maybe();
    m.peak.true_dbtp = maybe();
    m.peak.clipped_runs = chance(0.5) ? 0 : noise_.bits();
    m.peak.intersample_overs = chance(0.5) ? 0 : noise_.bits();
    m.peak.clipped_when = times();
    m.peak.intersample_overs_when = times();
    for (std::size_t i = noise_.bits() % 8; i > 0; --i) m.peak.highest.push_back({number(), number(), 0});
    if (!chance(0.2)) m.dynamics = DynamicsResult{maybe(), maybe(), maybe(), maybe()};
    if (!chance(0.2))
      m.stereo = StereoResult{maybe(),
                              maybe(),
                              maybe(),
                              maybe(),
                              maybe(),
                              bands({120, 500, 4000, 16000}),
                              bands({88, 177, 354, 707, 1414, 2828, 5657, 11314}),
                              series()};
    if (!chance(0.2)) {
      m.spectrum = SpectrumResult{maybe(), {}};
      for (int k = -17; k <= 13; ++k)
        m.spectrum->third_octaves.push_back({1000.0 * std::pow(10.0, k / 10.0), maybe(), maybe()});
      scramble_details(*m.spectrum);
    }
    if (!chance(0.2))
      m.source = SourceResult{static_cast<int>(noise_.bits() % 33), maybe(), maybe(), maybe(), maybe()};
    add_defects(m);
    return m;
  }

  void add_defects(Measurements& m) {
    m.peak.flat_tops = chance(0.5) ? std::nullopt : std::optional<std::int64_t>(noise_.bits());
    m.peak.flat_tops_per_minute = maybe();
    for (std::size_t i = noise_.bits() % 3; i > 0; --i)
      m.peak.cut_stretches.push_back(
          {{5.0, 10.0}, number(), static_cast<std::int64_t>(noise_.bits() % 1000)});
    if (chance(0.5)) m.peak.sample_ceiling = Ceiling{number(), 60, number(), times()};
    if (m.stereo) {
      m.stereo->side_to_mid_over_time = {number(), static_cast<int>(noise_.bits() % 6), series()};
      if (chance(0.5)) m.stereo->worst_mono_loss = MonoLossCell{number(), number(), number(), {5.0, 8.0}};
      if (chance(0.5)) m.stereo->polarity = PolarityResult{false, chance(0.5), number(), number(), times()};
      m.stereo->low_wide_when = times();
    }
    if (!m.source) return;
    SourceResult& source = *m.source;
    source.lossy = {chance(0.5), maybe(), maybe(), chance(0.5) ? "MP3" : "", number(), number(), times()};
    source.upsampled_from_hz = maybe();
    source.dc_offset_max_dbfs = maybe();
    source.dc_when = times();
    source.hum = {chance(0.5), maybe(), maybe(), 2, times()};
    source.rumble_dbfs = maybe();
    source.rumble_db = maybe();
    source.rumble_when = times();
    source.clicks = chance(0.5) ? 0 : noise_.bits() % 100;
    source.click_places = {{number(), 0, number(), number()}};
    source.dropouts = chance(0.5) ? 0 : noise_.bits() % 100;
    source.dropout_when = times();
    if (chance(0.5)) source.start = EdgeResult{chance(0.5), number()};
    if (chance(0.5)) source.end = EdgeResult{chance(0.5), number()};
    source.noise_floor_dbfs = maybe();
    source.dual_mono_share = maybe();
  }

  // What changes over time, and what stands out narrowly.
  void scramble_details(SpectrumResult& spectrum) {
    BandsOverTime& matrix = spectrum.third_octaves_over_time;
    matrix.column_s = number();
    matrix.bands = chance(0.9) ? kTargetBands : static_cast<int>(noise_.bits() % 40);
    const std::size_t columns = noise_.bits() % 60;
    for (std::size_t i = 0; i < columns * kTargetBands + (chance(0.1) ? 1 : 0); ++i)
      matrix.values.push_back(static_cast<float>(number()));
    spectrum.resonances = {{number(), number(), number(), number(), number(), {}}};
    spectrum.bursts.per_minute = maybe();
    spectrum.bursts.column_s = number();
    spectrum.bursts.series = series();
  }

  SourceInfo source() {
    SourceInfo info = healthy_source();
    info.sample_rate_hz = number() * 1000.0;
    if (chance(0.5)) info.bits = static_cast<int>(noise_.bits() % 65);
    if (chance(0.2)) info.bits.reset();
    info.is_float = chance(0.3);
    info.lossy = chance(0.2);
    info.truncated = chance(0.1);
    info.extensible_header = chance(0.3);
    info.non_finite_samples = chance(0.2) ? noise_.bits() : 0;
    info.channels = static_cast<int>(noise_.bits() % 4);
    return info;
  }

  std::optional<Role::Kind> kind() {
    if (chance(0.3)) return std::nullopt;
    return chance(0.5) ? Role::Kind::kMix : Role::Kind::kMaster;
  }

 private:
  NoiseGenerator noise_;
};

TEST(Diagnose, gives_twelve_complete_findings_whatever_was_measured) {
  const std::uint64_t seed = test_seed(2);
  Scrambler scrambler(seed);
  for (int i = 0; i < 3000; ++i) {
    const Measurements audio = scrambler.audio();
    const SourceInfo source = scrambler.source();
    const Role role = guess_role(audio, source, scrambler.kind(), {}, judge_rules());
    Knowledge known = judge_knowledge();
    if (scrambler.chance(0.1)) known.platforms.clear();
    const Diagnosis diagnosis = diagnose(audio, source, {role, {}, {}}, known);
    expect_well_formed(diagnosis);
    smallest_mix_change(diagnosis);
    if (role.as == Role::Kind::kMaster)
      for (const int number : {1, 2}) ASSERT_NE(item(diagnosis, number).verdict, Verdict::kFix);
    else
      for (const int number : {9, 10, 12})
        ASSERT_EQ(item(diagnosis, number).verdict, Verdict::kNotApplicable);
    ASSERT_NE(item(diagnosis, 1).verdict, Verdict::kFix);
    ASSERT_FALSE(HasFailure()) << "seed " << seed << ", case " << i;
  }
}

}  // namespace
}  // namespace lacquer
