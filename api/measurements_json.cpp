#include <array>
#include <cmath>

#include "api/json.h"
#include "api/json_values.h"

namespace lacquer {
namespace {

constexpr double kLoudnessStepS = 0.1;     // of LoudnessResult's series
constexpr double kCorrelationStepS = 1.0;  // of StereoResult::correlation_series

Json loudness_json(const LoudnessResult& loudness) {
  Json channels = Json::array();
  for (const auto& channel : loudness.channel_lufs) channels.push_back(level(channel));
  return {{"integrated_lufs", level(loudness.integrated_lufs)},
          {"range_lu", level(loudness.range_lu)},
          {"momentary_max_lufs", level(loudness.momentary_max_lufs)},
          {"short_term_max_lufs", level(loudness.short_term_max_lufs)},
          {"channel_lufs", channels},
          {"replaygain_db", level(loudness.replaygain_db)},
          {"r128_gain_q78", loudness.r128_gain_q78 ? Json(*loudness.r128_gain_q78) : Json(nullptr)},
          {"momentary", series(loudness.momentary_lufs, kLoudnessStepS, kSeriesDecimals)},
          {"short_term", series(loudness.short_term_lufs, kLoudnessStepS, kSeriesDecimals)}};
}

Json ceiling_json(const std::optional<Ceiling>& ceiling, const char* unit) {
  if (!ceiling) return nullptr;
  return {{unit, level(ceiling->level_db)},
          {"tenths", ceiling->tenths},
          {"share", share(ceiling->share)},
          {"when", times(ceiling->when)}};
}

Json peak_json(const PeakResult& peak) {
  Json highest = Json::array();
  for (const PeakPlace& place : peak.highest)
    highest.push_back(
        {{"at_s", time(place.at_s)}, {"level_dbtp", level(place.level_db)}, {"channel", place.channel}});
  Json cuts = Json::array();
  for (const CutStretch& cut : peak.cut_stretches)
    cuts.push_back(
        {{"when", times(cut.when)}, {"level_dbfs", level(cut.level_dbfs)}, {"crests", cut.crests}});
  return {{"sample_dbfs", level(peak.sample_dbfs)},
          {"true_dbtp", level(peak.true_dbtp)},
          {"clipped_runs", peak.clipped_runs},
          {"intersample_overs", peak.intersample_overs},
          {"clipped_when", times(peak.clipped_when)},
          {"intersample_overs_when", times(peak.intersample_overs_when)},
          {"highest", highest},
          {"flat_tops", peak.flat_tops ? Json(*peak.flat_tops) : Json(nullptr)},
          {"flat_tops_per_minute", level(peak.flat_tops_per_minute)},
          {"flat_tops_when", times(peak.flat_tops_when)},
          {"cut_stretches", cuts},
          {"sample_ceiling", ceiling_json(peak.sample_ceiling, "level_dbfs")},
          {"true_ceiling", ceiling_json(peak.true_ceiling, "level_dbtp")}};
}

Json modulation_json(const std::optional<LevelModulation>& modulation) {
  if (!modulation) return nullptr;
  return {{"hz", level(modulation->hz)},
          {"depth_db", level(modulation->depth_db)},
          {"deepest_hz", level(modulation->deepest_hz)},
          {"deepest_db", level(modulation->deepest_db)},
          {"deepest_when", times(modulation->deepest_when)}};
}

Json dynamics_json(const DynamicsResult& dynamics) {
  Json bands = Json::array();
  for (const BandCrest& band : dynamics.bands)
    bands.push_back({{"low_hz", hertz(band.low_hz)},
                     {"high_hz", hertz(band.high_hz)},
                     {"crest_db", level(band.crest_db)}});
  Json histogram = Json::array();
  for (const LoudnessShare& one : dynamics.loudness_histogram)
    histogram.push_back({{"from_lufs", level(one.from_lufs)}, {"share", share(one.share)}});
  Json steps = nullptr;
  if (const auto& found = dynamics.level_steps)
    steps = {{"median_lu", level(found->median_lu)},
             {"largest_lu", level(found->largest_lu)},
             {"largest_at_s", time(found->largest_at_s)}};
  return {{"plr_db", level(dynamics.plr_db)},
          {"psr_median_db", level(dynamics.psr_median_db)},
          {"psr_p5_db", level(dynamics.psr_p5_db)},
          {"crest_db", level(dynamics.crest_db)},
          {"bands", bands},
          {"onsets_per_second", level(dynamics.onsets_per_second)},
          {"onsets", series(dynamics.onset_series, dynamics.onset_column_s, kSeriesDecimals)},
          {"modulation", modulation_json(dynamics.modulation)},
          {"level_steps", steps},
          {"loudness_histogram", histogram}};
}

Json bands_json(const std::vector<StereoBand>& bands) {
  Json all = Json::array();
  for (const StereoBand& band : bands)
    all.push_back({{"low_hz", hertz(band.low_hz)},
                   {"high_hz", hertz(band.high_hz)},
                   {"correlation", share(band.correlation)},
                   {"mono_loss_db", level(band.mono_loss_db)},
                   {"side_to_mid_db", level(band.side_to_mid_db)}});
  return all;
}

Json stereo_json(const StereoResult& stereo) {
  Json worst = nullptr;
  if (const auto& cell = stereo.worst_mono_loss)
    worst = {{"low_hz", hertz(cell->low_hz)},
             {"high_hz", hertz(cell->high_hz)},
             {"mono_loss_db", level(cell->mono_loss_db)},
             {"when", times(cell->when)}};
  Json polarity = nullptr;
  if (const auto& found = stereo.polarity)
    polarity = {{"whole_inverted", found->whole_inverted},
                {"lows_inverted", found->lows_inverted},
                {"whole_share", share(found->whole_share)},
                {"lows_share", share(found->lows_share)},
                {"when", times(found->when)}};
  return {{"correlation", share(stereo.correlation)},
          {"mono_loss_db", level(stereo.mono_loss_db)},
          {"side_to_mid_db", level(stereo.side_to_mid_db)},
          {"balance_lu", level(stereo.balance_lu)},
          {"bands", bands_json(stereo.bands)},
          {"octaves", bands_json(stereo.octaves)},
          {"negative_share", share(stereo.negative_share)},
          {"worst_mono_loss", worst},
          {"polarity", polarity},
          {"low_side_to_mid_db", level(stereo.low_side_to_mid_db)},
          {"low_wide_share", share(stereo.low_wide_share)},
          {"low_wide_when", times(stereo.low_wide_when)},
          {"correlation_over_time", series(stereo.correlation_series, kCorrelationStepS, kSeriesDecimals)},
          {"side_to_mid_over_time", matrix(stereo.side_to_mid_over_time)}};
}

Json resonances_json(const std::vector<Resonance>& resonances) {
  Json all = Json::array();
  for (const Resonance& one : resonances)
    all.push_back({{"hz", hertz(std::round(one.hz))},
                   {"excess_db", level(one.excess_db)},
                   {"width_octaves", level(one.width_octaves)},
                   {"persistence", share(one.persistence)},
                   {"drift_octaves", level(one.drift_octaves)},
                   {"when", times(one.when)}});
  return all;
}

// The band of a target that a third-octave is, by its centre.
std::optional<std::size_t> target_band(double hz) {
  const double band = std::round(10.0 * std::log10(hz / target_band_hz(0)));
  if (!(band >= 0.0 && band < kTargetBands)) return std::nullopt;
  return static_cast<std::size_t>(band);
}

Json bursts_json(const BurstResult& bursts) {
  return {{"count", bursts.count},
          {"per_minute", level(bursts.per_minute)},
          {"when", times(bursts.when)},
          {"over_time", series(bursts.series, bursts.column_s, kSeriesDecimals)}};
}

Json spectrum_json(const SpectrumResult& spectrum, const ChosenTarget* target) {
  Json thirds = Json::array();
  const auto of_target = [&](const std::array<double, kTargetBands>& values, double hz) -> Json {
    const auto band = target_band(hz);
    return target != nullptr && band ? level(values[*band]) : Json(nullptr);
  };
  static const TargetCurve kNone;
  const TargetCurve& curve = target != nullptr ? target->curve : kNone;
  for (const ThirdOctave& third : spectrum.third_octaves)
    thirds.push_back({{"hz", hertz(third.hz)},
                      {"level_db", level(third.level_db)},
                      {"target_db", of_target(curve.level_db, third.hz)},
                      {"tolerance_db", of_target(curve.tolerance_db, third.hz)},
                      {"spread_db", level(third.spread_db)}});
  Json map = Json::array();
  for (const ResonancePoint& point : spectrum.resonance_map)
    map.push_back({{"hz", level(point.hz)},
                   {"excess_db", level(point.excess_db)},
                   {"persistence", share(point.persistence)}});
  Json note = nullptr;
  if (const auto& found = spectrum.lowest_note)
    note = {{"hz", level(found->hz)},
            {"level_dbfs", level(found->level_dbfs)},
            {"at_s", time(found->at_s)},
            {"seconds", time(found->seconds)}};
  return {{"target", target != nullptr ? text(curve.name) : Json(nullptr)},
          {"target_why", target != nullptr ? text(target->why) : Json(nullptr)},
          {"slope_psd_db_per_octave", level(spectrum.slope_psd_db_per_octave)},
          {"third_octaves", thirds},
          {"slope_third_octave_db_per_octave", level(spectrum.slope_third_octave_db_per_octave)},
          {"mid_slope_psd_db_per_octave", level(spectrum.mid_slope_psd_db_per_octave)},
          {"mid_slope_third_octave_db_per_octave", level(spectrum.mid_slope_third_octave_db_per_octave)},
          {"resonances", resonances_json(spectrum.resonances)},
          {"resonance_map", map},
          {"lowest_note", note},
          {"third_octaves_over_time", matrix(spectrum.third_octaves_over_time)},
          {"bursts", bursts_json(spectrum.bursts)}};
}

Json hum_json(const HumResult& hum) {
  return {{"present", hum.present},
          {"hz", number(hum.hz, kLevelDecimals)},
          {"level_dbfs", level(hum.level_dbfs)},
          {"lines", hum.lines},
          {"when", times(hum.when)}};
}

Json lossy_json(const LossyResult& lossy) {
  return {{"suspected", lossy.suspected},
          {"shelf_hz", lossy.shelf_hz ? hertz(std::round(*lossy.shelf_hz)) : Json(nullptr)},
          {"drop_db", level(lossy.drop_db)},
          {"codec", text(lossy.codec)},
          {"confidence", level(lossy.confidence)},
          {"share_of_frames", share(lossy.share_of_frames)},
          {"when", times(lossy.when)}};
}

Json edge_json(const std::optional<EdgeResult>& edge) {
  if (!edge) return nullptr;
  return {{"abrupt", edge->abrupt}, {"level_dbfs", level(edge->level_dbfs)}};
}

Json source_json(const SourceResult& source) {
  Json clicks = Json::array();
  for (const ClickPlace& place : source.click_places)
    clicks.push_back({{"at_s", time(place.at_s)},
                      {"channel", place.channel},
                      {"level_dbfs", level(place.level_dbfs)},
                      {"strength_db", level(place.strength_db)}});
  return {{"effective_bits", source.effective_bits ? Json(*source.effective_bits) : Json(nullptr)},
          {"bandwidth_hz", source.bandwidth_hz ? hertz(std::round(*source.bandwidth_hz)) : Json(nullptr)},
          {"dc_offset_dbfs", level(source.dc_offset_dbfs)},
          {"hum", hum_json(source.hum)},
          {"head_silence_s", number(source.head_silence_s, kTimeDecimals)},
          {"tail_silence_s", number(source.tail_silence_s, kTimeDecimals)},
          {"quantisation_step", source.quantisation_step ? exact(*source.quantisation_step) : Json(nullptr)},
          {"lossy", lossy_json(source.lossy)},
          {"upsampled_from_hz", source.upsampled_from_hz ? hertz(*source.upsampled_from_hz) : Json(nullptr)},
          {"dc_offset_max_dbfs", level(source.dc_offset_max_dbfs)},
          {"dc_when", times(source.dc_when)},
          {"rumble_dbfs", level(source.rumble_dbfs)},
          {"rumble_db", level(source.rumble_db)},
          {"rumble_when", times(source.rumble_when)},
          {"clicks", source.clicks},
          {"click_places", clicks},
          {"dropouts", source.dropouts},
          {"dropout_when", times(source.dropout_when)},
          {"repeated_blocks", source.repeated_blocks},
          {"repeated_when", times(source.repeated_when)},
          {"start", edge_json(source.start)},
          {"end", edge_json(source.end)},
          {"noise_floor_dbfs", level(source.noise_floor_dbfs)},
          {"dual_mono_share", share(source.dual_mono_share)}};
}

}  // namespace

Json measurements_json(const Measurements& m, const ChosenTarget* target) {
  return {{"loudness", loudness_json(m.loudness)},
          {"peak", peak_json(m.peak)},
          {"dynamics", m.dynamics ? dynamics_json(*m.dynamics) : Json(nullptr)},
          {"stereo", m.stereo ? stereo_json(*m.stereo) : Json(nullptr)},
          {"spectrum", m.spectrum ? spectrum_json(*m.spectrum, target) : Json(nullptr)},
          {"source", m.source ? source_json(*m.source) : Json(nullptr)}};
}

}  // namespace lacquer
