#include "session/step_back.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "judge/prose.h"

namespace lacquer {
namespace {

constexpr std::array kOfTheTone = {Stage::kSaturation, Stage::kEnhancingEq, Stage::kMultibandCompression,
                                   Stage::kCorrectiveEq};
constexpr std::array kOfTheImage = {Stage::kStereoWidth};

std::optional<Stage> first_on(const Plan& plan, const auto& stages) {
  for (const Stage stage : stages)
    if (plan.at(stage).state == StageState::kOn) return stage;
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

}  // namespace

std::optional<StepBack> step_back(const Plan& plan, const std::vector<ItemChange>& items,
                                  std::optional<double> lufs, bool loudness_was_asked_for,
                                  const ChainRules::ClosedLoop& rules) {
  for (const ItemChange& change : items) {
    if (change.change != "worse" || !(verdict_rank(change.after) > verdict_rank(change.before))) continue;
    if (const auto stage = responsible(plan, change)) {
      StepBack back{plan, {}};
      PlanStage& taken = back.plan.at(*stage);
      taken.state = StageState::kOff;
      taken.reason += " Taken back: the finished master was judged worse in " + change.id + " with it.";
      back.note = std::string(title(*stage)) + " was taken back, because the master came out worse in " +
                  change.id + " with it";
      back.plan.why += " " + back.note + ".";
      return back;
    }
    if (!is_limitings(change) || !plan.loudness_lufs || !lufs || loudness_was_asked_for) continue;
    StepBack back{plan, {}};
    back.plan.loudness_lufs = std::round((*lufs - rules.drive_step_lu) * 10.0) / 10.0;
    back.note = "the level was lowered by " + prose::lu(rules.drive_step_lu) +
                ", because the master came out worse in " + change.id + " at " + prose::lufs(*lufs);
    back.plan.why += " After a first render " + back.note + ".";
    return back;
  }
  return std::nullopt;
}

}  // namespace lacquer
