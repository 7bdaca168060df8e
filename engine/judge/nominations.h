#pragma once

#include <optional>

#include "judge/case.h"
#include "judge/planner.h"
#include "judge/tone_shape.h"

namespace lacquer {

// The stages one by one, as planner.h puts them together. Pure.

// A planning case judged again with everything the items were judged from: the chosen target itself, not only
// its name, and the targets that fit nearly as well.
struct Grounds {
  explicit Grounds(const PlanCase& plan)
      : circumstances{plan.diagnosis.role, told_target(plan.diagnosis), std::nullopt},
        judged{plan.audio, plan.source, circumstances, plan.known} {}

  Circumstances circumstances;
  DiagnosticCase judged;

  const ChainRules& rules() const { return judged.known.chain; }

 private:
  static std::optional<ChosenTarget> told_target(const Diagnosis& diagnosis);
};

std::optional<Nomination> nominate_corrective_eq(const Grounds& grounds);
std::optional<Nomination> nominate_multiband(const Grounds& grounds, double input_trim_db);
std::optional<Nomination> nominate_width_repair(const Grounds& grounds);
// `staging` with the channels brought level; offered, because a lopsided image may be meant.
std::optional<Nomination> offer_balance(const Grounds& grounds, const PlanStage& staging);

std::optional<Nomination> offer_eq(const Grounds& grounds);
std::optional<Nomination> offer_saturation(const Grounds& grounds, double limited_db);
std::optional<Nomination> offer_width(const Grounds& grounds);

// A stage that a trial may switch on: its reason, and how one would hear that it does too much.
PlanStage stage_for(Stage stage, Treatment treatment, std::string reason);
std::string what_is_too_far(Stage stage);

// What an equaliser removes rather than shapes: an offset, rumble.
void add_removals(const Grounds& grounds, Nomination& to);

// Writes a move as the equaliser's band of this number.
void add_band(PlanStage& stage, int number, const ToneMove& move);

// Rounded to what a person would write; plans are read and edited.
double to_tenth(double value);
double to_step(double hz);  // two significant digits

}  // namespace lacquer
