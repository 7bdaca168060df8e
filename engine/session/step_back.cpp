#include "session/step_back.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "judge/prose.h"
#include "judge/tonal_prose.h"

namespace lacquer {
namespace {

constexpr std::array kOfTheTone = {Stage::kSaturation, Stage::kEnhancingEq, Stage::kMultibandCompression,
                                   Stage::kCorrectiveEq};
constexpr std::array kOfTheImage = {Stage::kStereoWidth};

// What brings the piece nearer to a reference was asked for; what it costs is told.
bool was_asked_for(const PlanStage& stage) {
  return std::any_of(stage.parameters.begin(), stage.parameters.end(),
                     [](const PlanParameter& one) { return one.id.starts_with("match_"); });
}

std::optional<Stage> first_on(const Plan& plan, const auto& stages) {
  for (const Stage stage : stages)
    if (plan.at(stage).state == StageState::kOn && !was_asked_for(plan.at(stage))) return stage;
  return std::nullopt;
}

std::optional<Stage> responsible(const Plan& plan, const ItemChange& change) {
  switch (change.item) {
    case 3:
    case 7:
      return first_on(plan, kOfTheImage);
    case 5:
    case 6:
      return first_on(plan, kOfTheTone);
    default:
      return std::nullopt;
  }
}

// The items that limiting alone can spoil: the tone, and the room between beats on playback.
bool is_limitings(const ItemChange& change) {
  return change.item == 5 || change.item == 6 || change.item == 9;
}

StepBack without(const Plan& plan, Stage stage, const std::string& item) {
  StepBack back{plan, {}};
  PlanStage& taken = back.plan.at(stage);
  taken.state = StageState::kOff;
  taken.reason += " Taken back: the finished master was judged worse in " + item + " with it.";
  back.note = std::string(title(stage)) + " was taken back, because the master came out worse in " + item +
              " with it";
  back.plan.why += " " + back.note + ".";
  return back;
}

StepBack quieter(const Plan& plan, double lufs, double step_lu, const std::string& because) {
  StepBack back{plan, {}};
  back.plan.loudness_lufs = std::round((lufs - step_lu) * 10.0) / 10.0;
  back.note =
      "the level was lowered by " + prose::lu(step_lu) + ", because " + because + " at " + prose::lufs(lufs);
  back.plan.why += " After a render " + back.note + ".";
  return back;
}

}  // namespace

std::optional<StepBack> step_back(const Plan& plan, const Outcome& outcome, bool loudness_was_asked_for,
                                  const ChainRules& rules) {
  const bool can_be_quieter = plan.loudness_lufs && outcome.lufs && !loudness_was_asked_for;
  for (const ItemChange& change : outcome.items) {
    if (change.change != "worse" || !(verdict_rank(change.after) > verdict_rank(change.before)) ||
        !(change.worse_db > rules.trial.most_worse_db))
      continue;
    if (const auto stage = responsible(plan, change)) return without(plan, *stage, change.id);
    if (is_limitings(change) && can_be_quieter)
      return quieter(plan, *outcome.lufs, rules.closed_loop.drive_step_lu,
                     "the master came out worse in " + change.id);
  }
  if (outcome.tone && std::abs(outcome.tone->db) > rules.closed_loop.most_tone_db && can_be_quieter)
    return quieter(plan, *outcome.lufs, rules.closed_loop.drive_step_lu,
                   "limiting moved the octave around " + tonal_prose::around(outcome.tone->hz) + " by " +
                       prose::change_db(outcome.tone->db));
  return std::nullopt;
}

}  // namespace lacquer
