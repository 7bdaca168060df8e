#include "chain/stage_parameters.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <sstream>

#include "chain/match_curve.h"
#include "measure/spectrum_bands.h"

namespace lacquer {

namespace {

using Table = std::vector<ParameterInfo>;

void append(Table& table, const Table& more) { table.insert(table.end(), more.begin(), more.end()); }

// What a stage adds to stay as loud as what came in; the trial measures it.
ParameterInfo loudness_match() {
  return {"output_gain_db",
          "Output gain",
          "dB",
          -12.0,
          12.0,
          0.0,
          "Makes the stage as loud at its output as at its input, so that it cannot win by being louder."};
}

ParameterInfo for_channels(const std::string& prefix, const std::string& name) {
  return {prefix + "channels",
          name + ", channels",
          "",
          0.0,
          2.0,
          0.0,
          "What the band works on: both channels, what they share (mid), or what they differ in (side).",
          {"stereo", "mid", "side"}};
}

Table gain_staging() {
  return {{"trim_db", "Trim", "dB", -24.0, 24.0, 0.0,
           "Moves the whole mix to the working level; the limiter's drive makes up for it, so it changes no "
           "result."},
          {"balance_db", "Balance", "dB", -6.0, 6.0, 0.0,
           "Raises the right channel against the left by this much, half on each side."}};
}

Table equaliser_band(int number, double most_db) {
  const std::string prefix = band_prefix(number);
  const std::string name = "Band " + std::to_string(number);
  return {{prefix + "shape",
           name + ", shape",
           "",
           0.0,
           4.0,
           0.0,
           "A bell around a frequency, a shelf below or above it, or a tilt about it (its gain in dB per "
           "octave).",
           {"off", "bell", "low-shelf", "high-shelf", "tilt"}},
          {prefix + "frequency_hz", name + ", frequency", "Hz", 10.0, 20000.0, 1000.0,
           "The bell's centre, the shelf's middle, or the point the tilt turns about."},
          {prefix + "gain_db", name + ", gain", "dB", -most_db, most_db, 0.0,
           "How much is added or taken; of a tilt at most 3 dB per octave."},
          {prefix + "q", name + ", Q", "", 0.1, 12.0, 0.7,
           "The lower, the broader; a shelf takes at most 1, a tilt none."},
          for_channels(prefix, name)};
}

ParameterInfo phase() {
  return {"phase",
          "Phase",
          "",
          0.0,
          1.0,
          0.0,
          "Minimum phase is what analogue equalisers do; linear phase keeps every frequency in time, at the "
          "price of a little pre-echo on hits in the lows.",
          {"minimum", "linear"}};
}

Table match_points(std::string_view channels, const std::string& name, std::string_view sentence) {
  Table table;
  for (std::size_t band = 0; band < kMatchPoints; ++band) {
    std::ostringstream hz;
    hz << kThirdOctaveHz[band];
    table.push_back({match_id(channels, band), name + " at " + hz.str() + " Hz", "dB",
                     -static_cast<double>(kMostMatchDb), static_cast<double>(kMostMatchDb), 0.0, sentence});
  }
  return table;
}

Table corrective_eq() {
  Table table = {
      phase(),
      {"remove_dc",
       "Remove DC",
       "",
       0.0,
       1.0,
       0.0,
       "Takes away a constant offset of the waveform.",
       {"no", "yes"}},
      {"high_pass_hz", "High-pass", "Hz", 0.0, 60.0, 0.0, "Removes rumble below this frequency; 0 is off."},
      {"high_pass_db_per_octave", "High-pass slope", "dB/oct", 6.0, 24.0, 12.0,
       "6, 12, 18 or 24: how steeply it falls below."}};
  for (int n = 1; n <= kCorrectiveEqBands; ++n) append(table, equaliser_band(n, 6.0));
  append(table, match_points("mid", "Match, mid", "The matching curve of what both channels share."));
  append(table, match_points("side", "Match, side", "The matching curve of what the channels differ in."));
  table.push_back(loudness_match());
  return table;
}

Table enhancing_eq() {
  Table table = {phase()};
  for (int n = 1; n <= kEnhancingEqBands; ++n) append(table, equaliser_band(n, 1.5));
  table.push_back(loudness_match());
  return table;
}

Table compressor_band(int number) {
  const std::string prefix = band_prefix(number);
  const std::string name = "Band " + std::to_string(number);
  return {{prefix + "threshold_dbfs", name + ", threshold", "dBFS", -80.0, 0.0, 0.0,
           "The band is turned down while its level is above this."},
          {prefix + "ratio", name + ", ratio", ":1", 1.0, 4.0, 1.0,
           "How many dB above the threshold become one; at 1 the band is left alone."},
          {prefix + "knee_db", name + ", knee", "dB", 0.0, 24.0, 6.0,
           "How gradually the ratio sets in around the threshold."},
          {prefix + "attack_ms", name + ", attack", "ms", 0.5, 200.0, 20.0, "How quickly it turns down."},
          {prefix + "release_ms", name + ", release", "ms", 20.0, 1000.0, 150.0,
           "How quickly it returns after a short moment; after long ones it returns more slowly by itself."},
          {prefix + "most_reduction_db", name + ", most reduction", "dB", 0.0, 12.0, 3.0,
           "It never takes more than this."},
          {prefix + "makeup_db", name + ", make-up", "dB", 0.0, 6.0, 0.0, "Added to the band afterwards."},
          for_channels(prefix, name),
          {prefix + "link_pct", name + ", stereo link", "%", 0.0, 100.0, 100.0,
           "At 100 both channels are turned down alike, so that the image does not move."}};
}

Table multiband_compression() {
  Table table = {{"crossover",
                  "Crossover",
                  "",
                  0.0,
                  1.0,
                  0.0,
                  "Linkwitz-Riley of fourth order turns the phase as loudspeakers do; linear phase does not, "
                  "at the price of latency.",
                  {"linkwitz-riley", "linear-phase"}}};
  for (int n = 1; n < kCompressorBands; ++n)
    table.push_back({"crossover_" + std::to_string(n) + "_hz", "Crossover " + std::to_string(n), "Hz", 0.0,
                     16000.0, 0.0,
                     "The border between two bands, rising; 0 is none, so that three of them make four "
                     "bands."});
  table.push_back({"look_ahead_ms", "Look-ahead", "ms", 0.0, 20.0, 5.0,
                   "How far ahead the detector sees, so that a short attack needs no step."});
  for (int n = 1; n <= kCompressorBands; ++n) append(table, compressor_band(n));
  table.push_back(loudness_match());
  return table;
}

Table saturation() {
  return {{"character",
           "Character",
           "",
           0.0,
           3.0,
           0.0,
           "Which harmonics it adds: tape odd ones, softly; tube even ones as well; transformer odd ones in "
           "the lows; clip rounds only the highest peaks.",
           {"tape", "tube", "transformer", "clip"}},
          {"drive_db", "Drive", "dB", -12.0, 12.0, 0.0, "How hard the signal meets the curve."},
          {"mix_pct", "Mix", "%", 0.0, 100.0, 0.0, "How much of the result is the bent signal."},
          {"low_hz", "From", "Hz", 0.0, 2000.0, 0.0, "What lies below is not bent; 0 is all."},
          {"high_hz", "To", "Hz", 500.0, 20000.0, 20000.0, "What lies above is not bent; 20,000 is all."},
          loudness_match()};
}

Table stereo_width() {
  const auto side = [](std::string id, std::string name, std::string_view sentence) {
    return ParameterInfo{std::move(id), std::move(name), "dB", -12.0, 3.0, 0.0, sentence};
  };
  return {{"mono_below_hz", "Mono below", "Hz", 0.0, 250.0, 0.0,
           "Below this frequency both channels become the same; 0 is off."},
          {"low_makeup_db", "Lows, make-up", "dB", 0.0, 3.0, 0.0,
           "What the middle gets below that frequency, so that the lows weigh as much as with their sides."},
          side("side_low_db", "Sides below 120 Hz", "The level of what the channels differ in."),
          side("side_120_500_db", "Sides, 120 to 500 Hz", "The level of what the channels differ in."),
          side("side_500_4000_db", "Sides, 500 to 4,000 Hz", "The level of what the channels differ in."),
          side("side_4000_up_db", "Sides above 4,000 Hz", "The level of what the channels differ in."),
          loudness_match()};
}

Table limiting() {
  return {
      {"quality",
       "Quality",
       "",
       0.0,
       1.0,
       1.0,
       "Live answers within a few milliseconds; best looks further ahead and changes less.",
       {"live", "best"}},
      {"release_ms", "Release", "ms", 10.0, 500.0, 10.0,
       "How quickly the gain returns after a lone peak; dense passages return more slowly by themselves."},
      {"soft_clip_db", "Soft clip", "dB", 0.0, 3.0, 0.0,
       "How far the highest peaks are rounded before the gain has to move; 0 is off."}};
}

std::array<Table, kStages.size()> all_tables() {
  return {gain_staging(), corrective_eq(), multiband_compression(), enhancing_eq(), saturation(),
          stereo_width(), limiting()};
}

const ParameterInfo* find_info(Stage stage, std::string_view id) {
  const std::span<const ParameterInfo> table = parameters_of(stage);
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.id == id; });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

std::string band_prefix(int number) { return "band_" + std::to_string(number) + "_"; }

std::span<const ParameterInfo> parameters_of(Stage stage) {
  static const std::array<Table, kStages.size()> tables = all_tables();
  return tables[static_cast<std::size_t>(stage)];
}

double parameter_value(const PlanStage& stage, std::string_view id) {
  if (const auto given = stage.parameter(id)) return *given;
  const ParameterInfo* info = find_info(stage.stage, id);
  assert(info != nullptr && "no such parameter");
  return info != nullptr ? info->fallback : 0.0;
}

std::string_view choice_of(Stage stage, const PlanParameter& parameter) {
  const ParameterInfo* info = find_info(stage, parameter.id);
  if (info == nullptr || info->choices.empty()) return {};
  const auto place = static_cast<std::size_t>(std::max(0L, std::lround(parameter.value)));
  return place < info->choices.size() ? info->choices[place] : std::string_view{};
}

}  // namespace lacquer
