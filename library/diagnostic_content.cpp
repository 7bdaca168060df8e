#include <array>

#include "library/content.h"
#include "library/thresholds.h"

namespace lacquer {
namespace {

// Plausible ranges: they catch a slip of the pen (a lost decimal point, a lost sign), not a matter of taste.
std::vector<Threshold> thresholds(DiagnosticRules& rules) {
  auto& [low, low_mid, mid, high] = rules.stereo_width.band_db;
  auto& [low_narrow, low_mid_narrow, mid_narrow, high_narrow] = rules.stereo_width.band_narrow_db;
  return {
      {"role", "loud_lufs", "LUFS", -40, 0, &rules.role.loud_lufs},
      {"role", "dense_plr_db", "dB", 0, 30, &rules.role.dense_plr_db},
      {"role", "ceiling_span_db", "dB", 0, 3, &rules.role.ceiling_span_db},
      {"role", "ceiling_above_dbfs", "dBFS", -20, 3, &rules.role.ceiling_above_dbfs},
      {"role", "ceiling_peaks", "peaks", 2, 100, &rules.role.ceiling_peaks},
      {"fresh-ears", "rest_h", "h", 0, 168, &rules.fresh_ears.rest_h},
      {"peak-level", "true_peak_look_dbtp", "dBTP", -20, 0, &rules.peak_level.true_peak_dbtp.look},
      {"peak-level", "true_peak_fix_dbtp", "dBTP", -20, 6, &rules.peak_level.true_peak_dbtp.fix},
      {"mono-compatibility", "loss_look_db", "dB", 0, 20, &rules.mono.loss_db.look},
      {"mono-compatibility", "loss_fix_db", "dB", 0, 20, &rules.mono.loss_db.fix},
      {"mono-compatibility", "octave_loss_look_db", "dB", 0, 40, &rules.mono.octave_loss_db.look},
      {"mono-compatibility", "octave_loss_fix_db", "dB", 0, 40, &rules.mono.octave_loss_db.fix},
      {"mono-compatibility", "low_octave_hz", "Hz", 50, 500, &rules.mono.low_octave_hz},
      {"mono-compatibility", "low_octave_fix_db", "dB", 0, 40, &rules.mono.low_octave_fix_db},
      {"mono-compatibility", "negative_share_look", "share", 0, 1, &rules.mono.negative_share.look},
      {"mono-compatibility", "negative_share_fix", "share", 0, 1, &rules.mono.negative_share.fix},
      {"mono-compatibility", "inverted_correlation", "correlation", -1, 0, &rules.mono.inverted_correlation},
      {"mono-compatibility", "quiet_band_db", "dB", -120, 0, &rules.mono.quiet_band_db},
      {"source-integrity", "plr_look_db", "dB", 0, 40, &rules.source_integrity.plr_db.look},
      {"source-integrity", "plr_fix_db", "dB", 0, 40, &rules.source_integrity.plr_db.fix},
      {"source-integrity", "psr_p5_look_db", "dB", 0, 40, &rules.source_integrity.psr_p5_db.look},
      {"source-integrity", "psr_p5_fix_db", "dB", 0, 40, &rules.source_integrity.psr_p5_db.fix},
      {"source-integrity", "clipped_per_min_look", "1/min", 0, 10000,
       &rules.source_integrity.clipped_per_min.look},
      {"source-integrity", "clipped_per_min_fix", "1/min", 0, 10000,
       &rules.source_integrity.clipped_per_min.fix},
      {"source-integrity", "dc_look_dbfs", "dBFS", -160, 0, &rules.source_integrity.dc_dbfs.look},
      {"source-integrity", "dc_fix_dbfs", "dBFS", -160, 0, &rules.source_integrity.dc_dbfs.fix},
      {"low-end", "side_to_mid_look_db", "dB", -60, 20, &rules.low_end.side_to_mid_db.look},
      {"low-end", "side_to_mid_fix_db", "dB", -60, 20, &rules.low_end.side_to_mid_db.fix},
      {"stereo-width", "low_look_db", "dB", -60, 20, &low.look},
      {"stereo-width", "low_fix_db", "dB", -60, 20, &low.fix},
      {"stereo-width", "low_narrow_db", "dB", -200, 20, &low_narrow},
      {"stereo-width", "low_mid_look_db", "dB", -60, 20, &low_mid.look},
      {"stereo-width", "low_mid_fix_db", "dB", -60, 20, &low_mid.fix},
      {"stereo-width", "low_mid_narrow_db", "dB", -200, 20, &low_mid_narrow},
      {"stereo-width", "mid_look_db", "dB", -60, 20, &mid.look},
      {"stereo-width", "mid_fix_db", "dB", -60, 20, &mid.fix},
      {"stereo-width", "mid_narrow_db", "dB", -200, 20, &mid_narrow},
      {"stereo-width", "high_look_db", "dB", -60, 20, &high.look},
      {"stereo-width", "high_fix_db", "dB", -60, 20, &high.fix},
      {"stereo-width", "high_narrow_db", "dB", -200, 20, &high_narrow},
      {"stereo-width", "broadband_look_db", "dB", -60, 20, &rules.stereo_width.broadband_db.look},
      {"stereo-width", "broadband_fix_db", "dB", -60, 20, &rules.stereo_width.broadband_db.fix},
      {"stereo-width", "broadband_narrow_db", "dB", -200, 20, &rules.stereo_width.broadband_narrow_db},
      {"stereo-width", "broadband_mono_db", "dB", -200, 20, &rules.stereo_width.broadband_mono_db},
      {"stereo-width", "correlation_look", "correlation", -1, 1, &rules.stereo_width.correlation.look},
      {"stereo-width", "correlation_fix", "correlation", -1, 1, &rules.stereo_width.correlation.fix},
      {"stereo-width", "balance_look_lu", "LU", 0, 20, &rules.stereo_width.balance_lu.look},
      {"stereo-width", "balance_fix_lu", "LU", 0, 20, &rules.stereo_width.balance_lu.fix},
      {"stereo-width", "same_channels_correlation", "correlation", 0, 1,
       &rules.stereo_width.same_channels_correlation},
      {"listening", "passage_s", "s", 1, 120, &rules.listening.passage_s},
      {"platform-loudness", "turn_down_look_db", "dB", 0, 40, &rules.platform_loudness.turn_down_db.look},
      {"platform-loudness", "turn_down_fix_db", "dB", 0, 40, &rules.platform_loudness.turn_down_db.fix},
      {"platform-loudness", "psr_p5_look_db", "dB", 0, 40, &rules.platform_loudness.psr_p5_db.look},
      {"platform-loudness", "psr_p5_fix_db", "dB", 0, 40, &rules.platform_loudness.psr_p5_db.fix},
      {"platform-loudness", "quiet_lufs", "LUFS", -60, 0, &rules.platform_loudness.quiet_lufs},
      {"platform-loudness", "lift_shortfall_db", "dB", 0, 40, &rules.platform_loudness.lift_shortfall_db},
      {"true-peak-ceiling", "true_peak_look_dbtp", "dBTP", -20, 0, &rules.ceiling.true_peak_dbtp.look},
      {"true-peak-ceiling", "true_peak_fix_dbtp", "dBTP", -20, 6, &rules.ceiling.true_peak_dbtp.fix},
      {"true-peak-ceiling", "loud_lufs", "LUFS", -60, 0, &rules.ceiling.loud_lufs},
      {"true-peak-ceiling", "loud_look_dbtp", "dBTP", -20, 0, &rules.ceiling.loud_look_dbtp},
      {"true-peak-ceiling", "tolerance_db", "dB", 0, 1, &rules.ceiling.tolerance_db},
      {"true-peak-ceiling", "encoder_margin_db", "dB", 0, 12, &rules.ceiling.encoder_margin_db},
      {"true-peak-ceiling", "loud_encoder_margin_db", "dB", 0, 12, &rules.ceiling.loud_encoder_margin_db},
      {"true-peak-ceiling", "decoded_look_dbtp", "dBTP", -20, 6, &rules.ceiling.decoded_look_dbtp},
      {"file-format", "least_rate_hz", "Hz", 8000, 384000, &rules.format.least_rate_hz},
      {"file-format", "usual_rate_hz", "Hz", 8000, 384000, &rules.format.usual_rate_hz},
      {"file-format", "least_bits", "bits", 8, 64, &rules.format.least_bits},
      {"file-format", "wanted_bits", "bits", 8, 64, &rules.format.wanted_bits},
      {"file-format", "head_silence_s", "s", 0, 60, &rules.format.head_silence_s},
      {"file-format", "tail_silence_s", "s", 0, 60, &rules.format.tail_silence_s},
      {"batch", "odd_loudness_lu", "LU", 0.5, 20, &rules.batch.odd_loudness_lu},
      {"certainty", "certain", "share", 0, 1, &rules.certainty.certain},
      {"certainty", "measured", "share", 0, 1, &rules.certainty.measured},
      {"certainty", "partly", "share", 0, 1, &rules.certainty.partly},
      {"certainty", "estimated", "share", 0, 1, &rules.certainty.estimated},
      {"certainty", "open", "share", 0, 1, &rules.certainty.open},
      {"certainty", "short_audio_s", "s", 0, 600, &rules.certainty.short_audio_s},
      {"certainty", "short_factor", "factor", 0, 1, &rules.certainty.short_factor},
  };
}

// A `look` limit on the wrong side of its `fix` limit would make `look` unreachable.
constexpr ThresholdOrder kOrders[] = {
    {"peak-level", "true_peak_look_dbtp", "true_peak_fix_dbtp"},
    {"mono-compatibility", "loss_look_db", "loss_fix_db"},
    {"mono-compatibility", "octave_loss_look_db", "octave_loss_fix_db"},
    {"mono-compatibility", "negative_share_look", "negative_share_fix"},
    {"source-integrity", "plr_fix_db", "plr_look_db"},
    {"source-integrity", "psr_p5_fix_db", "psr_p5_look_db"},
    {"source-integrity", "clipped_per_min_look", "clipped_per_min_fix"},
    {"source-integrity", "dc_look_dbfs", "dc_fix_dbfs"},
    {"low-end", "side_to_mid_look_db", "side_to_mid_fix_db"},
    {"stereo-width", "low_look_db", "low_fix_db"},
    {"stereo-width", "low_narrow_db", "low_look_db"},
    {"stereo-width", "low_mid_look_db", "low_mid_fix_db"},
    {"stereo-width", "low_mid_narrow_db", "low_mid_look_db"},
    {"stereo-width", "mid_look_db", "mid_fix_db"},
    {"stereo-width", "mid_narrow_db", "mid_look_db"},
    {"stereo-width", "high_look_db", "high_fix_db"},
    {"stereo-width", "high_narrow_db", "high_look_db"},
    {"stereo-width", "broadband_look_db", "broadband_fix_db"},
    {"stereo-width", "broadband_narrow_db", "broadband_look_db"},
    {"stereo-width", "broadband_mono_db", "broadband_narrow_db"},
    {"stereo-width", "correlation_fix", "correlation_look"},
    {"stereo-width", "balance_look_lu", "balance_fix_lu"},
    {"platform-loudness", "turn_down_look_db", "turn_down_fix_db"},
    {"platform-loudness", "psr_p5_fix_db", "psr_p5_look_db"},
    {"true-peak-ceiling", "true_peak_look_dbtp", "true_peak_fix_dbtp"},
    {"true-peak-ceiling", "loud_look_dbtp", "true_peak_look_dbtp"},
    {"true-peak-ceiling", "encoder_margin_db", "loud_encoder_margin_db"},
    {"file-format", "least_rate_hz", "usual_rate_hz"},
    {"file-format", "least_bits", "wanted_bits"},
};

}  // namespace

DiagnosticRules parse_diagnostic_rules(std::string_view text, const std::string& name) {
  DiagnosticRules rules;
  const std::vector<Threshold> wanted = thresholds(rules);
  read_thresholds(text, name, wanted, kOrders);
  return rules;
}

}  // namespace lacquer
