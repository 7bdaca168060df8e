#include "session/plan_stages.h"

#include <algorithm>

#include "chain/mastering_chain.h"
#include "judge/diagnose.h"

namespace lacquer {
namespace {

bool has(const std::vector<Stage>& stages, Stage stage) {
  return std::find(stages.begin(), stages.end(), stage) != stages.end();
}

// What must be fixed is corrected even in a finished master.
bool must_be_fixed(const Nomination& nomination, const Diagnosis& diagnosis) {
  return std::any_of(nomination.claims.begin(), nomination.claims.end(), [&](const Claim& claim) {
    return std::any_of(diagnosis.findings.begin(), diagnosis.findings.end(), [&](const Finding& finding) {
      return finding.id == claim.finding && finding.verdict == Verdict::kFix;
    });
  });
}

class Stages {
 public:
  Stages(const PlanMaterial& material, const PlanRequest& request)
      : material_(material),
        request_(request),
        circumstances_{material.diagnosis.role, material.diagnosis.target, std::nullopt},
        trial_{material.source, material.info, circumstances_, material.known, material.working} {
    Plan& plan = staged_.worked.plan;
    plan = draft_plan(as_found());
    if (has(request.without, Stage::kGainStaging)) plan.at(Stage::kGainStaging).state = StageState::kOff;
    staged_.worked.survey = material.survey;
    staged_.worked.diagnosis =
        diagnose(material.survey.measurements, material.info, circumstances_, material.known);
    mastered_ = already_mastered(as_found());
  }

  StagedPlan run(const DriveFor& drive_for) {
    balance();
    for (const Nomination& nomination : nominations())
      if (!mastered_ || matches_ || must_be_fixed(nomination, material_.diagnosis)) correct(nomination);
    if (mastered_)
      for (const Stage stage : {Stage::kEnhancingEq, Stage::kSaturation, Stage::kStereoWidth})
        leave_alone(worked_.plan.at(stage));
    else
      offer(drive_for);
    return std::move(staged_);
  }

 private:
  PlanCase as_found() const {
    return {material_.survey.measurements, material_.info, material_.diagnosis, material_.known};
  }
  PlanCase as_worked() const {
    return {worked_.survey.measurements, material_.info, worked_.diagnosis, material_.known};
  }

  // A match takes the place of what would correct the tone or the width.
  std::vector<Nomination> nominations() {
    std::vector<Nomination> all = nominate(as_found(), trim_db_of(worked_.plan));
    auto match = nominate_match(as_found(), request_.amount, !has(request_.without, Stage::kStereoWidth));
    matches_ = match.has_value();
    if (!match) return all;
    all.erase(std::remove_if(all.begin(), all.end(),
                             [](const Nomination& one) {
                               return one.stage.stage == Stage::kCorrectiveEq ||
                                      one.stage.stage == Stage::kStereoWidth;
                             }),
              all.end());
    all.insert(all.begin(), *std::move(match));
    return all;
  }

  void balance() {
    const auto level = nominate_balance(as_found(), worked_.plan.at(Stage::kGainStaging));
    if (!level) return;
    if (has(request_.accept, Stage::kGainStaging)) {
      Tried tried = try_stage(trial_, worked_, *level);
      if (tried.worked) keep(std::move(tried));
      return;
    }
    worked_.plan.at(Stage::kGainStaging).reason =
        level->stage.reason + " It is offered: --accept gain-staging applies it.";
  }

  void correct(const Nomination& nomination) {
    if (has(request_.without, nomination.stage.stage)) return;
    Tried tried = try_stage(trial_, worked_, nomination);
    if (tried.worked)
      keep(std::move(tried));
    else
      worked_.plan.at(nomination.stage.stage) = tried.stage;
  }

  void keep(Tried tried) {
    worked_ = *std::move(tried.worked);
    staged_.drive.reset();
    // The trial knows what follows its own gain; a stage behind it would have met another level.
    staged_.knows_envelope =
        last_shaping_stage(worked_.plan).value_or(tried.stage.stage) == tried.stage.stage;
  }

  static void leave_alone(PlanStage& stage) {
    if (stage.state == StageState::kOff && !stage.trial)
      stage.reason = "A finished master is not changed for the sake of taste.";
  }

  // A stage that corrects still, or was tried for it in vain, is not offered as a matter of taste.
  bool is_free(Stage stage) const {
    const PlanStage& planned = worked_.plan.at(stage);
    return planned.state == StageState::kOff && !planned.trial && !has(request_.without, stage);
  }

  bool something_left_to_correct() const {
    for (const Nomination& open : nominate(as_worked(), trim_db_of(worked_.plan)))
      if (open.stage.stage != Stage::kStereoWidth &&
          worked_.plan.at(open.stage.stage).state != StageState::kOn)
        return true;
    return false;
  }

  void offer(const DriveFor& drive_for) {
    if (something_left_to_correct()) {
      for (const Stage stage : {Stage::kEnhancingEq, Stage::kSaturation, Stage::kStereoWidth})
        if (is_free(stage))
          worked_.plan.at(stage).reason =
              "Something is still open that asks for correction; until then nothing is done for taste.";
      return;
    }
    staged_.drive = drive_for(worked_.survey.envelope);
    const double limited_db = staged_.drive ? staged_.drive->reduction_p95_db : 0.0;
    for (const Nomination& offer : nominate_offers(as_worked(), limited_db)) {
      const Stage stage = offer.stage.stage;
      if (!is_free(stage)) continue;
      Tried tried = try_stage(trial_, worked_, offer);
      if (tried.worked && has(request_.accept, stage))
        keep(std::move(tried));
      else
        worked_.plan.at(stage) = tried.stage;
    }
  }

  const PlanMaterial& material_;
  const PlanRequest& request_;
  Circumstances circumstances_;
  TrialMaterial trial_;
  StagedPlan staged_;
  Worked& worked_ = staged_.worked;
  std::optional<std::string> mastered_;
  bool matches_ = false;  // asked to come nearer to references
};

}  // namespace

StagedPlan plan_stages(const PlanMaterial& material, const PlanRequest& request, const DriveFor& drive_for) {
  StagedPlan staged = Stages(material, request).run(drive_for);
  for (const Stage stage : request.without) {
    PlanStage& out = staged.worked.plan.at(stage);
    if (out.state == StageState::kOn && stage != Stage::kLimiting) staged.knows_envelope = false;
    if (stage == Stage::kLimiting || stage == Stage::kGainStaging || out.state != StageState::kOn)
      out.reason = "left out as asked";
    out.state = StageState::kOff;
  }
  return staged;
}

}  // namespace lacquer
