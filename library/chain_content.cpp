#include "library/content.h"
#include "library/thresholds.h"

namespace lacquer {
namespace {

// Plausible ranges: what no plan may ever do is refused here, whatever the file says.
std::vector<Threshold> thresholds(ChainRules& rules) {
  return {
      {"corrective-eq", "share", "share", 0, 0.5, &rules.corrective_eq.share},
      {"corrective-eq", "most_cut_db", "dB", 0, 6, &rules.corrective_eq.most_cut_db},
      {"corrective-eq", "most_boost_db", "dB", 0, 6, &rules.corrective_eq.most_boost_db},
      {"corrective-eq", "least_move_db", "dB", 0, 3, &rules.corrective_eq.least_move_db},
      {"corrective-eq", "bands", "bands", 1, 4, &rules.corrective_eq.bands},
      {"corrective-eq", "apart_octaves", "octaves", 0, 4, &rules.corrective_eq.apart_octaves},
      {"corrective-eq", "broad_q_min", "Q", 0.1, 12, &rules.corrective_eq.broad_q_min},
      {"corrective-eq", "broad_q_max", "Q", 0.1, 12, &rules.corrective_eq.broad_q_max},
      {"corrective-eq", "resonance_q_min", "Q", 0.1, 12, &rules.corrective_eq.resonance_q_min},
      {"corrective-eq", "resonance_q_max", "Q", 0.1, 12, &rules.corrective_eq.resonance_q_max},
      {"corrective-eq", "resonance_cut_db", "dB", 0, 6, &rules.corrective_eq.resonance_cut_db},
      {"corrective-eq", "high_pass_hz", "Hz", 20, 60, &rules.corrective_eq.high_pass_hz},
      {"corrective-eq", "high_pass_db_per_octave", "dB/oct", 6, 24,
       &rules.corrective_eq.high_pass_db_per_octave},
      {"multiband", "least_psr_p5_db", "dB", 0, 30, &rules.multiband.least_psr_p5_db},
      {"multiband", "ratio", ":1", 1, 4, &rules.multiband.ratio},
      {"multiband", "most_reduction_db", "dB", 0, 12, &rules.multiband.most_reduction_db},
      {"multiband", "low_attack_ms", "ms", 0.5, 1000, &rules.multiband.low_attack_ms},
      {"multiband", "low_release_ms", "ms", 0.5, 1000, &rules.multiband.low_release_ms},
      {"multiband", "mid_attack_ms", "ms", 0.5, 1000, &rules.multiband.mid_attack_ms},
      {"multiband", "mid_release_ms", "ms", 0.5, 1000, &rules.multiband.mid_release_ms},
      {"multiband", "high_attack_ms", "ms", 0.5, 1000, &rules.multiband.high_attack_ms},
      {"multiband", "high_release_ms", "ms", 0.5, 1000, &rules.multiband.high_release_ms},
      {"multiband", "low_to_mid_hz", "Hz", 10, 20000, &rules.multiband.low_to_mid_hz},
      {"multiband", "mid_to_high_hz", "Hz", 10, 20000, &rules.multiband.mid_to_high_hz},
      {"stereo-width", "mono_below_hz", "Hz", 20, 250, &rules.width.mono_below_hz},
      {"stereo-width", "low_side_to_mid_db", "dB", -40, 0, &rules.width.low_side_to_mid_db},
      {"stereo-width", "most_low_makeup_db", "dB", 0, 3, &rules.width.most_low_makeup_db},
      {"stereo-width", "share", "share", 0, 0.5, &rules.width.share},
      {"stereo-width", "most_side_cut_db", "dB", 0, 12, &rules.width.most_side_cut_db},
      {"stereo-width", "least_move_db", "dB", 0, 3, &rules.width.least_move_db},
      {"stereo-width", "balance_lu", "LU", 0, 6, &rules.width.balance_lu},
      {"stereo-width", "most_balance_db", "dB", 0, 6, &rules.width.most_balance_db},
      {"reference-match", "most_cut_db", "dB", 0, 12, &rules.match.most_cut_db},
      {"reference-match", "most_boost_db", "dB", 0, 12, &rules.match.most_boost_db},
      {"reference-match", "whole_cut_db", "dB", 0, 24, &rules.match.whole_cut_db},
      {"reference-match", "whole_boost_db", "dB", 0, 24, &rules.match.whole_boost_db},
      {"reference-match", "most_side_cut_db", "dB", 0, 12, &rules.match.most_side_cut_db},
      {"reference-match", "most_side_boost_db", "dB", 0, 12, &rules.match.most_side_boost_db},
      {"reference-match", "whole_side_cut_db", "dB", 0, 24, &rules.match.whole_side_cut_db},
      {"reference-match", "whole_side_boost_db", "dB", 0, 24, &rules.match.whole_side_boost_db},
      {"reference-match", "widest_db", "dB", -20, 6, &rules.match.widest_db},
      {"reference-match", "own_share", "share", 0, 1, &rules.match.own_share},
      {"reference-match", "nothing_db", "dB", 20, 100, &rules.match.nothing_db},
      {"reference-match", "faint_db", "dB", 0, 100, &rules.match.faint_db},
      {"reference-match", "steady_db", "dB", 0, 40, &rules.match.steady_db},
      {"offers", "most", "offers", 0, 2, &rules.offers.most},
      {"offers", "shelf_least_db", "dB", 0, 6, &rules.offers.shelf_least_db},
      {"offers", "shelf_most_db", "dB", 0, 1.5, &rules.offers.shelf_most_db},
      {"offers", "share", "share", 0, 0.5, &rules.offers.share},
      {"offers", "low_shelf_hz", "Hz", 10, 20000, &rules.offers.low_shelf_hz},
      {"offers", "high_shelf_hz", "Hz", 10, 20000, &rules.offers.high_shelf_hz},
      {"offers", "plr_db", "dB", 0, 40, &rules.offers.plr_db},
      {"offers", "limited_db", "dB", 0, 30, &rules.offers.limited_db},
      {"offers", "low_to_bass_db", "dB", -20, 20, &rules.offers.low_to_bass_db},
      {"offers", "least_psr_p5_db", "dB", 0, 30, &rules.offers.least_psr_p5_db},
      {"offers", "most_presence_db", "dB", 0, 12, &rules.offers.most_presence_db},
      {"offers", "drive_db", "dB", -12, 18, &rules.offers.drive_db},
      {"offers", "mix_pct", "%", 0, 100, &rules.offers.mix_pct},
      {"offers", "narrow_db", "dB", -60, 0, &rules.offers.narrow_db},
      {"offers", "mono_loss_db", "dB", 0, 6, &rules.offers.mono_loss_db},
      {"offers", "widen_db", "dB", 0, 3, &rules.offers.widen_db},
      {"offers", "widen_floor_db", "dB", -80, 0, &rules.offers.widen_floor_db},
      {"trial", "least_improved_db", "dB", 0, 6, &rules.trial.least_improved_db},
      {"trial", "least_improved_share", "share", 0, 1, &rules.trial.least_improved_share},
      {"trial", "most_worse_db", "dB", 0, 6, &rules.trial.most_worse_db},
      {"closed-loop", "drive_step_lu", "LU", 0, 6, &rules.closed_loop.drive_step_lu},
      {"closed-loop", "most_tone_db", "dB", 0.1, 6, &rules.closed_loop.most_tone_db},
  };
}

constexpr ThresholdOrder kOrders[] = {
    {"corrective-eq", "least_move_db", "most_cut_db"},
    {"corrective-eq", "most_boost_db", "most_cut_db"},
    {"corrective-eq", "broad_q_min", "broad_q_max"},
    {"corrective-eq", "resonance_q_min", "resonance_q_max"},
    {"multiband", "low_to_mid_hz", "mid_to_high_hz"},
    {"stereo-width", "least_move_db", "most_side_cut_db"},
    {"offers", "low_shelf_hz", "high_shelf_hz"},
    {"offers", "widen_floor_db", "narrow_db"},
};

}  // namespace

ChainRules parse_chain_rules(std::string_view text, const std::string& name) {
  ChainRules rules;
  const std::vector<Threshold> wanted = thresholds(rules);
  read_thresholds(text, name, wanted, kOrders);
  return rules;
}

}  // namespace lacquer
