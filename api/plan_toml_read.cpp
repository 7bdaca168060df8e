#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <string>

#include "api/plan_toml.h"
#include "api/text.h"
#include "api/toml_text.h"
#include "chain/stage_checks.h"
#include "chain/stage_parameters.h"
#include "core/error.h"

namespace lacquer {
namespace {

// Deeper than any key of a plan ("source.path_bytes"), shallow enough to parse and free without a deep stack.
constexpr int kMaxKeyParts = 8;

// A number as the person wrote it: no trailing zeros.
std::string plain(double value) {
  std::string text = toml_number(value);
  if (text.size() > 2 && text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

[[noreturn]] void fail(const toml::node& at, const std::string& key, const std::string& what) {
  throw Error("line " + std::to_string(at.source().begin.line) + ": " + key + " " + what);
}

std::string list_of(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

// A table of the file and the key that leads to it ("stages[0].parameters"; empty for the file itself).
struct Section {
  const toml::table* table = nullptr;
  std::string key;

  std::string name(std::string_view child) const {
    return key.empty() ? std::string(child) : key + "." + std::string(child);
  }
};

void refuse_unknown_keys(const Section& section, std::initializer_list<std::string_view> known) {
  for (const auto& [key, node] : *section.table)
    if (std::find(known.begin(), known.end(), key.str()) == known.end())
      fail(node, section.name(key.str()), "is not a key of a plan; the keys here are " + list_of(known));
}

const toml::node* find(const Section& section, std::string_view key) { return section.table->get(key); }

const toml::node& need(const Section& section, std::string_view key) {
  const toml::node* node = find(section, key);
  if (node == nullptr)
    fail(*section.table, section.name(key), "is missing; write it, or plan the track again");
  return *node;
}

std::string read_string(const Section& section, std::string_view key) {
  const toml::node& node = need(section, key);
  const auto* text = node.as_string();
  if (text == nullptr) fail(node, section.name(key), "must be text in quotes");
  return text->get();
}

std::string read_optional_string(const Section& section, std::string_view key) {
  return find(section, key) == nullptr ? std::string() : read_string(section, key);
}

double read_number(const toml::node& node, const std::string& name, double low, double high,
                   std::string_view unit) {
  const std::string range = "it must be between " + plain(low) + " and " + plain(high) +
                            (unit.empty() ? "" : " " + std::string(unit));
  double value = 0.0;
  if (const auto* number = node.as_floating_point())
    value = number->get();
  else if (const auto* whole = node.as_integer())
    value = static_cast<double>(whole->get());
  else
    fail(node, name, "is not a number; " + range);
  if (!std::isfinite(value)) fail(node, name, "is not a finite number; " + range);
  if (value < low || value > high) fail(node, name, "is " + plain(value) + "; " + range);
  return value;
}

Section read_table(const Section& section, std::string_view key) {
  const toml::node& node = need(section, key);
  if (!node.is_table()) fail(node, section.name(key), "must be a table");
  return {node.as_table(), section.name(key)};
}

template <class Value>
Value read_word(const Section& section, std::string_view key, std::optional<Value> (*from)(std::string_view),
                std::initializer_list<std::string_view> words) {
  const std::string word = read_string(section, key);
  const std::optional<Value> value = from(word);
  if (!value)
    fail(need(section, key), section.name(key),
         "is " + toml_string(word) + "; it must be one of " + list_of(words));
  return *value;
}

std::optional<Trial> read_trial(const Section& stage) {
  if (find(stage, "trial") == nullptr) return std::nullopt;
  constexpr double kMostDb = 1000.0;  // a sanity bound: nothing is rendered from these
  const Section section = read_table(stage, "trial");
  refuse_unknown_keys(section, {"kept", "improved_db", "worse_db", "evidence", "worse_item", "note"});
  Trial trial;
  const toml::node& kept = need(section, "kept");
  if (!kept.is_boolean()) fail(kept, section.name("kept"), "must be true or false");
  trial.kept = kept.as_boolean()->get();
  trial.improved_db =
      read_number(need(section, "improved_db"), section.name("improved_db"), -kMostDb, kMostDb, "dB");
  trial.worse_db = read_number(need(section, "worse_db"), section.name("worse_db"), -kMostDb, kMostDb, "dB");
  trial.evidence = read_optional_string(section, "evidence");
  trial.worse_item = read_optional_string(section, "worse_item");
  trial.note = read_optional_string(section, "note");
  return trial;
}

std::vector<std::string> read_findings(const Section& stage) {
  const toml::node& node = need(stage, "findings");
  const std::string name = stage.name("findings");
  if (!node.is_array()) fail(node, name, "must be a list of texts in quotes");
  std::vector<std::string> ids;
  for (const toml::node& one : *node.as_array()) {
    if (!one.is_string()) fail(one, name, "must hold texts in quotes only");
    ids.push_back(one.as_string()->get());
  }
  return ids;
}

double read_choice(const ParameterInfo& info, const toml::node& node, const std::string& name) {
  std::string words;
  for (const std::string_view word : info.choices) words += (words.empty() ? "" : ", ") + toml_string(word);
  const auto* word = node.as_string();
  if (word == nullptr) fail(node, name, "must be one of " + words);
  const auto found = std::find(info.choices.begin(), info.choices.end(), word->get());
  if (found == info.choices.end())
    fail(node, name, "is " + toml_string(word->get()) + "; it must be one of " + words);
  return static_cast<double>(found - info.choices.begin());
}

PlanParameter read_parameter(Stage stage, const Section& section, std::string_view id,
                             const toml::node& node) {
  const std::span<const ParameterInfo> known = parameters_of(stage);
  const auto info = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == id; });
  if (info == known.end()) {
    std::string names;
    for (const ParameterInfo& one : known) names += (names.empty() ? "" : ", ") + std::string(one.id);
    fail(node, section.name(id),
         "is not a parameter of this stage; " + (names.empty() ? "it has none" : "it has " + names));
  }
  if (info->choices.empty())
    return {std::string(id), read_number(node, section.name(id), info->min, info->max, info->unit)};
  return {std::string(id), read_choice(*info, node, section.name(id))};
}

// In the order in which the file names them.
std::vector<PlanParameter> read_parameters(Stage stage, const Section& of_stage) {
  if (find(of_stage, "parameters") == nullptr) return {};
  const Section section = read_table(of_stage, "parameters");
  std::vector<std::pair<toml::source_position, PlanParameter>> placed;
  for (const auto& [key, node] : *section.table)
    placed.emplace_back(key.source().begin, read_parameter(stage, section, key.str(), node));
  std::sort(placed.begin(), placed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<PlanParameter> parameters;
  for (auto& [place, parameter] : placed) parameters.push_back(std::move(parameter));
  return parameters;
}

// The chain's order is not the file's to change.
void check_order(const Section& section, Stage stage, std::size_t index) {
  if (stage == kStages[index]) return;
  const auto place =
      static_cast<std::size_t>(std::find(kStages.begin(), kStages.end(), stage) - kStages.begin());
  const std::string what =
      place < index ? " stands here a second time or too late" : " stands here too early";
  fail(need(section, "stage"), section.name("stage"),
       "is \"" + std::string(to_string(stage)) + "\", which" + what + "; the chain's order is fixed and \"" +
           std::string(to_string(kStages[index])) + "\" belongs here");
}

PlanStage read_stage(const Section& section, std::size_t index) {
  refuse_unknown_keys(section, {"stage", "tag", "treatment", "state", "reason", "findings", "trial",
                                "too_far", "parameters"});
  PlanStage stage;
  stage.stage = read_word(section, "stage", stage_from,
                          {"gain-staging", "corrective-eq", "multiband-compression", "enhancing-eq",
                           "saturation", "stereo-width", "limiting"});
  check_order(section, stage.stage, index);
  if (read_string(section, "tag") != tag(stage.stage))
    fail(need(section, "tag"), section.name("tag"),
         "must be \"" + std::string(tag(stage.stage)) + "\" for this stage");
  stage.treatment = read_word(section, "treatment", treatment_from, {"corrective", "enhancing", "none"});
  stage.state = read_word(section, "state", stage_state_from, {"on", "offered", "off"});
  stage.reason = read_string(section, "reason");
  stage.findings = read_findings(section);
  stage.trial = read_trial(section);
  stage.too_far = read_optional_string(section, "too_far");
  stage.parameters = read_parameters(stage.stage, section);
  if (const auto clash = clash_in(stage)) {
    const Section parameters = read_table(section, "parameters");
    fail(need(parameters, clash->id), parameters.name(clash->id), clash->what);
  }
  return stage;
}

// `path`, as the bytes that `path_bytes` spells where it is there.
std::string read_path(const Section& section) {
  std::string path = read_string(section, "path");
  if (find(section, "path_bytes") == nullptr) return path;
  const std::optional<std::string> bytes = percent_decoded(read_string(section, "path_bytes"));
  if (!bytes || well_formed_utf8(*bytes) != path)
    fail(need(section, "path_bytes"), section.name("path_bytes"),
         "does not spell the path above it; take both lines from the plan as it was written, or leave this "
         "one out");
  return *bytes;
}

void read_source(const Section& file, Plan& plan) {
  const Section source = read_table(file, "source");
  refuse_unknown_keys(source, {"path", "path_bytes", "sha256"});
  plan.source_path = read_path(source);
  plan.source_sha256 = read_string(source, "sha256");
}

std::string read_one_of(const Section& section, std::string_view key,
                        std::initializer_list<std::string_view> words) {
  std::string word = read_string(section, key);
  if (std::find(words.begin(), words.end(), word) == words.end())
    fail(need(section, key), section.name(key),
         "is " + toml_string(word) + "; it must be one of " + list_of(words));
  return word;
}

std::optional<RenderRecord> read_rendered(const Section& file) {
  if (find(file, "rendered") == nullptr) return std::nullopt;
  const Section section = read_table(file, "rendered");
  refuse_unknown_keys(
      section, {"path", "path_bytes", "sha256", "program", "format", "bits", "dither", "sample_rate_hz"});
  RenderRecord rendered;
  rendered.path = read_path(section);
  rendered.sha256 = read_string(section, "sha256");
  rendered.program = read_string(section, "program");
  rendered.format = read_one_of(section, "format", {"wav", "flac", "aiff"});
  const toml::node& bits = need(section, "bits");
  const std::int64_t count = bits.is_integer() ? bits.as_integer()->get() : 0;
  if (count != 16 && count != 24 && count != 32)
    fail(bits, section.name("bits"), "must be 16, 24 or 32 (floating point)");
  rendered.bits = static_cast<int>(count);
  rendered.dither = read_one_of(section, "dither", {"plain", "shaped"});
  rendered.sample_rate_hz =
      read_number(need(section, "sample_rate_hz"), section.name("sample_rate_hz"), 8000, 384000, "Hz");
  return rendered;
}

std::optional<AlbumLevel> read_album(const Section& file) {
  if (find(file, "album") == nullptr) return std::nullopt;
  const Section section = read_table(file, "album");
  refuse_unknown_keys(section, {"songs", "loudness_lufs", "gain_db"});
  AlbumLevel album;
  album.songs =
      static_cast<int>(read_number(need(section, "songs"), section.name("songs"), 1, kMostAlbumSongs, ""));
  album.loudness_lufs = read_number(need(section, "loudness_lufs"), section.name("loudness_lufs"),
                                    kMinLoudnessLufs, kMaxLoudnessLufs, "LUFS");
  album.gain_db = read_number(need(section, "gain_db"), section.name("gain_db"), -60, 60, "dB");
  return album;
}

void read_stages(const Section& file, Plan& plan) {
  const toml::node& node = need(file, "stages");
  const toml::array* stages = node.as_array();
  if (stages == nullptr) fail(node, "stages", "must be a list of tables, each under [[stages]]");
  for (std::size_t i = 0; i < stages->size() && i < plan.stages.size(); ++i) {
    const std::string key = "stages[" + std::to_string(i) + "]";
    const toml::node& stage = (*stages)[i];
    if (!stage.is_table()) fail(stage, key, "must be a table");
    plan.stages[i] = read_stage({stage.as_table(), key}, i);
  }
  if (stages->size() != plan.stages.size())
    fail(node, "stages",
         "has " + std::to_string(stages->size()) +
             " entries; a plan lists all 7 stages, also those that are off");
}

Plan read_plan(const toml::table& root) {
  const Section file{&root, ""};
  refuse_unknown_keys(file, {"schema", "source", "rendered", "album", "target", "loudness_lufs",
                             "ceiling_dbtp", "why", "stages"});
  Plan plan;
  const toml::node& schema = need(file, "schema");
  if (!schema.is_integer() || schema.as_integer()->get() != 1)
    fail(schema, "schema", "is not 1, the only kind of plan this version knows; plan the track again");
  read_source(file, plan);
  plan.rendered = read_rendered(file);
  plan.album = read_album(file);
  if (find(file, "target") != nullptr) plan.target = read_string(file, "target");
  if (const toml::node* loudness = find(file, "loudness_lufs"))
    plan.loudness_lufs = read_number(*loudness, "loudness_lufs", kMinLoudnessLufs, kMaxLoudnessLufs, "LUFS");
  plan.ceiling_dbtp =
      read_number(need(file, "ceiling_dbtp"), "ceiling_dbtp", kMinCeilingDbtp, kMaxCeilingDbtp, "dBTP");
  plan.why = read_string(file, "why");
  read_stages(file, plan);
  return plan;
}

}  // namespace

Plan plan_from_toml(std::string_view text) {
  if (text.size() > kMaxPlanBytes)
    throw Error("the plan is longer than 1 MiB, which no plan is; plan the track again");
  if (longest_toml_key(text) > kMaxKeyParts)
    throw Error("a key has too many parts for a plan; plan the track again");
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error("line " + std::to_string(error.source().begin.line) + ": this is not TOML (" +
                std::string(error.description()) + "); correct the line, or plan the track again");
  }
  return read_plan(root);
}

}  // namespace lacquer
