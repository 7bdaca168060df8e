#include "chain/stage_checks.h"

#include <cmath>
#include <cstdio>
#include <string_view>

#include "chain/equaliser.h"
#include "chain/stage_parameters.h"

namespace lacquer {
namespace {

constexpr double kMostTiltDb = 3.0;  // an octave
constexpr double kMostShelfQ = 1.0;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

ParameterClash clash(const std::string& id, double value, const char* what) {
  return {id, "is " + number(value) + "; " + what};
}

std::optional<ParameterClash> in_band(const PlanStage& stage, int band) {
  const std::string prefix = band_prefix(band);
  const auto value = [&](std::string_view id) { return parameter_value(stage, prefix + std::string(id)); };
  const auto shape = static_cast<BandShape>(std::lround(value("shape")));
  if (shape == BandShape::kTilt && std::abs(value("gain_db")) > kMostTiltDb)
    return clash(prefix + "gain_db", value("gain_db"), "a tilt takes at most 3 dB per octave");
  const bool is_shelf = shape == BandShape::kLowShelf || shape == BandShape::kHighShelf;
  if (is_shelf && value("q") > kMostShelfQ)
    return clash(prefix + "q", value("q"), "a shelf takes a Q of at most 1, above it would overshoot");
  return std::nullopt;
}

std::optional<ParameterClash> in_high_pass(const PlanStage& stage) {
  const double slope = parameter_value(stage, "high_pass_db_per_octave");
  if (std::remainder(slope, 6.0) == 0.0) return std::nullopt;
  return clash("high_pass_db_per_octave", slope, "it must be 6, 12, 18 or 24 dB per octave");
}

std::optional<ParameterClash> in_crossovers(const PlanStage& stage) {
  double below_hz = 0.0;
  bool ended = false;
  for (int n = 1; n < kCompressorBands; ++n) {
    const std::string id = "crossover_" + std::to_string(n) + "_hz";
    const double hz = parameter_value(stage, id);
    if (hz == 0.0) {
      ended = true;
      continue;
    }
    if (ended) return clash(id, hz, "the crossover before it is off; use the lower ones first");
    if (hz <= below_hz) return clash(id, hz, "crossovers must rise from the first to the last");
    below_hz = hz;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ParameterClash> clash_in(const PlanStage& stage) {
  if (stage.stage == Stage::kMultibandCompression) return in_crossovers(stage);
  const bool corrects = stage.stage == Stage::kCorrectiveEq;
  if (!corrects && stage.stage != Stage::kEnhancingEq) return std::nullopt;
  for (int band = 1; band <= (corrects ? kCorrectiveEqBands : kEnhancingEqBands); ++band)
    if (auto found = in_band(stage, band)) return found;
  return corrects ? in_high_pass(stage) : std::nullopt;
}

}  // namespace lacquer
