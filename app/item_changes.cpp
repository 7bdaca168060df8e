#include "app/item_changes.h"

#include <algorithm>
#include <string>

#include "judge/finding_change.h"

namespace lacquer {
namespace {

std::optional<Stage> stage_for(const Finding& finding, const Plan& plan) {
  for (const PlanStage& stage : plan.stages) {
    if (stage.state != StageState::kOn) continue;
    if (std::find(stage.findings.begin(), stage.findings.end(), finding.id) != stage.findings.end())
      return stage.stage;
  }
  const bool limits = plan.at(Stage::kLimiting).state == StageState::kOn;
  // The file format is the export's doing, no stage's.
  if (finding.stage == CheckStage::kExport && finding.id != "file-format" && limits) return Stage::kLimiting;
  return std::nullopt;
}

}  // namespace

std::vector<ItemChange> item_changes(const Diagnosis& before, const Diagnosis& after, const Plan& plan) {
  std::vector<ItemChange> changes;
  for (const Finding& was : before.findings) {
    const Finding& is = item(after, was.item);
    const FindingChange found = change_of(was, is);
    ItemChange change{was.item, was.id, was.verdict, is.verdict, found.change, std::nullopt, loss_db(found)};
    if (change.change != "unchanged") change.stage = stage_for(was, plan);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace lacquer
