#include "api/json.h"

#include <cmath>

#include "api/text.h"
#include "api/version.h"

namespace lacquer {
namespace {

constexpr int kSchema = 1;

// Decimals that a reader can use: more would claim an accuracy that no meter has.
constexpr int kLevelDecimals = 2;
constexpr int kTimeDecimals = 3;
constexpr int kShareDecimals = 4;

Json number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  return std::isfinite(rounded) ? rounded + 0.0 : value;  // + 0.0: a rounded -0.0 reads as 0.0
}

Json number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : Json(nullptr);
}

Json exact(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json level(const std::optional<double>& value) { return number(value, kLevelDecimals); }
Json time(double seconds) { return number(seconds, kTimeDecimals); }

// Whole numbers of hertz without a decimal point.
Json hertz(double hz) {
  if (!std::isfinite(hz)) return nullptr;
  if (hz == std::floor(hz) && std::abs(hz) < 1e15) return static_cast<std::int64_t>(hz);
  return number(hz, kLevelDecimals);
}

Json text(std::string_view value) { return well_formed_utf8(value); }

Json times(const std::vector<TimeRange>& ranges) {
  Json all = Json::array();
  for (const TimeRange& range : ranges)
    all.push_back({{"from_s", time(range.from_s)}, {"to_s", time(range.to_s)}});
  return all;
}

void put_path(Json& into, std::string_view path) {
  into["path"] = text(path);
  if (into["path"].get_ref<const std::string&>() != path) into["path_bytes"] = percent_encoded(path);
}

Json file_json(std::string_view path, const SourceInfo& info) {
  Json file = Json::object();
  put_path(file, path);
  file["container"] = text(info.container);
  file["codec"] = text(info.codec);
  file["sample_rate_hz"] = hertz(info.sample_rate_hz);
  file["bits"] = info.bits ? Json(*info.bits) : Json(nullptr);
  file["channels"] = info.channels;
  file["duration_s"] = time(info.duration_s);
  return file;
}

Json stereo_json(const StereoResult& stereo) {
  Json bands = Json::array();
  for (const StereoBand& band : stereo.bands)
    bands.push_back({{"low_hz", hertz(band.low_hz)},
                     {"high_hz", hertz(band.high_hz)},
                     {"correlation", number(band.correlation, kShareDecimals)},
                     {"mono_loss_db", level(band.mono_loss_db)},
                     {"side_to_mid_db", level(band.side_to_mid_db)}});
  return {{"correlation", number(stereo.correlation, kShareDecimals)},
          {"mono_loss_db", level(stereo.mono_loss_db)},
          {"side_to_mid_db", level(stereo.side_to_mid_db)},
          {"balance_lu", level(stereo.balance_lu)},
          {"bands", bands}};
}

Json spectrum_json(const SpectrumResult& spectrum) {
  Json thirds = Json::array();
  for (const ThirdOctave& third : spectrum.third_octaves)
    thirds.push_back({{"hz", hertz(third.hz)},
                      {"level_db", level(third.level_db)},
                      {"target_db", nullptr},
                      {"tolerance_db", nullptr}});
  return {{"target", nullptr},
          {"slope_psd_db_per_octave", level(spectrum.slope_psd_db_per_octave)},
          {"third_octaves", thirds}};
}

Json source_json(const SourceResult& source) {
  return {{"effective_bits", source.effective_bits ? Json(*source.effective_bits) : Json(nullptr)},
          {"bandwidth_hz", source.bandwidth_hz ? hertz(std::round(*source.bandwidth_hz)) : Json(nullptr)},
          {"dc_offset_dbfs", level(source.dc_offset_dbfs)},
          {"hum", {{"present", nullptr}, {"hz", nullptr}}},
          {"head_silence_s", number(source.head_silence_s, kTimeDecimals)},
          {"tail_silence_s", number(source.tail_silence_s, kTimeDecimals)}};
}

Json finding_json(const Finding& finding) {
  Json evidence = Json::array();
  for (const Evidence& one : finding.evidence)
    evidence.push_back({{"metric", text(one.metric)},
                        {"value", number(one.value, kShareDecimals)},
                        {"unit", text(one.unit)},
                        {"threshold", number(one.threshold, kShareDecimals)},
                        {"distance", number(one.distance, kShareDecimals)}});
  Json listen = nullptr;
  if (finding.listen)
    listen = {{"from_s", time(finding.listen->from_s)},
              {"to_s", time(finding.listen->to_s)},
              {"how", text(finding.listen->how)}};
  return {{"item", finding.item},
          {"id", text(finding.id)},
          {"stage", to_string(finding.stage)},
          {"verdict", to_string(finding.verdict)},
          {"confidence", number(finding.confidence, kLevelDecimals)},
          {"title", text(finding.title)},
          {"evidence", evidence},
          {"when", times(finding.when)},
          {"why", text(finding.why)},
          {"do", text(finding.action)},
          {"where", to_string(finding.where)},
          {"listen", listen}};
}

Json fault_json(const Fault& fault) {
  return {{"id", text(fault.id)},
          {"severity", to_string(fault.severity)},
          {"confidence", number(fault.confidence, kLevelDecimals)},
          {"when", times(fault.when)},
          {"why", text(fault.why)}};
}

Json role_json(const Role& role) {
  return {{"as", to_string(role.as)},
          {"for", to_string(role.purpose)},
          {"guessed", role.guessed},
          {"why", text(role.why)}};
}

Json stage_json(const PlanStage& stage) {
  Json findings = Json::array();
  for (const std::string& id : stage.findings) findings.push_back(text(id));
  Json trial = nullptr;
  if (stage.trial)
    trial = {{"kept", stage.trial->kept},
             {"improved_db", exact(stage.trial->improved_db)},
             {"worse_db", exact(stage.trial->worse_db)}};
  Json parameters = Json::object();
  for (const PlanParameter& parameter : stage.parameters) parameters[parameter.id] = exact(parameter.value);
  return {{"stage", to_string(stage.stage)},
          {"tag", tag(stage.stage)},
          {"treatment", to_string(stage.treatment)},
          {"state", to_string(stage.state)},
          {"reason", text(stage.reason)},
          {"findings", findings},
          {"trial", trial},
          {"parameters", parameters}};
}

}  // namespace

Json measurements_json(const Measurements& m) {
  return {{"loudness",
           {{"integrated_lufs", level(m.loudness.integrated_lufs)},
            {"range_lu", level(m.loudness.range_lu)},
            {"momentary_max_lufs", level(m.loudness.momentary_max_lufs)},
            {"short_term_max_lufs", level(m.loudness.short_term_max_lufs)}}},
          {"peak",
           {{"sample_dbfs", level(m.peak.sample_dbfs)},
            {"true_dbtp", level(m.peak.true_dbtp)},
            {"clipped_runs", m.peak.clipped_runs},
            {"intersample_overs", m.peak.intersample_overs}}},
          {"dynamics", !m.dynamics ? Json(nullptr)
                                   : Json{{"plr_db", level(m.dynamics->plr_db)},
                                          {"psr_median_db", level(m.dynamics->psr_median_db)},
                                          {"psr_p5_db", level(m.dynamics->psr_p5_db)},
                                          {"crest_db", level(m.dynamics->crest_db)}}},
          {"stereo", m.stereo ? stereo_json(*m.stereo) : Json(nullptr)},
          {"spectrum", m.spectrum ? spectrum_json(*m.spectrum) : Json(nullptr)},
          {"source", m.source ? source_json(*m.source) : Json(nullptr)}};
}

Json check_json(std::string_view path, const SourceInfo& info, const Measurements& measurements,
                const Diagnosis* diagnosis) {
  Json findings = Json::array();
  Json faults = Json::array();
  if (diagnosis != nullptr) {
    for (const Finding& finding : diagnosis->findings) findings.push_back(finding_json(finding));
    for (const Fault& fault : diagnosis->faults) faults.push_back(fault_json(fault));
  }
  return {{"lacquer", version()},
          {"schema", kSchema},
          {"file", file_json(path, info)},
          {"role", diagnosis != nullptr ? role_json(diagnosis->role) : Json(nullptr)},
          {"measurements", measurements_json(measurements)},
          {"findings", findings},
          {"faults", faults},
          {"words", Json::array()}};
}

Json plan_json(const Plan& plan) {
  Json source = Json::object();
  put_path(source, plan.source_path);
  source["sha256"] = text(plan.source_sha256);
  Json stages = Json::array();
  for (const PlanStage& stage : plan.stages) stages.push_back(stage_json(stage));
  return {{"schema", plan.schema},
          {"source", source},
          {"target", plan.target ? text(*plan.target) : Json(nullptr)},
          {"loudness_lufs", plan.loudness_lufs ? exact(*plan.loudness_lufs) : Json(nullptr)},
          {"ceiling_dbtp", exact(plan.ceiling_dbtp)},
          {"why", text(plan.why)},
          {"stages", stages}};
}

Json master_json(const MasterResult& result, const OutputFile& output) {
  Json file = Json::object();
  put_path(file, output.path);
  file["container"] = text(output.container);
  file["bits"] = output.bits;
  file["sample_rate_hz"] = hertz(output.sample_rate_hz);
  Json items = Json::array();
  for (const ItemChange& change : result.items)
    items.push_back({{"item", change.item},
                     {"id", text(change.id)},
                     {"before", to_string(change.before)},
                     {"after", to_string(change.after)},
                     {"change", text(change.change)},
                     {"stage", change.stage ? Json(to_string(*change.stage)) : Json(nullptr)}});
  Json verified = Json::array();
  for (const VerifiedClaim& claim : result.verified)
    verified.push_back({{"claim", text(claim.claim)},
                        {"value", number(claim.value, kShareDecimals)},
                        {"holds", claim.holds}});
  return {{"schema", kSchema},
          {"plan", plan_json(result.plan)},
          {"output", file},
          {"before", measurements_json(result.before)},
          {"after", measurements_json(result.after)},
          {"items", items},
          {"verified", verified},
          {"realtime_factor", number(result.realtime_factor, kLevelDecimals)},
          {"stopped", nullptr}};
}

Json stopped_json(const Measurements& before, const Diagnosis& diagnosis, const Stopped& stopped) {
  Json items = Json::array();
  for (const Finding& finding : diagnosis.findings)
    items.push_back({{"item", finding.item},
                     {"id", text(finding.id)},
                     {"before", to_string(finding.verdict)},
                     {"after", nullptr},
                     {"change", nullptr},
                     {"stage", nullptr}});
  return {{"schema", kSchema},
          {"plan", nullptr},
          {"output", nullptr},
          {"before", measurements_json(before)},
          {"after", nullptr},
          {"items", items},
          {"verified", Json::array()},
          {"realtime_factor", nullptr},
          {"stopped", {{"do", text(stopped.action)}, {"command", text(stopped.command)}}}};
}

Json error_json(std::string_view path, std::string_view error) {
  Json file = Json::object();
  put_path(file, path);
  return {{"file", file}, {"error", text(error)}};
}

std::string dump(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lacquer
