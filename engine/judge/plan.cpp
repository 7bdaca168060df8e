#include "judge/plan.h"

#include <cmath>

#include "measure/spectrum_bands.h"

namespace lacquer {
namespace {

struct StageWords {
  std::string_view id;
  std::string_view title;
  std::string_view tag;
};

// In the order of kStages.
constexpr std::array<StageWords, kStages.size()> kStageWords = {{
    {"gain-staging", "Gain staging", "foundational"},
    {"corrective-eq", "Corrective EQ", "if-needed"},
    {"multiband-compression", "Multiband compression", "if-needed"},
    {"enhancing-eq", "Enhancing EQ", "optional"},
    {"saturation", "Saturation", "optional"},
    {"stereo-width", "Stereo width", "optional"},
    {"limiting", "Limiting", "always-last"},
}};
constexpr std::array kTreatments = {Treatment::kCorrective, Treatment::kEnhancing, Treatment::kNone};
constexpr std::array kStates = {StageState::kOn, StageState::kOffered, StageState::kOff};

const StageWords& words(Stage stage) { return kStageWords[static_cast<std::size_t>(stage)]; }

template <class Values>
auto from_id(const Values& values, std::string_view id) -> std::optional<typename Values::value_type> {
  for (const auto value : values)
    if (to_string(value) == id) return value;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Stage stage) { return words(stage).id; }
std::string_view title(Stage stage) { return words(stage).title; }
std::string_view tag(Stage stage) { return words(stage).tag; }

std::string_view to_string(Treatment treatment) {
  switch (treatment) {
    case Treatment::kCorrective:
      return "corrective";
    case Treatment::kEnhancing:
      return "enhancing";
    case Treatment::kNone:
      return "none";
  }
  return "none";
}

std::string_view to_string(StageState state) {
  switch (state) {
    case StageState::kOn:
      return "on";
    case StageState::kOffered:
      return "offered";
    case StageState::kOff:
      return "off";
  }
  return "off";
}

std::optional<Stage> stage_from(std::string_view id) { return from_id(kStages, id); }
std::optional<Treatment> treatment_from(std::string_view id) { return from_id(kTreatments, id); }
std::optional<StageState> stage_state_from(std::string_view id) { return from_id(kStates, id); }

std::string match_id(std::string_view channels, std::size_t band) {
  const double hz = kThirdOctaveHz.at(band);
  const double whole = std::floor(hz);
  std::string point = std::to_string(static_cast<int>(whole));
  if (hz > whole) point += "_" + std::to_string(static_cast<int>(10.0 * (hz - whole) + 0.5));
  return "match_" + std::string(channels) + "_" + point + "_hz_db";
}

std::optional<double> PlanStage::parameter(std::string_view id) const {
  for (const PlanParameter& candidate : parameters)
    if (candidate.id == id) return candidate.value;
  return std::nullopt;
}

}  // namespace lacquer
