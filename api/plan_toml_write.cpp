#include <string>

#include "api/plan_toml.h"
#include "api/text.h"
#include "api/toml_text.h"
#include "chain/stage_parameters.h"

namespace lacquer {
namespace {

constexpr std::string_view kHeader =
    "# A mastering plan. Change any value and render it again: lacquer master MIX --plan THIS-FILE\n"
    "# A stage is \"on\", \"offered\" (waiting for your word) or \"off\". Levels are in decibels, loudness "
    "in LUFS.\n\n";

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
  void raw(std::string_view toml) { text_ += toml; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

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
  if (stage.parameters.empty()) return;
  out.raw("  [stages.parameters]\n");
  for (const PlanParameter& parameter : stage.parameters) {
    const std::string_view word = choice_of(stage.stage, parameter);
    if (word.empty())
      out.number("  " + parameter.id, parameter.value);
    else
      out.string("  " + parameter.id, word);
  }
}

}  // namespace

std::string plan_to_toml(const Plan& plan) {
  Writer out;
  out.raw(kHeader);
  out.value("schema", std::to_string(plan.schema));
  out.string("source.path", plan.source_path);
  if (well_formed_utf8(plan.source_path) != plan.source_path)
    out.string("source.path_bytes", percent_encoded(plan.source_path));
  out.string("source.sha256", plan.source_sha256);
  if (plan.target) out.string("target", *plan.target);
  if (plan.loudness_lufs) out.number("loudness_lufs", *plan.loudness_lufs);
  out.number("ceiling_dbtp", plan.ceiling_dbtp);
  out.string("why", plan.why);
  for (const PlanStage& stage : plan.stages) write_stage(out, stage);
  return out.take();
}

}  // namespace lacquer
