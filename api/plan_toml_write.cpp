#include <algorithm>
#include <string>

#include "api/plan_toml.h"
#include "api/text.h"
#include "api/toml_text.h"
#include "chain/stage_parameters.h"

namespace lacquer {
namespace {

constexpr std::string_view kHeader =
    "# A mastering plan. Change any value and render it again: lacquer master MIX --plan THIS-FILE\n"
    "# A stage is \"on\", \"offered\" (waiting for your word) or \"off\". What a setting may be stands "
    "behind "
    "it;\n# one that is left out takes its usual value. The unit of a number closes its name.\n\n";

class Writer {
 public:
  void value(std::string_view key, std::string_view toml) {
    text_ += key;
    text_ += " = ";
    text_ += toml;
    text_ += '\n';
  }
  void string(std::string_view key, std::string_view text) { value(key, toml_string(text)); }
  void number(std::string_view key, double number) { value(key, toml_number(number)); }
  // A path is bytes; what is no UTF-8 is spelled out beside it.
  void path(const std::string& key, std::string_view path) {
    string(key, path);
    if (well_formed_utf8(path) != path) string(key + "_bytes", percent_encoded(path));
  }
  void remark(std::string_view text) {
    text_.pop_back();  // the line's end
    text_ += "  # ";
    text_ += text;
    text_ += '\n';
  }
  void raw(std::string_view toml) { text_ += toml; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_rendered(Writer& out, const RenderRecord& rendered) {
  out.path("rendered.path", rendered.path);
  out.string("rendered.sha256", rendered.sha256);
  out.string("rendered.program", rendered.program);
  out.string("rendered.format", rendered.format);
  out.value("rendered.bits", std::to_string(rendered.bits));
  out.string("rendered.dither", rendered.dither);
  out.number("rendered.sample_rate_hz", rendered.sample_rate_hz);
}

void write_album(Writer& out, const AlbumLevel& album) {
  out.value("album.songs", std::to_string(album.songs));
  out.number("album.loudness_lufs", album.loudness_lufs);
  out.number("album.gain_db", album.gain_db);
}

// A bound as a person would write it.
std::string plain(double value) {
  std::string text = toml_number(value);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string what_it_may_be(const ParameterInfo& info) {
  if (info.choices.empty())
    return plain(info.min) + " to " + plain(info.max) +
           (info.unit.empty() ? "" : (info.unit == ":1" ? "" : " ") + std::string(info.unit));
  std::string words;
  for (std::size_t i = 0; i < info.choices.size(); ++i)
    words += (i == 0 ? "" : i + 1 == info.choices.size() ? " or " : ", ") + std::string(info.choices[i]);
  return words;
}

void write_parameters(Writer& out, const PlanStage& stage) {
  const std::span<const ParameterInfo> known = parameters_of(stage.stage);
  out.raw("  [stages.parameters]\n");
  for (const PlanParameter& parameter : stage.parameters) {
    const std::string_view word = choice_of(stage.stage, parameter);
    if (word.empty())
      out.number("  " + parameter.id, parameter.value);
    else
      out.string("  " + parameter.id, word);
    const auto info =
        std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == parameter.id; });
    if (info != known.end()) out.remark(what_it_may_be(*info));
  }
}

// For who would turn on a stage that the plan left off: "# [stages.parameters] takes character, drive_db, …".
void write_what_it_takes(Writer& out, Stage stage) {
  const std::span<const ParameterInfo> known = parameters_of(stage);
  std::string names;
  std::string of_each_band;
  int bands = 0;
  for (const ParameterInfo& info : known) {
    // The points of a curve towards a record: 62 names that only a record can fill.
    if (info.id.starts_with("match_")) continue;
    if (!info.id.starts_with("band_")) {
      names += (names.empty() ? "" : ", ") + info.id;
      continue;
    }
    const std::string first = band_prefix(1);
    bands = std::max(bands, info.id[first.size() - 2] - '0');
    if (info.id.starts_with(first))
      of_each_band += (of_each_band.empty() ? "" : ", ") + info.id.substr(first.size());
  }
  out.raw("# [stages.parameters] takes " + names + "\n");
  if (bands > 0) out.raw("# and band_1_ to band_" + std::to_string(bands) + "_ with " + of_each_band + "\n");
}

void write_stage(Writer& out, const PlanStage& stage) {
  out.raw("\n[[stages]]\n");
  out.string("stage", to_string(stage.stage));
  out.string("tag", tag(stage.stage));
  out.string("treatment", to_string(stage.treatment));
  out.string("state", to_string(stage.state));
  out.string("reason", stage.reason);
  std::string findings;
  for (const std::string& id : stage.findings) findings += (findings.empty() ? "" : ", ") + toml_string(id);
  out.value("findings", "[" + findings + "]");
  if (stage.trial) {
    std::string trial = "{ kept = " + std::string(stage.trial->kept ? "true" : "false") +
                        ", improved_db = " + toml_number(stage.trial->improved_db) +
                        ", worse_db = " + toml_number(stage.trial->worse_db);
    const auto add = [&trial](std::string_view key, const std::string& text) {
      if (!text.empty()) trial += ", " + std::string(key) + " = " + toml_string(text);
    };
    add("evidence", stage.trial->evidence);
    add("worse_item", stage.trial->worse_item);
    add("note", stage.trial->note);
    out.value("trial", trial + " }");
  }
  if (!stage.too_far.empty()) out.string("too_far", stage.too_far);
  if (!stage.parameters.empty())
    write_parameters(out, stage);
  else if (stage.state == StageState::kOff)
    write_what_it_takes(out, stage.stage);
}

}  // namespace

std::string plan_to_toml(const Plan& plan) {
  Writer out;
  out.raw(kHeader);
  out.value("schema", std::to_string(plan.schema));
  out.path("source.path", plan.source_path);
  out.string("source.sha256", plan.source_sha256);
  if (plan.rendered) write_rendered(out, *plan.rendered);
  if (plan.album) write_album(out, *plan.album);
  if (plan.target) out.string("target", *plan.target);
  if (plan.loudness_lufs) out.number("loudness_lufs", *plan.loudness_lufs);
  out.number("ceiling_dbtp", plan.ceiling_dbtp);
  out.string("why", plan.why);
  for (const PlanStage& stage : plan.stages) write_stage(out, stage);
  return out.take();
}

}  // namespace lacquer
