#include "api/json.h"

#include "api/json_values.h"
#include "api/text.h"
#include "api/version.h"
#include "chain/stage_parameters.h"

namespace lacquer {
namespace {

constexpr int kSchema = 1;

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

Json section_json(const Section& section) {
  Json one = {{"name", text(section.name)}};
  one.update(times(section.when));
  one["loudness_lufs"] = level(section.loudness_lufs);
  return one;
}

Json role_json(const Role& role) {
  return {{"as", to_string(role.as)},
          {"for", to_string(role.purpose)},
          {"guessed", role.guessed},
          {"why", text(role.why)}};
}

Json word_json(const Word& word) {
  return {{"term", text(word.term)},
          {"state", to_string(word.state)},
          {"low_hz", hertz(word.low_hz)},
          {"high_hz", hertz(word.high_hz)},
          {"deviation_db", level(word.deviation_db)},
          {"when", times(word.when)},
          {"text", text(word.text)}};
}

Json text_or_null(const std::string& value) { return value.empty() ? Json(nullptr) : text(value); }

Json stage_json(const PlanStage& stage) {
  Json findings = Json::array();
  for (const std::string& id : stage.findings) findings.push_back(text(id));
  Json trial = nullptr;
  if (stage.trial)
    trial = {{"kept", stage.trial->kept},
             {"improved_db", exact(stage.trial->improved_db)},
             {"worse_db", exact(stage.trial->worse_db)},
             {"evidence", text_or_null(stage.trial->evidence)},
             {"worse_item", text_or_null(stage.trial->worse_item)},
             {"note", text_or_null(stage.trial->note)}};
  Json parameters = Json::object();
  for (const PlanParameter& parameter : stage.parameters) {
    const std::string_view word = choice_of(stage.stage, parameter);
    parameters[parameter.id] = word.empty() ? exact(parameter.value) : Json(word);
  }
  return {{"stage", to_string(stage.stage)},
          {"tag", tag(stage.stage)},
          {"treatment", to_string(stage.treatment)},
          {"state", to_string(stage.state)},
          {"reason", text(stage.reason)},
          {"findings", findings},
          {"trial", trial},
          {"too_far", text_or_null(stage.too_far)},
          {"parameters", parameters}};
}

// What each further dB of drive would cost and what every platform would leave of it.
Json loudness_curve_json(const LoudnessCurve& curve) {
  Json steps = Json::array();
  for (const LoudnessStep& step : curve.steps) {
    Json left = Json::array();
    for (std::size_t i = 0; i < step.left_lufs.size(); ++i)
      left.push_back({{"platform", text(curve.platforms[i])}, {"playback_lufs", level(step.left_lufs[i])}});
    Json bands = Json::array();
    for (const LimitingDamage::Band& band : step.damage.bands)
      bands.push_back({{"low_hz", hertz(band.low_hz)},
                       {"high_hz", hertz(band.high_hz)},
                       {"crest_db", level(band.crest_db)},
                       {"crest_lost_db", level(band.crest_lost_db)},
                       {"level_change_db", level(band.level_change_db)}});
    steps.push_back({{"drive_db", level(step.drive_db)},
                     {"lufs", level(step.lufs)},
                     {"reduction_p95_db", level(step.reduction_p95_db)},
                     {"psr_p5_db", level(step.psr_p5_db)},
                     {"psr_lost_db", level(step.psr_lost_db)},
                     {"bass_intermodulation_pct", level(step.damage.bass_intermodulation_pct)},
                     {"bands", bands},
                     {"only_costs", step.only_costs},
                     {"within_budget", step.within_budget},
                     {"left", left}});
  }
  return steps;
}

}  // namespace

Json check_json(std::string_view path, const SourceInfo& info, const Measurements& measurements,
                const Diagnosis* diagnosis) {
  Json findings = Json::array();
  Json faults = Json::array();
  Json sections = Json::array();
  Json words = Json::array();
  if (diagnosis != nullptr) {
    for (const Word& word : diagnosis->words) words.push_back(word_json(word));
    for (const Finding& finding : diagnosis->findings) findings.push_back(finding_json(finding));
    for (const Fault& fault : diagnosis->faults) faults.push_back(fault_json(fault));
    for (const Section& section : diagnosis->sections) sections.push_back(section_json(section));
  }
  const ChosenTarget* target = diagnosis != nullptr && diagnosis->target ? &*diagnosis->target : nullptr;
  return {{"lacquer", version()},
          {"schema", kSchema},
          {"file", file_json(path, info)},
          {"role", diagnosis != nullptr ? role_json(diagnosis->role) : Json(nullptr)},
          {"measurements", measurements_json(measurements, target)},
          {"findings", findings},
          {"faults", faults},
          {"words", words},
          {"sections", sections}};
}

Json planned_json(const Plan& plan, const LoudnessCurve& curve) {
  Json document = plan_json(plan);
  document["loudness_curve"] = loudness_curve_json(curve);
  return document;
}

Json plan_json(const Plan& plan) {
  Json source = Json::object();
  put_path(source, plan.source_path);
  source["sha256"] = text(plan.source_sha256);
  Json rendered;
  if (plan.rendered) {
    put_path(rendered, plan.rendered->path);
    rendered["sha256"] = text(plan.rendered->sha256);
    rendered["program"] = text(plan.rendered->program);
    rendered["format"] = text(plan.rendered->format);
    rendered["bits"] = plan.rendered->bits;
    rendered["dither"] = text(plan.rendered->dither);
    rendered["sample_rate_hz"] = hertz(plan.rendered->sample_rate_hz);
  }
  Json album;
  if (plan.album)
    album = {{"songs", plan.album->songs},
             {"loudness_lufs", exact(plan.album->loudness_lufs)},
             {"gain_db", exact(plan.album->gain_db)}};
  Json stages = Json::array();
  for (const PlanStage& stage : plan.stages) stages.push_back(stage_json(stage));
  return {{"schema", plan.schema},
          {"source", source},
          {"rendered", rendered},
          {"album", album},
          {"target", plan.target ? text(*plan.target) : Json(nullptr)},
          {"loudness_lufs", plan.loudness_lufs ? exact(*plan.loudness_lufs) : Json(nullptr)},
          {"ceiling_dbtp", exact(plan.ceiling_dbtp)},
          {"why", text(plan.why)},
          {"stages", stages}};
}

Json master_json(const MasterResult& result, const OutputFile& output,
                 const std::optional<PreviewOutput>& preview) {
  Json file = Json::object();
  put_path(file, output.path);
  file["container"] = text(output.container);
  file["bits"] = output.bits;
  file["sample_rate_hz"] = hertz(output.sample_rate_hz);
  file["record"] = text_or_null(output.record_path);
  Json passage;
  if (preview)
    passage = {{"from_s", time(preview->when.from_s)},
               {"to_s", time(preview->when.to_s)},
               {"why", text(preview->why)},
               {"matched_mix", text(preview->matched_mix_path)},
               {"matched_master", text(preview->matched_master_path)}};
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
          {"preview", passage},
          {"before", measurements_json(result.before)},
          {"after", measurements_json(result.after)},
          {"items", items},
          {"verified", verified},
          {"loudness_curve", loudness_curve_json(result.loudness_curve)},
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
          {"preview", nullptr},
          {"before", measurements_json(before)},
          {"after", nullptr},
          {"items", items},
          {"verified", Json::array()},
          {"loudness_curve", Json::array()},
          {"realtime_factor", nullptr},
          {"stopped", {{"do", text(stopped.action)}, {"command", text(stopped.command)}}}};
}

Json items_json(Json items) { return {{"schema", kSchema}, {"items", std::move(items)}}; }

Json error_json(std::string_view path, std::string_view error) {
  Json file = Json::object();
  put_path(file, path);
  return {{"file", file}, {"error", text(error)}};
}

std::string dump(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lacquer
