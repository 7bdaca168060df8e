#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "judge/plan.h"

namespace lacquer {

// One parameter of one stage, described once: for the plan file, the command line, the manual and the plugin.
struct ParameterInfo {
  std::string id;    // unit last; the parameters of one band share a prefix: "band_2_gain_db"
  std::string name;  // "Band 2, gain"
  std::string_view unit;
  double min = 0.0;
  double max = 0.0;
  double fallback = 0.0;  // used where a plan says nothing
  std::string_view sentence;
  // Words instead of a number: the value is the word's place in this list, which a plan file writes in
  // quotes. Empty for numbers.
  std::vector<std::string_view> choices{};
};

// How many bands a plan may set.
inline constexpr int kCorrectiveEqBands = 6;
inline constexpr int kEnhancingEqBands = 4;
inline constexpr int kCompressorBands = 5;

// The parameters a plan may set for a stage.
std::span<const ParameterInfo> parameters_of(Stage stage);
// The value a plan gives, or the parameter's fallback. `id` must be one of parameters_of(stage.stage).
double parameter_value(const PlanStage& stage, std::string_view id);
// The word for a value of a parameter that has choices; empty for the others.
std::string_view choice_of(Stage stage, const PlanParameter& parameter);

// "band_2_" for the second band.
std::string band_prefix(int number);

}  // namespace lacquer
