#pragma once

#include <span>
#include <string_view>

#include "judge/plan.h"

namespace lacquer {

// One parameter of one stage, described once: for the plan file, the command line, the manual and the plugin.
struct ParameterInfo {
  std::string_view id;  // unit last
  std::string_view name;
  std::string_view unit;
  double min;
  double max;
  double fallback;  // used where a plan says nothing
  std::string_view sentence;
};

// The parameters a plan may set for a stage; none for a stage that this version cannot apply.
std::span<const ParameterInfo> parameters_of(Stage stage);
// Whether this version has the stage's processor.
bool is_available(Stage stage);
// The value a plan gives, or the parameter's fallback. `id` must be one of parameters_of(stage.stage).
double parameter_value(const PlanStage& stage, std::string_view id);

}  // namespace lacquer
