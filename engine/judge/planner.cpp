#include "judge/planner.h"

#include <algorithm>
#include <cmath>

#include "judge/case.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

struct Trim {
  double db = 0.0;
  std::string reason;
};

// Only ever downward: gain that would merely use up headroom helps nothing in float, and the limiter's drive
// makes up for the trim exactly.
Trim working_trim(const Measurements& audio, const WorkingLevel& level) {
  const Readings reads = read(audio);
  const std::optional<double> peak = reads.true_dbtp ? reads.true_dbtp : reads.sample_dbfs;
  const double too_high = peak ? std::max(0.0, *peak - level.true_peak_dbtp) : 0.0;
  const double louder = reads.integrated_lufs ? *reads.integrated_lufs - level.loudness_lufs : 0.0;
  const double too_loud = louder > level.loudness_tolerance_lu ? louder : 0.0;
  const double needed = std::max(too_high, too_loud);
  if (!peak) return {0.0, "No level is known here, so none is changed."};
  if (needed <= 0.0)
    return {0.0, "The track already works at a good level: its true peak is " + dbtp(*peak) +
                     ", and gain that only uses up headroom is not added."};
  // Rounded away from zero, to the tenth of a decibel a person would write.
  const double trim = std::max(level.trim_min_db, -std::ceil(needed * 10.0 - 1e-6) / 10.0);
  const std::string aim = too_loud >= too_high ? "about " + lufs(level.loudness_lufs)
                                               : "a true peak of at most " + dbtp(level.true_peak_dbtp);
  return {trim, "A trim of " + change_db(trim) + " brings the track to " + aim +
                    ", the level at which the chain works; the limiter's drive makes up for it exactly."};
}

PlanStage unavailable(Stage stage) {
  PlanStage off;
  off.stage = stage;
  off.reason = std::string(title(stage)) + " is not available in this version, so it stays off.";
  return off;
}

PlanStage gain_staging(const Measurements& audio, const WorkingLevel& level) {
  const Trim trim = working_trim(audio, level);
  PlanStage stage;
  stage.stage = Stage::kGainStaging;
  stage.state = StageState::kOn;
  stage.reason = trim.reason;
  stage.parameters = {{"trim_db", trim.db}};
  if (trim.db != 0.0) stage.findings = {"peak-level"};
  return stage;
}

PlanStage limiting(const Diagnosis& diagnosis, const LimiterStart& start) {
  PlanStage stage;
  stage.stage = Stage::kLimiting;
  stage.state = StageState::kOn;
  stage.reason =
      "Every master needs a ceiling for its true peaks; level is raised only as far as the track allows.";
  stage.parameters = {{"release_ms", start.release_ms}};
  for (const int number : {9, 10}) {
    const Finding& finding = item(diagnosis, number);
    if (finding.verdict == Verdict::kLook || finding.verdict == Verdict::kFix)
      stage.findings.push_back(finding.id);
  }
  return stage;
}

}  // namespace

Plan make_plan(const Diagnosis& diagnosis, const Measurements& audio, const LoudnessRules& rules) {
  Plan plan;
  for (const Stage stage : kStages) plan.at(stage) = unavailable(stage);
  plan.at(Stage::kGainStaging) = gain_staging(audio, rules.working_level);
  plan.at(Stage::kLimiting) = limiting(diagnosis, rules.limiter);
  plan.why =
      "Gain staging and limiting make this master; the five stages between them are not available in this "
      "version, so nothing else is changed.";
  return plan;
}

}  // namespace lacquer
