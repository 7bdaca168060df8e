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

}  // namespace

DraftedPlan draft_master(const PlanMaterial& material, const PlanRequest& request) {
  const bool is_number = request.loudness.kind == LoudnessRequest::Kind::kNumber;
  const LoudnessBudget budget = budget_for(material, request);
  LimiterParams limiter;
  limiter.release_ms = static_cast<float>(material.known.loudness.limiter.release_ms);
  const auto limited_db = [&](const LimiterEnvelope& envelope) {
    const DriveSolver solver(envelope, request.ceiling_dbtp, limiter);
    const auto outcome = is_number ? solver.for_loudness(request.loudness.lufs) : solver.within(budget);
    return outcome ? outcome->reduction_p95_db : 0.0;
  };
  Worked worked = plan_stages(material, request, limited_db);
  worked.plan.ceiling_dbtp = request.ceiling_dbtp;
  return {std::move(worked.plan), std::move(worked.survey.envelope), budget,
          already_mastered({material.survey.measurements, material.info, material.diagnosis, material.known}),
          for_the_mix(material.diagnosis)};
}

DriveSolver solver_of(const DraftedPlan& draft) {
  return {draft.envelope, draft.plan.ceiling_dbtp, limiter_params(draft.plan.at(Stage::kLimiting))};
}

std::string what_is_left(const DraftedPlan& draft) {
  return draft.for_the_mix.empty() ? "" : " What mastering cannot mend: " + draft.for_the_mix;
}

Result<Plan> plan_master(const PlanMaterial& material, const PlanRequest& request) {
  const LoudnessRules& rules = material.known.loudness;
  const bool is_number = request.loudness.kind == LoudnessRequest::Kind::kNumber;
  DraftedPlan draft = draft_master(material, request);
  const LoudnessBudget& budget = draft.budget;
  const DriveSolver solver = solver_of(draft);
  Plan plan = std::move(draft.plan);
  const auto free_drive = solver.peak_drive_db();
  const auto free = free_drive ? solver.at(*free_drive) : std::nullopt;
  if (!free) {
    if (is_number) return Failure{"it is silent or too short to have a loudness; leave --loudness out"};
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

  if (!is_number) {
    const auto outcome = solver.within(budget);
    plan.loudness_lufs = rounded(outcome->integrated_lufs);
    plan.why = beginning + " " + why_there(*outcome, *free, budget) + ending;
    return plan;
  }

  const double asked = request.loudness.lufs;
  const auto outcome = solver.for_loudness(asked);
  constexpr double kPromisedLu = 0.1;
  const bool reached = std::abs(outcome->integrated_lufs - asked) <= kPromisedLu;
  const bool louder_than_free = outcome->drive_db > free->drive_db;
  if (request.loudness.force && !reached)
    return out_of_reach(asked, "no amount of drive gets there under this ceiling",
                        rounded(outcome->integrated_lufs), false);
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

LimiterEnvelope envelope_under(const Plan& plan, AudioSource& source, const Survey& survey,
                               const Surveyor& surveyor) {
  if (!shapes_the_sound(plan)) return survey.envelope;
  ChainSource through(source, plan);
  return surveyor(through, MeasureGroups::kLoudness).envelope;
}

}  // namespace lacquer
