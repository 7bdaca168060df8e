#include "session/plan_master.h"

#include <algorithm>
#include <cmath>

#include "chain/stage_parameters.h"
#include "judge/planner.h"
#include "judge/prose.h"
#include "session/chain_source.h"
#include "session/drive_solver.h"
#include "session/plan_stages.h"
#include "session/plan_words.h"

namespace lacquer {

namespace {

const LoudnessBudget& budget_of(LoudnessRequest::Kind kind, const LoudnessRules& rules) {
  switch (kind) {
    case LoudnessRequest::Kind::kGentle:
      return rules.gentle;
    case LoudnessRequest::Kind::kStreaming:
      return rules.streaming;
    case LoudnessRequest::Kind::kLoud:
      return rules.loud;
    case LoudnessRequest::Kind::kClub:
      return rules.club;
    default:
      return rules.solved;
  }
}

double rounded(double lufs) { return std::round(lufs * 10.0) / 10.0; }

// Where the master is to come nearer to references that stand out more from their own loudness, it keeps more
// of its hits as well; never fewer than the budget leaves.
LoudnessBudget budget_for(const PlanMaterial& material, const PlanRequest& request) {
  LoudnessBudget budget = budget_of(request.loudness.kind, material.known.loudness);
  const auto& target = material.diagnosis.target;
  if (request.loudness.kind != LoudnessRequest::Kind::kSolved || !target || !target->sound) return budget;
  const double theirs = target->sound->psr_p5_db.value_or(budget.psr_p5_floor_db);
  budget.psr_p5_floor_db += request.amount * std::max(0.0, theirs - budget.psr_p5_floor_db);
  return budget;
}

bool is_number(const PlanRequest& request) { return request.loudness.kind == LoudnessRequest::Kind::kNumber; }

std::optional<DriveOutcome> solve(const DriveSolver& solver, const PlanRequest& request,
                                  const LoudnessBudget& budget) {
  return is_number(request) ? solver.for_loudness(request.loudness.lufs) : solver.within(budget);
}

// The draft's plan with its loudness, and why it is there.
Result<Plan> levelled(const DraftedPlan& draft, const PlanMaterial& material, const PlanRequest& request) {
  const LoudnessRules& rules = material.known.loudness;
  const LoudnessBudget& budget = draft.budget;
  const DriveSolver solver = solver_of(draft, material.working.executor);
  Plan plan = draft.plan;
  const auto free_drive = solver.peak_drive_db();
  const auto free = free_drive ? solver.at(*free_drive) : std::nullopt;
  if (!free) {
    if (is_number(request))
      return Failure{"it is silent or too short to have a loudness; leave --loudness out"};
    plan.why =
        "The piece is silent or shorter than 0.4 s, so it has no loudness to aim at: only the ceiling is "
        "kept.";
    return plan;
  }
  const std::string beginning = about_stages(plan);
  const std::string ending = what_is_left(draft);
  if (draft.mastered && request.loudness.kind == LoudnessRequest::Kind::kSolved) {
    plan.why =
        *draft.mastered +
        (*free_drive < 0.0 ? "; only its peaks come down to the ceiling. " : "; it is delivered as it is. ") +
        beginning + ending;
    return plan;
  }

  const auto outcome = draft.drive ? draft.drive : solve(solver, request, budget);
  if (!is_number(request)) {
    plan.loudness_lufs = rounded(outcome->integrated_lufs);
    plan.why = beginning + " " + why_there(*outcome, *free, budget) + ending;
    return plan;
  }

  const double asked = request.loudness.lufs;
  constexpr double kPromisedLu = 0.1;
  const bool reached = std::abs(outcome->integrated_lufs - asked) <= kPromisedLu;
  const bool louder_than_free = outcome->drive_db > free->drive_db;
  if (request.loudness.force && !reached)
    return out_of_reach(asked, "no amount of drive gets there under this ceiling",
                        DriveSolver::nearest_to_name_lufs(*outcome), false);
  if (!request.loudness.force && louder_than_free &&
      !(reached && solver.affordable(*outcome, rules.refuse))) {
    const auto nearest = solver.within(rules.refuse);
    return out_of_reach(
        asked, reached ? what_it_costs(*outcome) : "no amount of drive gets there under this ceiling",
        std::floor(nearest->integrated_lufs * 10.0) / 10.0, reached);
  }
  plan.loudness_lufs = asked;
  plan.why =
      beginning + " " + prose::lufs(asked) + " as asked: " +
      (louder_than_free ? what_it_costs(*outcome) + "." : "gain alone gets there, nothing is limited.") +
      ending;
  return plan;
}

}  // namespace

DraftedPlan draft_master(const PlanMaterial& material, const PlanRequest& request) {
  const LoudnessBudget budget = budget_for(material, request);
  LimiterParams limiter;
  limiter.release_ms = static_cast<float>(material.known.loudness.limiter.release_ms);
  StagedPlan staged = plan_stages(material, request, [&](const LimiterEnvelope& envelope) {
    return solve({envelope, request.ceiling_dbtp, limiter, material.working.executor}, request, budget);
  });
  DraftedPlan draft{std::move(staged.worked.plan), std::move(staged.worked.survey.envelope)};
  draft.plan.ceiling_dbtp = request.ceiling_dbtp;
  draft.knows_envelope = staged.knows_envelope;
  draft.drive = staged.drive;
  draft.budget = budget;
  draft.mastered =
      already_mastered({material.survey.measurements, material.info, material.diagnosis, material.known});
  draft.for_the_mix = for_the_mix(material.diagnosis);
  return draft;
}

DriveSolver solver_of(const DraftedPlan& draft, Executor& executor) {
  return {draft.envelope, draft.plan.ceiling_dbtp, limiter_params(draft.plan.at(Stage::kLimiting)), executor};
}

std::string what_is_left(const DraftedPlan& draft) {
  return draft.for_the_mix.empty() ? "" : " What mastering cannot mend: " + draft.for_the_mix;
}

Result<PlannedMaster> plan_master(const PlanMaterial& material, const PlanRequest& request) {
  DraftedPlan draft = draft_master(material, request);
  Result<Plan> plan = levelled(draft, material, request);
  if (!plan) return Failure{plan.why()};
  PlannedMaster planned{*std::move(plan), std::nullopt};
  if (draft.knows_envelope) planned.envelope = std::move(draft.envelope);
  return planned;
}

LimiterEnvelope envelope_under(const Plan& plan, AudioSource& source, const Survey& survey,
                               const Working& working) {
  if (!shapes_the_sound(plan)) return survey.envelope;
  Plan without = plan;
  double gain_db = 0.0;
  if (const auto last = last_shaping_stage(plan))
    for (PlanParameter& parameter : without.at(*last).parameters)
      if (parameter.id == "output_gain_db") std::swap(gain_db, parameter.value);
  ChainSource through(source, without);
  return louder(survey_source(through, MeasureGroups::kLoudness, working), gain_db).envelope;
}

}  // namespace lacquer
