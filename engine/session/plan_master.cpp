#include "session/plan_master.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <string>

#include "chain/stage_parameters.h"
#include "judge/planner.h"
#include "session/chain_source.h"
#include "session/drive_solver.h"
#include "session/plan_stages.h"

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

std::string text(const char* format, auto... values) {
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, format, values...);
  std::string out = buffer;
  // A minus sign, not a hyphen, before a digit: the sentence is for a person.
  for (std::size_t at = 0; (at = out.find('-', at)) != std::string::npos; ++at)
    if (at + 1 < out.size() && out[at + 1] >= '0' && out[at + 1] <= '9') out.replace(at, 1, "\u2212");
  return out;
}

double rounded(double lufs) { return std::round(lufs * 10.0) / 10.0; }

std::string what_it_costs(const DriveOutcome& outcome) {
  return text(
      "it takes %.1f dB of gain reduction at the 95th percentile and leaves a PSR of %.1f dB at the 5th",
      outcome.reduction_p95_db, outcome.psr_p5_db);
}

// Why the level stops where it does.
std::string why_there(const DriveOutcome& outcome, const DriveOutcome& free, const LoudnessBudget& budget) {
  if (outcome.drive_db <= free.drive_db + 0.05)
    return text(
        "The peaks come to the ceiling and no further (%.1f LUFS): more level would cost dynamics the track "
        "cannot "
        "spare.",
        outcome.integrated_lufs);
  constexpr double kNear = 0.1;
  const bool psr = outcome.psr_p5_db <= budget.psr_p5_floor_db + kNear;
  const bool reduction = outcome.reduction_p95_db >= budget.reduction_p95_db - kNear;
  const std::string stop =
      psr         ? text("the 5th percentile of PSR reaches %.1f dB", outcome.psr_p5_db)
      : reduction ? text("gain reduction reaches %.1f dB at the 95th percentile", outcome.reduction_p95_db)
                  : text("another dB of drive would buy less than %.1f LU", budget.least_lu_per_db);
  return text("Solved from the track: level %s by %.1f dB to %.1f LUFS, where ",
              outcome.drive_db < 0.0 ? "falls" : "rises", std::abs(outcome.drive_db),
              outcome.integrated_lufs) +
         stop + ".";
}

// The nearest is given as it is typed, with a hyphen.
Failure refused(double asked_lufs, const std::string& because, double nearest_lufs, bool forceable) {
  char nearest[64];
  std::snprintf(nearest, sizeof nearest, "--loudness %.1f", nearest_lufs);
  return {text("%.1f LUFS is out of reach: ", asked_lufs) + because + "; the nearest that holds is " +
          nearest + (forceable ? ", or add --force to render it all the same" : "")};
}

// Which stages correct, which are offered.
std::string about_stages(const Plan& plan) {
  std::string on;
  std::string offered;
  for (const PlanStage& stage : plan.stages) {
    if (stage.treatment == Treatment::kNone || stage.state == StageState::kOff) continue;
    std::string& list = stage.state == StageState::kOn ? on : offered;
    std::string name(title(stage.stage));
    // In the middle of a sentence; "EQ" keeps its capitals.
    if (!list.empty()) name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    list += (list.empty() ? "" : " and ") + name;
  }
  std::string text =
      on.empty() ? "Nothing asks for correction: gain and a ceiling make this master."
                 : on + (on.find(" and ") == std::string::npos ? ": tried, and kept because it helped."
                                                               : ": tried, and kept because they helped.");
  if (!offered.empty()) text += " " + offered + ": offered, a matter of taste.";
  return text;
}

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

Result<PlannedMaster> plan_master(const PlanMaterial& material, const PlanRequest& request) {
  const LoudnessRules& rules = material.known.loudness;
  const bool is_number = request.loudness.kind == LoudnessRequest::Kind::kNumber;
  const LoudnessBudget budget = budget_for(material, request);
  const auto solver_for = [&](const LimiterEnvelope& envelope) {
    LimiterParams limiter;
    limiter.release_ms = static_cast<float>(rules.limiter.release_ms);
    return DriveSolver(envelope, request.ceiling_dbtp, limiter, material.working.executor);
  };
  const auto solved = [&](const DriveSolver& solver) {
    return is_number ? solver.for_loudness(request.loudness.lufs) : solver.within(budget);
  };
  StagedPlan staged = plan_stages(
      material, request, [&](const LimiterEnvelope& envelope) { return solved(solver_for(envelope)); });
  PlannedMaster planned{std::move(staged.worked.plan), std::nullopt};
  if (staged.knows_envelope) planned.envelope = std::move(staged.worked.survey.envelope);
  const LimiterEnvelope& envelope = planned.envelope ? *planned.envelope : staged.worked.survey.envelope;
  Plan& plan = planned.plan;
  plan.ceiling_dbtp = request.ceiling_dbtp;

  const DriveSolver solver = solver_for(envelope);
  const auto free_drive = solver.peak_drive_db();
  const auto free = free_drive ? solver.at(*free_drive) : std::nullopt;
  if (!free) {
    if (is_number) return Failure{"it is silent or too short to have a loudness; leave --loudness out"};
    plan.why =
        "The piece is silent or shorter than 0.4 s, so it has no loudness to aim at: only the ceiling is "
        "kept.";
    return planned;
  }
  const std::string beginning = about_stages(plan);
  const std::string left = for_the_mix(material.diagnosis);
  const std::string ending = left.empty() ? "" : " What mastering cannot mend: " + left;
  const auto mastered =
      already_mastered({material.survey.measurements, material.info, material.diagnosis, material.known});
  if (mastered && request.loudness.kind == LoudnessRequest::Kind::kSolved) {
    plan.why =
        *mastered +
        (*free_drive < 0.0 ? "; only its peaks come down to the ceiling. " : "; it is delivered as it is. ") +
        beginning + ending;
    return planned;
  }

  const auto outcome = staged.drive ? staged.drive : solved(solver);
  if (!is_number) {
    plan.loudness_lufs = rounded(outcome->integrated_lufs);
    plan.why = beginning + " " + why_there(*outcome, *free, budget) + ending;
    return planned;
  }

  const double asked = request.loudness.lufs;
  constexpr double kPromisedLu = 0.1;
  const bool reached = std::abs(outcome->integrated_lufs - asked) <= kPromisedLu;
  const bool louder_than_free = outcome->drive_db > free->drive_db;
  if (request.loudness.force && !reached)
    return refused(asked, "no amount of drive gets there under this ceiling",
                   DriveSolver::nearest_to_name_lufs(*outcome), false);
  if (!request.loudness.force && louder_than_free &&
      !(reached && solver.affordable(*outcome, rules.refuse))) {
    const auto nearest = solver.within(rules.refuse);
    return refused(asked,
                   reached ? what_it_costs(*outcome) : "no amount of drive gets there under this ceiling",
                   std::floor(nearest->integrated_lufs * 10.0) / 10.0, reached);
  }
  plan.loudness_lufs = asked;
  plan.why =
      beginning + " " +
      (louder_than_free ? text("%.1f LUFS as asked: ", asked) + what_it_costs(*outcome) + "."
                        : text("%.1f LUFS as asked: gain alone gets there, nothing is limited.", asked)) +
      ending;
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
