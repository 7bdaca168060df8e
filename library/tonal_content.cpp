#include "library/content.h"
#include "library/thresholds.h"

namespace lacquer {
namespace {

// Plausible ranges: they catch a slip of the pen, not a matter of taste.
std::vector<Threshold> thresholds(TonalRules& rules) {
  return {
      {"target-choice", "onsets_per_second", "1/s", 0.1, 20, &rules.choice.onsets_per_second},
      {"target-choice", "range_lu", "LU", 0.5, 40, &rules.choice.range_lu},
      {"target-choice", "octaves", "octaves", 0.01, 8, &rules.choice.octaves},
      {"target-choice", "rhythm_weight", "tolerances", 0, 20, &rules.choice.rhythm_weight},
      {"target-choice", "most_distance", "tolerances", 0, 20, &rules.choice.most_distance},
      {"target-choice", "low_hz", "Hz", 10, 2000, &rules.choice.low_hz},
      {"target-choice", "high_hz", "Hz", 500, 20000, &rules.choice.high_hz},
      {"target-choice", "shift_db", "dB", 0, 40, &rules.choice.shift_db},
      {"target-choice", "near", "tolerances", 0, 20, &rules.choice.near},
      {"target-choice", "unlike", "tolerances", 0, 20, &rules.choice.unlike},

      {"music", "steady_onsets_per_second", "1/s", 0, 20, &rules.music.steady_onsets_per_second},
      {"music", "steady_range_lu", "LU", 0, 40, &rules.music.steady_range_lu},
      {"music", "pitch_db", "dB", 0, 40, &rules.music.pitch_db},
      {"music", "strokes_range_lu", "LU", 0, 40, &rules.music.strokes_range_lu},
      {"music", "strokes_plr_db", "dB", 0, 60, &rules.music.strokes_plr_db},
      {"music", "voice_mono_share", "share", 0, 1, &rules.music.voice_mono_share},
      {"music", "voice_from_hz", "Hz", 20, 400, &rules.music.voice_from_hz},
      {"music", "voice_low_db", "dB", -80, 40, &rules.music.voice_low_db},
      {"broad", "over_look_db", "dB", -40, 40, &rules.broad.over_tolerance_db.look},
      {"broad", "over_fix_db", "dB", -40, 40, &rules.broad.over_tolerance_db.fix},
      {"broad", "second_target_handicap_db", "dB", -40, 40, &rules.broad.second_target_handicap_db},
      {"broad", "bands", "bands", 1, 12, &rules.broad.bands},
      {"broad", "low_bands", "bands", 1, 12, &rules.broad.low_bands},
      {"broad", "low_hz", "Hz", 10, 2000, &rules.broad.low_hz},
      {"broad", "shortage_from_hz", "Hz", 10, 2000, &rules.broad.shortage_from_hz},
      {"broad", "shortage_centre_db", "dB", 0, 40, &rules.broad.shortage_centre_db},
      {"broad", "shortage_handicap_db", "dB", -40, 40, &rules.broad.shortage_handicap_db},
      {"at-times", "stretch_s", "s", 1, 120, &rules.at_times.stretch_s},
      {"at-times", "least_s", "s", 0, 120, &rules.at_times.least_s},
      {"at-times", "over_look_db", "dB", -40, 40, &rules.at_times.over_tolerance_db.look},
      {"at-times", "over_fix_db", "dB", -40, 40, &rules.at_times.over_tolerance_db.fix},
      {"at-times", "contrast_db", "dB", -40, 40, &rules.at_times.contrast_db},
      {"at-times", "rise_db", "dB", -40, 40, &rules.at_times.rise_db},
      {"at-times", "handicap_db", "dB", -40, 40, &rules.at_times.handicap_db},
      {"bursts", "per_minute_look", "1/min", 0, 1000, &rules.bursts.per_minute.look},
      {"bursts", "per_minute_fix", "1/min", 0, 1000, &rules.bursts.per_minute.fix},
      {"bursts", "stretch_per_minute_look", "1/min", 0, 1000, &rules.bursts.stretch_per_minute.look},
      {"bursts", "stretch_per_minute_fix", "1/min", 0, 1000, &rules.bursts.stretch_per_minute.fix},
      {"bursts", "stretch_s", "s", 1, 120, &rules.bursts.stretch_s},
      {"resonance", "excess_db", "dB", -40, 40, &rules.resonance.excess_db},
      {"resonance", "width_octaves", "octaves", 0.01, 8, &rules.resonance.width_octaves},
      {"resonance", "persistence", "share", 0, 1, &rules.resonance.persistence},
      {"resonance", "drift_octaves", "octaves", 0.01, 8, &rules.resonance.drift_octaves},
      {"resonance", "several", "resonances", 1, 20, &rules.resonance.several},
      {"low-end", "tilt_look_db", "dB", -40, 40, &rules.low_end.tilt_db.look},
      {"low-end", "tilt_fix_db", "dB", -40, 40, &rules.low_end.tilt_db.fix},
      {"low-end", "rumble_look_db", "dB", -40, 40, &rules.low_end.rumble_db.look},
      {"low-end", "rumble_fix_db", "dB", -40, 40, &rules.low_end.rumble_db.fix},
      {"low-end", "spread_db", "dB", -40, 40, &rules.low_end.spread_db},
      {"harshness", "harsh_look_db", "dB", -40, 40, &rules.harshness.harsh_db.look},
      {"harshness", "harsh_fix_db", "dB", -40, 40, &rules.harshness.harsh_db.fix},
      {"harshness", "edge_look_db", "dB", -40, 40, &rules.harshness.edge_db.look},
      {"harshness", "edge_fix_db", "dB", -40, 40, &rules.harshness.edge_db.fix},
      {"words", "shown", "words", 0, 20, &rules.words.shown},
      {"words", "prominence", "share", 0, 1, &rules.words.prominence},
      {"words", "most_prominence_db", "dB", 0, 40, &rules.words.most_prominence_db},
      {"words", "neighbour_bands", "bands", 1, 12, &rules.words.neighbour_bands},
      {"certainty", "one_target", "factor", 0.05, 1, &rules.certainty.one_target},
      {"certainty", "unlike", "factor", 0.05, 1, &rules.certainty.unlike},
  };
}

constexpr ThresholdOrder kOrders[] = {
    {"broad", "over_look_db", "over_fix_db"},
    {"bursts", "per_minute_look", "per_minute_fix"},
    {"bursts", "stretch_per_minute_look", "stretch_per_minute_fix"},
    {"low-end", "tilt_look_db", "tilt_fix_db"},
    {"low-end", "rumble_look_db", "rumble_fix_db"},
    {"harshness", "harsh_look_db", "harsh_fix_db"},
    {"harshness", "edge_look_db", "edge_fix_db"},
};

}  // namespace

TonalRules parse_tonal_rules(std::string_view text, const std::string& name) {
  TonalRules rules;
  const std::vector<Threshold> wanted = thresholds(rules);
  read_thresholds(text, name, wanted, kOrders);
  return rules;
}

}  // namespace lacquer
