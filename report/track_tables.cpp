#include "report/track_tables.h"

#include "report/format.h"
#include "report/summary.h"

namespace lacquer {
namespace {

std::string settings_and_trial(const PlanStage& stage) {
  std::vector<std::string> parts;
  if (stage.state != StageState::kOff && !stage.parameters.empty()) parts.push_back(settings_text(stage));
  if (stage.trial) {
    parts.push_back(std::string(stage.trial->kept ? "trial kept" : "trial not kept") + ": better by " +
                    quantity(stage.trial->improved_db, "dB") + ", worse by " +
                    quantity(stage.trial->worse_db, "dB"));
    if (!stage.trial->note.empty()) parts.push_back(stage.trial->note);
  }
  if (!stage.too_far.empty()) parts.push_back("too far: " + stage.too_far);
  return join(parts, "; ");
}

Table stereo_table(const StereoResult& stereo) {
  Table table{"Stereo by band",
              {{"Band"}, {"Correlation", true}, {"Mono loss", true}, {"Side to mid", true}},
              {},
              Table::Shape::kPlain};
  for (const StereoBand& band : stereo.bands)
    table.rows.push_back({number(band.low_hz, 0) + "\u2013" + quantity(band.high_hz, "Hz", 0),
                          number(band.correlation, 2), quantity(band.mono_loss_db, "dB"),
                          quantity(band.side_to_mid_db, "dB")});
  return table;
}

}  // namespace

Table key_number_table(const Measurements& measurements) {
  Table table{"Key numbers", {}, {{}}, Table::Shape::kPlain};
  for (const KeyNumber& one : key_numbers(measurements)) {
    table.columns.push_back({one.name});
    table.rows.front().push_back(quantity(one.value, one.unit));
  }
  return table;
}

Table before_after_table(const MasterResult& result) {
  Table table{"Key numbers before and after",
              {{"Measured"}, {"Mix", true}, {"Master", true}, {"Change", true}},
              {},
              Table::Shape::kPlain};
  const auto before = key_numbers(result.before);
  const auto after = key_numbers(result.after);
  for (std::size_t i = 0; i < before.size(); ++i) {
    std::optional<double> change;
    if (before[i].value && after[i].value) change = *after[i].value - *before[i].value;
    const std::string unit = before[i].unit == "LUFS"   ? "LU"
                             : before[i].unit == "dBTP" ? "dB"
                                                        : before[i].unit;
    table.rows.push_back({before[i].name, quantity(before[i].value, before[i].unit),
                          quantity(after[i].value, after[i].unit), signed_quantity(change, unit)});
  }
  return table;
}

Table stages_table(const Plan& plan) {
  Table table{"Each stage with its reason",
              {{"Stage"}, {"State"}, {"Reason"}, {"Settings"}},
              {},
              Table::Shape::kStacked};
  for (const PlanStage& stage : plan.stages)
    table.rows.push_back({std::string(title(stage.stage)), std::string(state_words(stage.state)),
                          stage.reason, settings_and_trial(stage)});
  return table;
}

Table changes_table(const MasterResult& result) {
  Table table{
      "The twelve items before and after", {{"Item"}, {"Verdict"}, {"Change"}}, {}, Table::Shape::kPlain};
  for (const ItemChange& change : result.items) {
    std::string name = label(change.id);
    for (const Finding& finding : result.diagnosis_after.findings) {
      if (finding.item == change.item && !finding.title.empty()) name = finding.title;
    }
    const std::string sign = change.change == "worse"       ? "\u2193 "
                             : change.change == "unchanged" ? "= "
                             : change.change == "fixed"     ? "\u2713 "
                                                            : "\u2191 ";
    std::string verdicts(to_string(change.before));
    if (change.before != change.after) verdicts.append(" \u2192 ").append(to_string(change.after));
    std::string what = sign + change.change;
    if (change.stage) what.append(" (").append(title(*change.stage)).append(")");
    table.rows.push_back({std::to_string(change.item) + ". " + name, verdicts, what});
  }
  return table;
}

std::vector<Table> measurement_tables(const Measurements& m) {
  std::vector<Table> tables;
  const auto group = [&](const std::string& heading, std::vector<std::vector<std::string>> rows) {
    tables.push_back({heading, {{"Measured"}, {"Value", true}}, std::move(rows), Table::Shape::kPlain});
  };
  group("Loudness", {{"Integrated", quantity(m.loudness.integrated_lufs, "LUFS")},
                     {"Range", quantity(m.loudness.range_lu, "LU")},
                     {"Loudest 3 s (short-term)", quantity(m.loudness.short_term_max_lufs, "LUFS")},
                     {"Loudest 0.4 s (momentary)", quantity(m.loudness.momentary_max_lufs, "LUFS")}});
  group("Peaks", {{"Sample peak", quantity(m.peak.sample_dbfs, "dBFS")},
                  {"True peak", quantity(m.peak.true_dbtp, "dBTP")},
                  {"Clipped runs", std::to_string(m.peak.clipped_runs)},
                  {"Overs between samples", std::to_string(m.peak.intersample_overs)}});
  if (const auto& d = m.dynamics) {
    group("Dynamics", {{"True peak to loudness (PLR)", quantity(d->plr_db, "dB")},
                       {"Peak to short-term, median (PSR)", quantity(d->psr_median_db, "dB")},
                       {"Peak to short-term, lowest 5\u202f% (PSR5)", quantity(d->psr_p5_db, "dB")},
                       {"Crest factor", quantity(d->crest_db, "dB")}});
  }
  if (const auto& s = m.stereo) {
    group("Stereo", {{"Correlation", number(s->correlation, 2)},
                     {"Lost in mono", quantity(s->mono_loss_db, "dB")},
                     {"Side to mid", quantity(s->side_to_mid_db, "dB")},
                     {"Left louder than right by", quantity(s->balance_lu, "LU")}});
    tables.push_back(stereo_table(*s));
    if (tables.back().rows.empty()) tables.pop_back();
  }
  if (const auto& s = m.source) {
    std::optional<double> bits;
    if (s->effective_bits) bits = *s->effective_bits;
    group("Source", {{"Effective bits", number(bits, 0)},
                     {"Bandwidth", quantity(s->bandwidth_hz, "Hz", 0)},
                     {"DC offset", quantity(s->dc_offset_dbfs, "dBFS")},
                     {"Silence at the start", quantity(s->head_silence_s, "s", 2)},
                     {"Silence at the end", quantity(s->tail_silence_s, "s", 2)}});
  }
  return tables;
}

}  // namespace lacquer
