#pragma once

#include <cmath>

#include "report/reports.h"

namespace lacquer::samples {

// Bytes nobody wants in a report: a tag, quotes, a line break, an escape sequence, a byte that is not UTF-8
// and a mark that turns the direction of writing.
inline const std::string kHostile = "<img src=x onerror=\"alert('1')\"> & \n\x1b[31m \xff \u202egpj.wav";

inline Measurements measured(std::size_t columns = 400) {
  Measurements m;
  m.duration_s = 95.0;
  m.sample_rate_hz = 44100.0;
  m.channels = 2;
  m.loudness.integrated_lufs = -14.04;
  m.loudness.range_lu = 6.2;
  m.loudness.momentary_max_lufs = -9.0;
  m.loudness.short_term_max_lufs = -10.5;
  for (int i = 0; i < 950; ++i) {
    m.loudness.momentary_lufs.push_back(i < 4 ? -INFINITY
                                              : -14.0f + 3.0f * std::sin(0.3f * static_cast<float>(i)));
    m.loudness.short_term_lufs.push_back(i < 30 ? -INFINITY
                                                : -14.0f + std::sin(0.03f * static_cast<float>(i)));
  }
  m.peak.sample_dbfs = -0.5;
  m.peak.true_dbtp = 0.31;
  m.peak.clipped_runs = 2;
  m.peak.clipped_when = {{12.0, 12.1}, {65.0, 67.5}};
  m.dynamics = DynamicsResult{14.3, 12.0, 9.1, 15.2};
  m.stereo = StereoResult{};
  m.stereo->correlation = 0.62;
  m.stereo->bands = {{20.0, 120.0, 0.98, 0.1, -20.0},
                     {120.0, 500.0, std::nullopt, std::nullopt, std::nullopt}};
  m.spectrum = SpectrumResult{};
  for (int i = -17; i <= 13; ++i) {
    const double hz = 1000.0 * std::pow(10.0, i / 10.0);
    m.spectrum->third_octaves.push_back({hz, 3.0 - 0.6 * i});
  }
  m.source = SourceResult{24, 20500.0, -90.0, 0.1, 1.2};
  m.overview.column_s = 95.0 / static_cast<double>(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    const float level = 0.5f + 0.4f * std::sin(0.1f * static_cast<float>(i));
    m.overview.high.push_back(level);
    m.overview.low.push_back(-level);
    m.overview.rms.push_back(0.4f * level);
  }
  return m;
}

inline Diagnosis diagnosis(Verdict verdict = Verdict::kFix) {
  Diagnosis d;
  d.role.why = "it leaves room above its peaks";
  for (int n = 1; n <= 12; ++n) {
    Finding f;
    f.item = n;
    f.id = "item-" + std::to_string(n);
    f.stage = n <= 4 ? CheckStage::kBefore : n <= 8 ? CheckStage::kListen : CheckStage::kExport;
    f.verdict = n == 2 ? verdict : Verdict::kPass;
    f.title = "Title of item " + std::to_string(n);
    f.why =
        "A reason that is long enough to need more than one line on a terminal of eighty columns, for item " +
        std::to_string(n) + ".";
    d.findings.push_back(f);
  }
  Finding& peak = d.findings[1];
  peak.action = "Turn the master fader down by 4 dB and bounce again.";
  peak.where = Where::kMix;
  peak.when = {{12.0, 12.1}, {65.0, 67.5}};
  peak.evidence = {{"true_peak", 0.31, "dBTP", -1.0, -1.31},
                   {"sample_rate", 44100.0, "Hz", std::nullopt, std::nullopt}};
  d.findings[7].listen = ListenPassage{30.0, 45.0, "on a telephone"};
  d.faults = {{"dc-offset", Severity::kLook, 0.9, {{0.0, 95.0}}, "The left channel is shifted."}};
  return d;
}

inline std::vector<PlatformBar> platforms() {
  return {{"Stream A", 1.5, -12.5, -1.0, "peak", -11.0},
          {"Stream B", 0.0, -14.0, 0.3, "rule", -12.0},
          {"Shop", 0.0, -14.0, 0.3, "none", std::nullopt}};
}

inline SourceInfo source() {
  SourceInfo s;
  s.container = "wav";
  s.codec = "pcm_s24le";
  s.sample_rate_hz = 44100.0;
  s.bits = 24;
  s.channels = 2;
  s.channel_layout = "stereo";
  s.duration_s = 95.0;
  return s;
}

inline CheckReport check() { return {"0.1.0", "A song.wav", source(), measured(), diagnosis(), platforms()}; }

// Level but for the mean slope of records, and tighter in the middle.
inline ChosenTarget target() {
  ChosenTarget chosen;
  chosen.curve.name = "modern";
  chosen.curve.label = "Pop and modern";
  for (int i = 0; i < kTargetBands; ++i) {
    const auto at = static_cast<std::size_t>(i);
    chosen.curve.level_db[at] = i < 6 ? -26.0 + 5.0 * i : 4.0 - 0.75 * (i - 6);
    chosen.curve.tolerance_db[at] = i < 6 || i > 27 ? 7.0 : 3.0;
  }
  chosen.why = "It has a steady beat and much percussion.";
  return chosen;
}

// A diagnosis that holds everything a report can show: a boxy, dull piece with sections and placed faults.
inline CheckReport rich_check() {
  CheckReport report = check();
  Measurements& m = report.measurements;
  const ChosenTarget chosen = target();
  for (int i = 0; i < kTargetBands; ++i) {
    const double wiggle = 1.5 * std::sin(0.9 * i);
    const double excess = i >= 12 && i <= 15 ? 4.5 : i >= 23 && i <= 27 ? -5.5 : i == 18 ? 4.0 : 0.0;
    m.spectrum->third_octaves[static_cast<std::size_t>(i)].level_db =
        chosen.curve.level_db[static_cast<std::size_t>(i)] + wiggle + excess - (i < 4 ? 12.0 : 0.0);
  }
  Diagnosis& d = report.diagnosis;
  d.target = chosen;
  d.words = {{"boxy", WordState::kExcess, 300.0, 800.0, 4.1, {{20.0, 52.0}}, "Cardboard: a small room."},
             {"dull", WordState::kDeficiency, 4000.0, 16000.0, -5.2, {}, "A blanket over everything."},
             {"honky", WordState::kExcess, 500.0, 1200.0, 3.2, {{40.0, 52.0}}, "A cupped hand."},
             {"warm", WordState::kNormal, 100.0, 350.0, 0.4, {}, "Comfortable body."}};
  d.sections = {{"intro", {0.0, 11.0}, -22.0}, {"quiet", {11.0, 30.0}, -18.0},
                {"loud", {30.0, 60.0}, -12.0}, {"drop", {60.0, 63.0}, -20.0},
                {"loud", {63.0, 88.0}, -11.5}, {"outro", {88.0, 95.0}, -25.0}};
  d.faults = {{"boxy", Severity::kFix, 0.7, {{20.0, 52.0}}, "300 to 800 Hz stand 4.1 dB over the target."},
              {"click", Severity::kLook, 0.5, {{33.1, 33.1}, {71.0, 71.0}}, "Two clicks, both on the left."},
              {"dull", Severity::kLook, 0.6, {}, "Above 4 kHz it is 5.2 dB under the target."}};
  Finding& low = d.findings[4];
  low.verdict = Verdict::kLook;
  low.id = "low-end";
  low.title = "Low-end balance";
  low.confidence = 0.62;
  low.where = Where::kMaster;
  low.when = {{30.0, 60.0}, {63.0, 88.0}};
  low.evidence = {{"level_40_125_hz", 3.4, "dB", 3.0, -0.4},
                  {"side_to_mid_below_120_hz", -26.0, "dB", -15.0, 11.0}};
  low.action = "Lower the bass by about 1 dB in the loud parts.";
  d.findings[1].confidence = 0.9;
  d.findings[2].confidence = 0.9;
  d.findings[2].evidence = {{"mono_loss_db", 1.3, "dB", 1.5, 0.2},
                            {"correlation", 0.6, "", std::nullopt, std::nullopt}};
  d.findings[7].verdict = Verdict::kListen;
  d.findings[7].listen = ListenPassage{64.0, 76.0, "On a telephone: is the voice still in front?"};
  d.findings[8].verdict = Verdict::kNotApplicable;
  d.findings[11].listen = ListenPassage{30.0, 42.0, "Beside your reference."};
  return report;
}

// From peaks at the ceiling to ten dB of drive more.
inline LoudnessCurve what_loudness_buys() {
  LoudnessCurve curve;
  curve.platforms = {"One", "Two", "Three"};
  curve.references_lufs = {-14.0, -14.0, -11.0};
  for (int i = 0; i <= 10; ++i) {
    LoudnessStep step;
    step.drive_db = 2.0 + i;
    step.lufs = -16.0 + 0.8 * i;
    step.reduction_p95_db = 0.4 * i;
    step.psr_lost_db = 0.5 * i;
    step.psr_p5_db = 12.0 - step.psr_lost_db;
    step.damage.bands = {{20.0, 120.0, 9.0, 0.3 * i, -0.1 * i}, {4000.0, 22050.0, 14.0, 0.6 * i, 0.2 * i}};
    step.damage.bass_intermodulation_pct = 0.25 * i;
    step.within_budget = i < 6;
    step.only_costs = step.lufs > -11.0;
    for (const double reference : curve.references_lufs)
      step.left_lufs.push_back(std::min(reference, step.lufs));
    curve.steps.push_back(step);
  }
  return curve;
}

inline MasterReport master() {
  MasterReport report;
  report.version = "0.1.0";
  report.file_name = "A song.wav";
  report.source = source();
  report.output_path = "/music/A song.master.wav";
  report.report_paths = {"/music/A song.master.html"};
  report.platforms = platforms();
  MasterResult& r = report.result;
  r.before = measured();
  r.after = measured();
  r.after.loudness.integrated_lufs = -11.8;
  r.after.peak.true_dbtp = -1.02;
  r.diagnosis_before = diagnosis();
  r.diagnosis_after = diagnosis(Verdict::kPass);
  r.plan.loudness_lufs = -11.8;
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    r.plan.stages[i].stage = kStages[i];
    r.plan.stages[i].reason = "Not available in this version.";
  }
  PlanStage& limiting = r.plan.at(Stage::kLimiting);
  limiting.state = StageState::kOn;
  limiting.reason = "Peaks would pass the ceiling by 2.2 dB.";
  limiting.parameters = {{"release_ms", 120.0}};
  r.plan.at(Stage::kSaturation).state = StageState::kOffered;
  r.items = {{2, "item-2", Verdict::kFix, Verdict::kPass, "fixed", Stage::kLimiting},
             {3, "item-3", Verdict::kPass, Verdict::kPass, "unchanged", std::nullopt}};
  r.verified = {{"true_peak <= -1.0 dBTP", -1.02, true}};
  r.loudness_curve = what_loudness_buys();
  r.limiter.reduction_max_db = 3.4;
  r.limiter.reduction_db.assign(400, 0.5f);
  return report;
}

// What a report holds of a file in which nothing could be measured.
inline CheckReport empty_check() {
  CheckReport report;
  report.version = "0.1.0";
  report.file_name = "silence.wav";
  report.measurements.dynamics = DynamicsResult{};
  report.measurements.stereo = StereoResult{};
  report.measurements.spectrum = SpectrumResult{};
  report.measurements.source = SourceResult{};
  report.measurements.loudness.momentary_lufs.assign(50, -INFINITY);
  report.measurements.duration_s = 5.0;
  report.measurements.stereo->bands = {{20.0, 120.0, std::nullopt, std::nullopt, std::nullopt}};
  return report;
}

}  // namespace lacquer::samples
