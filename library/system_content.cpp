#include "library/system_content.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "library/content.h"
#include "library/thresholds.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array kBases = {Basis::kDefinition, Basis::kMeasured, Basis::kTarget, Basis::kComputed,
                               Basis::kModel};
constexpr std::array kConfidences = {Confidence::kHigh, Confidence::kMedium, Confidence::kLow};
constexpr TableReader::PairLimits kCurveLimits{10, 24000, -90, 30};
constexpr TableReader::PairLimits kNoiseLimits{10, 24000, -20, 130};

ResponseCurve read_curve(const TableReader& table, std::string_view key,
                         const TableReader::PairLimits& limits) {
  ResponseCurve curve;
  for (const auto& [hz, db] : table.pairs(key, limits)) curve.points.emplace_back(hz, db);
  if (curve.points.size() < 2) table.fail(key, "a curve needs two points or more; add one");
  for (std::size_t i = 1; i < curve.points.size(); ++i)
    if (curve.points[i].first <= curve.points[i - 1].first)
      table.fail(key, "the frequencies must ascend; correct point " + std::to_string(i + 1));
  return curve;
}

struct Noise {
  std::string name;
  ResponseCurve third_octave_db;
};

std::map<std::string, Noise> read_noises(const TableReader& file) {
  std::map<std::string, Noise> noises;
  const TableReader tables = file.table("noise");
  for (const std::string& id : tables.keys_in_file_order()) {
    const TableReader table = tables.table(id);
    table.allow_only({"name", "source", "third_octave_db"});
    table.text("source");
    noises[id] = {table.text("name"), read_curve(table, "third_octave_db", kNoiseLimits)};
  }
  return noises;
}

void take_noise(const TableReader& table, const std::map<std::string, Noise>& noises,
                PlaybackSystem& system) {
  const auto noise = noises.find(table.text("noise"));
  if (noise == noises.end()) table.fail("noise", "no [noise] table has this name; correct it");
  system.noise_name = noise->second.name;
  system.noise_db = noise->second.third_octave_db;
  const double shift = system.noise_dba - a_weighted_db(system.noise_db);
  for (auto& [hz, level_db] : system.noise_db.points) level_db += shift;
}

void take_curve(const TableReader& table, const std::vector<PlaybackSystem>& above, PlaybackSystem& system) {
  if (table.has("curve") == table.has("curve_as"))
    table.fail("curve", "one of curve and curve_as is needed, and not both; add or remove one");
  if (table.has("curve")) {
    system.curve = read_curve(table, "curve", kCurveLimits);
    constexpr double kMostAtMiddleDb = 6.0;
    if (std::abs(system.curve.at_db(1000.0)) > kMostAtMiddleDb)
      table.fail("curve", "it must pass 1 kHz near 0 dB, within 6 dB; shift the whole curve");
    return;
  }
  const std::string wanted = table.text("curve_as");
  const auto found = std::find_if(above.begin(), above.end(),
                                  [&](const PlaybackSystem& other) { return other.id == wanted; });
  if (found == above.end()) table.fail("curve_as", "no system above has this name; correct it");
  system.curve = found->curve;
}

void check_traits(const TableReader& table, const PlaybackSystem& system) {
  if (system.is_mono() && system.width_above != 0.0)
    table.fail("width_above", "a system that is mono everywhere has no width; write 0");
  if ((system.near_side_db != 0.0) != (system.near_side_delay_ms != 0.0))
    table.fail(table.has("near_side_db") ? "near_side_db" : "near_side_delay_ms",
               "near_side_db and near_side_delay_ms belong together; give both or neither");
  if (system.is_mono() && system.near_side_db != 0.0)
    table.fail("near_side_db", "a system that is mono everywhere has no nearer side; remove it");
}

PlaybackSystem read_system(const TableReader& table, const std::string& id,
                           const std::vector<PlaybackSystem>& above,
                           const std::map<std::string, Noise>& noises) {
  table.allow_only({"name", "basis", "confidence", "curve", "curve_as", "mono_below_hz", "width_above",
                    "limit_db", "near_side_db", "near_side_delay_ms", "music_dba", "noise_dba", "noise",
                    "source"});
  PlaybackSystem system;
  system.id = id;
  system.name = table.text("name");
  system.basis = one_of(table, "basis", kBases);
  system.confidence = one_of(table, "confidence", kConfidences);
  take_curve(table, above, system);
  system.mono_below_hz = table.number("mono_below_hz", 0, PlaybackSystem::kMonoEverywhereHz);
  system.width_above = table.number("width_above", 0, 2);
  system.limit_db = table.number("limit_db", 0, 24);
  system.near_side_db = table.optional_number("near_side_db", 0.1, 20).value_or(0.0);
  system.near_side_delay_ms = table.optional_number("near_side_delay_ms", 0.01, 20).value_or(0.0);
  system.music_dba = table.number("music_dba", 40, 120);
  system.noise_dba = table.number("noise_dba", 0, 120);
  if (system.noise_dba >= system.music_dba)
    table.fail("noise_dba", "the noise must be quieter than music_dba; correct one of the two");
  take_noise(table, noises, system);
  system.source = table.text("source");
  check_traits(table, system);
  return system;
}

void check_reference(const TableReader& table, const PlaybackSystem& system) {
  if (system.basis != Basis::kDefinition)
    table.fail("basis", "the first system is the reference, whose basis is definition; write that");
  for (const auto& [hz, level_db] : system.curve.points)
    if (level_db != 0.0) table.fail("curve", "the reference must be level; write 0 dB throughout");
  if (system.mono_below_hz != 0.0 || system.width_above != 1.0 || system.limit_db != 0.0 ||
      system.near_side_db != 0.0)
    table.fail("width_above", "the reference is plain stereo without a limiter; correct its traits");
}

}  // namespace

std::vector<PlaybackSystem> parse_systems(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "collected", "noise", "system"});
  file.integer("schema", 1, 1);
  file.text("collected");
  const std::map<std::string, Noise> noises = read_noises(file);
  const TableReader tables = file.table("system");
  std::vector<PlaybackSystem> systems;
  for (const std::string& id : tables.keys_in_file_order()) {
    const TableReader table = tables.table(id);
    systems.push_back(read_system(table, id, systems, noises));
    if (systems.size() == 1) check_reference(table, systems.front());
  }
  if (systems.empty()) file.fail("system", "no system is described; add at least the reference");
  return systems;
}

TranslationRules parse_translation_rules(std::string_view text, const std::string& name) {
  TranslationRules rules;
  const std::vector<Threshold> wanted = {
      {"judgement", "kept_of_target", "factor", 0.05, 1, &rules.kept_of_target},
      {"judgement", "least_gap", "share", 0, 1, &rules.least_gap},
      {"judgement", "noise_kept_of_target", "factor", 0, 1, &rules.noise_kept_of_target},
      {"judgement", "noise_least_gap", "share", 0, 1, &rules.noise_least_gap},
      {"judgement", "part_matters", "share", 0, 1, &rules.part_matters},
      {"judgement", "noise_part_matters", "share", 0, 1, &rules.noise_part_matters},
      {"judgement", "local_s", "s", 0, 600, &rules.local_s},
      {"judgement", "local_share", "share", 0, 1, &rules.local_share},
      {"judgement", "passage_matters", "share", 0, 1, &rules.passage_matters},
      {"reference_image", "below_120_hz_db", "dB", -100, 20, &rules.low_side_db},
      {"reference_image", "to_500_hz_db", "dB", -100, 20, &rules.mid_side_db},
      {"reference_image", "above_500_hz_db", "dB", -100, 20, &rules.high_side_db},
  };
  read_thresholds(text, name, wanted, {});
  return rules;
}

}  // namespace lacquer
