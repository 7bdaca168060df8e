#include "unit/judge/judge_cases.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lacquer::test {

DiagnosticRules judge_rules() {
  DiagnosticRules rules;
  rules.role = {-13.0, 11.0, 0.1, -3.0, 4.0};
  rules.fresh_ears = {12.0};
  rules.peak_level = {{-3.0, 0.0}};
  rules.mono = {{1.5, 3.0}, {3.0, 5.0}, 250.0, 3.0, {0.01, 0.10}, -0.8, -40.0};
  rules.source_integrity = {{12.0, 8.0}, {10.0, 7.0}, {0.0, 10.0}, {-60.0, -46.0}};
  rules.low_end = {{-15.0, -8.0}};
  rules.stereo_width.band_db = {{{-15.0, -8.0}, {-7.0, -4.0}, {-4.0, -1.0}, {-1.0, 2.0}}};
  rules.stereo_width.band_narrow_db = {-200.0, -22.0, -18.0, -16.0};
  rules.stereo_width.broadband_db = {-5.0, -2.0};
  rules.stereo_width.broadband_narrow_db = -16.0;
  rules.stereo_width.broadband_mono_db = -25.0;
  rules.stereo_width.correlation = {0.3, 0.0};
  rules.stereo_width.balance_lu = {0.5, 1.5};
  rules.stereo_width.same_channels_share = 0.99;
  rules.stereo_width.same_channels_db = -60.0;
  rules.stereo_width.local_s = 8.0;
  rules.listening = {12.0};
  rules.platform_loudness = {{4.0, 7.0}, {8.0, 7.0}, -18.0, 1.0};
  rules.ceiling = {{-1.0, 0.0}, -14.0, -2.0, 0.1, 1.0, 2.0, 0.0};
  rules.format = {44100.0, 48000.0, 16.0, 24.0, 0.5, 3.0};
  rules.faults.flat_tops_per_min = {6.0, 60.0};
  rules.faults.limited_share = 0.4;
  rules.faults.dc_under_programme_db = -36.0;
  rules.faults.dc_part_under_programme_db = -30.0;
  rules.faults.hum_db = {-70.0, -40.0};
  rules.faults.lossy_confidence = 0.5;
  rules.faults.lossy_fix_hz = 17500.0;
  rules.faults.upsampled_fix_hz = 40000.0;
  rules.faults.padded_fix_bits = 16.0;
  rules.faults.clicks = {0.0, 2.0};
  rules.faults.rumble_db = {-13.0, -8.0};
  rules.faults.inverted_side_db = 1.0;
  rules.faults.inverted_share = 0.1;
  rules.faults.hollow_loss_db = {6.0, 9.0};
  rules.faults.hollow_s = 3.0;
  rules.faults.break_s = 1.0;
  rules.faults.quiet_lu = 20.0;
  rules.faults.wide_db = {-1.0, 1.0};
  rules.faults.narrow_db = -20.0;
  rules.faults.low_wide_db = {-5.0, -1.5};
  rules.faults.imbalance_lu = {1.2, 2.5};
  rules.faults.edge_under_programme_db = 14.0;
  rules.faults.edge_clear_dc_db = 3.0;
  rules.faults.edge_clear_db = 10.0;
  rules.certainty = {1.0, 0.9, 0.6, 0.5, 0.5, 30.0, 0.7};
  return rules;
}

namespace {

PlatformRule platform(const char* id, GainRule gain, std::optional<double> reference_lufs,
                      bool default_mode) {
  PlatformRule rule;
  rule.id = id;
  rule.mode = "test";
  rule.name = std::string("Service ") + id;
  rule.gain = gain;
  rule.reference_lufs = reference_lufs;
  rule.default_mode = default_mode;
  rule.track_scope = true;
  if (gain == GainRule::kPeakLimited) rule.up_ceiling_dbtp = -1.0;
  return rule;
}

}  // namespace

std::vector<PlatformRule> judge_platforms() {
  return {platform("lifting", GainRule::kPeakLimited, -14.0, true),
          platform("down", GainRule::kDownOnly, -14.0, true),
          platform("low", GainRule::kDownOnly, -16.0, true),
          platform("louder", GainRule::kDownOnly, -7.0, false),
          platform("untouched", GainRule::kNone, std::nullopt, true)};
}

namespace {
// No rumble, else level.
double healthy_level_db(int band) { return band < 2 ? -30.0 : -2.0; }
}  // namespace

TargetCurve judge_target() {
  TargetCurve target;
  target.name = "plain";
  target.label = "Plain";
  for (int band = 0; band < kTargetBands; ++band) {
    target.level_db[static_cast<std::size_t>(band)] = healthy_level_db(band) + 2.0;
    target.tolerance_db[static_cast<std::size_t>(band)] = band < 2 ? 12.0 : 3.0;
  }
  return target;
}

TonalRules judge_tonal_rules() {
  TonalRules rules;
  rules.choice = {2.0, 4.0, 2.0, 0.8, 1.5, 180.0, 3900.0, 3.0, 0.8, 2.0};
  rules.music = {0.2, 1.0, 4.0, 0.5, 20.0, 0.99, 71.0, -12.0};
  rules.broad = {{1.0, 4.0}, 1.0, 3.0, 2.0, 150.0, 63.0, 1.5, 4.0};
  rules.at_times = {8.0, 8.0, {1.5, 8.0}, 2.0, 1.0, 5.0};
  rules.bursts = {{15.0, 40.0}, {30.0, 60.0}, 10.0};
  rules.resonance = {4.0, 0.34, 0.5, 0.1667, 2.0};
  rules.low_end = {{4.0, 8.0}, {-12.0, -6.0}, 3.0};
  rules.harshness = {{2.0, 8.0}, {2.0, 7.0}};
  rules.words = {3.0, 0.6, 8.0, 4.0};
  rules.certainty = {0.7, 0.5};
  return rules;
}

namespace {
VocabularyTerm term(const char* id, double low_hz, double high_hz, WordState names) {
  VocabularyTerm made;
  made.id = id;
  made.cluster = "mid";
  made.low_hz = low_hz;
  made.high_hz = high_hz;
  made.names = names;
  if (names != WordState::kDeficiency) made.excess_db = 3.0;
  if (names != WordState::kExcess) made.deficiency_db = -3.0;
  made.measured_by = "level";
  made.excess = "Too much.";
  made.normal = "Right.";
  made.deficiency = "Too little.";
  made.instruments = "Any.";
  return made;
}
}  // namespace

std::vector<VocabularyTerm> judge_vocabulary() {
  std::vector<VocabularyTerm> terms = {
      term("boomy", 60, 150, WordState::kExcess),        term("muddy", 100, 300, WordState::kExcess),
      term("warm", 100, 350, WordState::kNormal),        term("thin", 80, 250, WordState::kDeficiency),
      term("boxy", 300, 800, WordState::kExcess),        term("nasal", 1000, 3000, WordState::kExcess),
      term("tinny", 1000, 4000, WordState::kExcess),     term("harsh", 4000, 8000, WordState::kExcess),
      term("sibilant", 5000, 10000, WordState::kExcess), term("dull", 4000, 16000, WordState::kDeficiency)};
  terms[6].also = {{80.0, 250.0, {}, -3.0}};
  terms[8].measured_by = "bursts";
  return terms;
}

void raise_levels(Measurements& audio, double low_hz, double high_hz, double db) {
  for (ThirdOctave& third : audio.spectrum->third_octaves)
    if (third.hz > low_hz * 0.99 && third.hz < high_hz * 1.01) third.level_db = *third.level_db + db;
}

void raise_levels_between(Measurements& audio, double low_hz, double high_hz, double db, double from_s,
                          double to_s) {
  BandsOverTime& matrix = audio.spectrum->third_octaves_over_time;
  for (std::size_t i = 0; i < matrix.values.size(); ++i) {
    const double hz = target_band_hz(static_cast<int>(i % kTargetBands));
    const double at_s = static_cast<double>(i / kTargetBands) * matrix.column_s;
    if (hz > low_hz * 0.99 && hz < high_hz * 1.01 && at_s >= from_s && at_s < to_s)
      matrix.values[i] += static_cast<float>(db);
  }
}

Measurements healthy_mix() {
  Measurements m;
  m.duration_s = 180.0;
  m.sample_rate_hz = 48000.0;
  m.channels = 2;
  m.loudness.integrated_lufs = -19.0;
  m.loudness.range_lu = 6.0;
  m.loudness.channel_lufs = {-22.0, -22.1};
  m.loudness.short_term_lufs.assign(1800, -19.0F);
  m.peak.sample_dbfs = -5.2;
  m.peak.true_dbtp = -5.0;
  m.peak.highest = {{60.0, -5.2, 0}, {90.0, -6.0, 1}, {120.0, -6.5, 0}, {30.0, -7.0, 0}};
  m.dynamics = DynamicsResult{14.0, 13.0, 11.0, 15.0};
  StereoResult stereo;
  stereo.correlation = 0.7;
  stereo.mono_loss_db = 0.6;
  stereo.side_to_mid_db = -9.0;
  stereo.balance_lu = 0.1;
  stereo.negative_share = 0.0;
  // Correlations of bands are left unknown, so that a test sets the width of one with one number.
  stereo.bands = {{0, 120, std::nullopt, 0.1, -20.0},
                  {120, 500, std::nullopt, 0.4, -10.0},
                  {500, 4000, std::nullopt, 0.6, -9.0},
                  {4000, 16000, std::nullopt, 1.0, -6.0}};
  for (const double centre : {63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0})
    stereo.octaves.push_back({centre / std::sqrt(2.0), centre * std::sqrt(2.0), 0.8, 0.6, -9.0});
  stereo.correlation_series.assign(180, 0.7F);
  m.stereo = stereo;
  SpectrumResult spectrum;
  for (int band = 0; band < kTargetBands; ++band)
    spectrum.third_octaves.push_back({target_band_hz(band), healthy_level_db(band)});
  spectrum.third_octaves_over_time.column_s = 1.0;
  spectrum.third_octaves_over_time.bands = kTargetBands;
  for (int column = 0; column < 180; ++column)
    for (int band = 0; band < kTargetBands; ++band)
      spectrum.third_octaves_over_time.values.push_back(static_cast<float>(healthy_level_db(band) - 30.0));
  spectrum.bursts.per_minute = 2.0;
  spectrum.bursts.column_s = 1.0;
  m.spectrum = spectrum;
  m.source = SourceResult{24, 20000.0, -90.0, 0.1, 1.0};
  return m;
}

SourceInfo healthy_source() {
  SourceInfo source;
  source.container = "wav";
  source.codec = "pcm_s24le";
  source.sample_rate_hz = 48000.0;
  source.bits = 24;
  source.channels = 2;
  source.channel_layout = "stereo";
  source.frames = 180 * 48000;
  source.duration_s = 180.0;
  return source;
}

Measurements healthy_master() {
  Measurements m = healthy_mix();
  m.loudness.integrated_lufs = -14.5;
  m.peak.sample_dbfs = -1.4;
  m.peak.true_dbtp = -1.2;
  m.dynamics = DynamicsResult{13.3, 12.0, 9.5, 13.0};
  return m;
}

Role as_mix() {
  Role role;
  role.guessed = false;
  return role;
}

Role as_master(Role::Purpose purpose) {
  Role role = as_mix();
  role.as = Role::Kind::kMaster;
  role.purpose = purpose;
  return role;
}

ChainRules judge_chain_rules() {
  ChainRules rules;
  rules.corrective_eq = {0.5, 3.0, 2.5, 0.5, 3.0, 1.0, 0.5, 1.6, 3.0, 8.0, 3.0, 25.0, 18.0};
  rules.multiband = {8.0, 2.0, 3.0, 30.0, 160.0, 15.0, 120.0, 3.0, 60.0, 200.0, 3000.0};
  rules.width = {120.0, -8.0, 2.0, 0.5, 2.0, 0.5, 1.0, 3.0};
  rules.match = {6.0, 4.0, 24.0, 18.0, 3.0, 2.0, 24.0, 18.0, 0.0, 1.0, 60.0, 30.0, 8.0};
  rules.offers.most = 2.0;
  rules.offers.shelf_least_db = 1.0;
  rules.offers.shelf_most_db = 1.0;
  rules.offers.share = 0.5;
  rules.offers.low_shelf_hz = 100.0;
  rules.offers.high_shelf_hz = 8000.0;
  rules.offers.plr_db = 13.0;
  rules.offers.limited_db = 2.5;
  rules.offers.low_to_bass_db = 1.0;
  rules.offers.least_psr_p5_db = 8.0;
  rules.offers.most_presence_db = 2.0;
  rules.offers.drive_db = 6.0;
  rules.offers.mix_pct = 25.0;
  rules.offers.narrow_db = -16.0;
  rules.offers.mono_loss_db = 1.0;
  rules.offers.widen_db = 1.5;
  rules.offers.widen_floor_db = -40.0;
  rules.trial = {0.3, 0.4, 1.0};
  rules.closed_loop = {1.0, 0.9};
  return rules;
}

Knowledge judge_knowledge() {
  Knowledge known{judge_rules(),     {}, judge_platforms(), {judge_target()}, judge_tonal_rules(),
                  judge_vocabulary()};
  known.chain = judge_chain_rules();
  return known;
}

Diagnosis judge_mix(const Measurements& audio, const SourceInfo& source) {
  return diagnose(audio, source, {as_mix(), {}, {}}, judge_knowledge());
}

Diagnosis judge_master(const Measurements& audio, const SourceInfo& source, Role::Purpose purpose) {
  return diagnose(audio, source, {as_master(purpose), {}, {}}, judge_knowledge());
}

const Fault* find_fault(const Diagnosis& diagnosis, const std::string& id) {
  for (const Fault& fault : diagnosis.faults)
    if (fault.id == id) return &fault;
  return nullptr;
}

const Evidence* find_evidence(const Finding& finding, const std::string& metric) {
  for (const Evidence& evidence : finding.evidence)
    if (evidence.metric == metric) return &evidence;
  return nullptr;
}

namespace {

void expect_sentence(const std::string& text, const std::string& what) {
  ASSERT_FALSE(text.empty()) << what;
  EXPECT_TRUE(text.back() == '.' || text.back() == '?') << what << ": " << text;
  // As numbers, not inside words ("financial").
  for (const char* bad :
       {" nan", "-nan", "\u2212nan", " inf ", "-inf", "\u2212inf", "inf ", "  ", "\u22120.0 "})
    EXPECT_EQ(text.find(bad), std::string::npos) << what << ": " << text;
}

void expect_times(const std::vector<TimeRange>& times, const std::string& what) {
  for (const TimeRange& range : times) {
    EXPECT_TRUE(std::isfinite(range.from_s) && std::isfinite(range.to_s)) << what;
    EXPECT_LE(range.from_s, range.to_s) << what;
  }
}

}  // namespace

void expect_well_formed(const Diagnosis& diagnosis) {
  const std::vector<std::string> ids = {
      "fresh-ears",   "peak-level",  "mono-compatibility", "source-integrity",  "low-end",     "harshness",
      "stereo-width", "translation", "platform-loudness",  "true-peak-ceiling", "file-format", "playback"};
  ASSERT_EQ(diagnosis.findings.size(), ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Finding& finding = diagnosis.findings[i];
    EXPECT_EQ(finding.item, static_cast<int>(i + 1));
    EXPECT_EQ(finding.id, ids[i]);
    EXPECT_EQ(finding.stage, i < 4 ? CheckStage::kBefore : i < 8 ? CheckStage::kListen : CheckStage::kExport);
    EXPECT_FALSE(finding.title.empty());
    EXPECT_TRUE(finding.confidence > 0.0 && finding.confidence <= 1.0) << finding.id;
    expect_sentence(finding.why, finding.id);
    expect_sentence(finding.action, finding.id);
    expect_times(finding.when, finding.id);
    for (const Evidence& evidence : finding.evidence) {
      EXPECT_FALSE(evidence.metric.empty());
      EXPECT_TRUE(std::isfinite(evidence.value)) << finding.id << " " << evidence.metric;
      EXPECT_EQ(evidence.threshold.has_value(), evidence.distance.has_value()) << evidence.metric;
      if (evidence.threshold) {
        EXPECT_TRUE(std::isfinite(*evidence.threshold) && std::isfinite(*evidence.distance))
            << evidence.metric;
      }
    }
    if (finding.verdict == Verdict::kFix || finding.verdict == Verdict::kLook) {
      EXPECT_NE(finding.where, Where::kNone) << finding.id;
    }
    if (finding.listen) {
      expect_times({{finding.listen->from_s, finding.listen->to_s}}, finding.id);
      expect_sentence(finding.listen->how, finding.id);
    }
  }
  EXPECT_TRUE(diagnosis.findings[7].listen);
  EXPECT_TRUE(diagnosis.findings[11].listen);
  for (const Fault& fault : diagnosis.faults) {
    EXPECT_TRUE(fault.confidence > 0.0 && fault.confidence <= 1.0) << fault.id;
    expect_sentence(fault.why, fault.id);
    expect_times(fault.when, fault.id);
  }
}

}  // namespace lacquer::test
