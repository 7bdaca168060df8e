#pragma once

#include "judge/plan.h"

namespace lacquer::test {

// A plan with something in every field that may be empty.
inline Plan a_plan() {
  Plan plan;
  plan.source_path = "mixes/\"a\" mix\n\xFF.wav";
  plan.source_sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  plan.loudness_lufs = -11.8;
  plan.ceiling_dbtp = -1.0;
  plan.why = "A back\\slash, a \"quote\", a tab\t, a bell \x07, a \x7F and Größe.";
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    plan.stages[i].stage = kStages[i];
    plan.stages[i].reason = "not available in this version";
  }
  PlanStage& gain = plan.at(Stage::kGainStaging);
  gain.state = StageState::kOn;
  gain.trial = Trial{false, 0.0, 2.0, "", "", ""};
  gain.treatment = Treatment::kCorrective;
  gain.reason = "The mix peaks at −0.2 dBTP.";
  gain.findings = {"peak-level", "true-peak-ceiling"};
  gain.parameters = {{"trim_db", -5.123456789012345}};
  PlanStage& limiting = plan.at(Stage::kLimiting);
  limiting.state = StageState::kOn;
  limiting.too_far = "The kick loses its \"punch\".";
  limiting.trial = Trial{true, 1.5, 0.1, "plr", "harshness", "It helped."};
  limiting.parameters = {{"release_ms", 30.0}};
  return plan;
}

}  // namespace lacquer::test
