#include "chain/stage_parameters.h"

#include <array>
#include <cassert>

namespace lacquer {

namespace {
constexpr std::array kGainStaging = {ParameterInfo{"trim_db", "Trim", "dB", -24.0, 24.0, 0.0,
                                                   "Moves the whole mix to the working level; the limiter's "
                                                   "drive makes up for it, so it changes no result."}};
constexpr std::array kLimiting = {ParameterInfo{
    "release_ms", "Release", "ms", 10.0, 500.0, 30.0,
    "How quickly the gain returns after a lone peak; dense passages return more slowly by themselves."}};
}  // namespace

std::span<const ParameterInfo> parameters_of(Stage stage) {
  switch (stage) {
    case Stage::kGainStaging:
      return kGainStaging;
    case Stage::kLimiting:
      return kLimiting;
    default:
      return {};
  }
}

bool is_available(Stage stage) { return stage == Stage::kGainStaging || stage == Stage::kLimiting; }

double parameter_value(const PlanStage& stage, std::string_view id) {
  if (const auto given = stage.parameter(id)) return *given;
  for (const ParameterInfo& info : parameters_of(stage.stage))
    if (info.id == id) return info.fallback;
  assert(false && "no such parameter");
  return 0.0;
}

}  // namespace lacquer
