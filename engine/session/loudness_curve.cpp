#include "session/loudness_curve.h"

#include <algorithm>
#include <cmath>

#include "chain/limiter.h"
#include "session/drive_solver.h"

namespace lacquer {
namespace {

constexpr int kSteps = 11;  // up to 10 dB beyond the point where nothing is limited
constexpr double kStepDb = 1.0;

bool normalizes(const PlatformRule& rule) {
  return rule.kind == PlatformKind::kPlayback && rule.default_mode && rule.reference_lufs.has_value();
}

template <class Value>
std::optional<double> largest(const LimitingDamage& damage, const Value& value_of) {
  std::optional<double> most;
  for (const LimitingDamage::Band& band : damage.bands)
    if (const auto value = value_of(band)) most = std::max(most.value_or(0.0), *value);
  return most;
}

}  // namespace

std::optional<double> LoudnessStep::crest_lost_db() const {
  return largest(damage, [](const auto& band) { return band.crest_lost_db; });
}

std::optional<double> LoudnessStep::level_change_db() const {
  return largest(damage, [](const auto& band) -> std::optional<double> {
    if (!band.level_change_db) return std::nullopt;
    return std::abs(*band.level_change_db);
  });
}

LoudnessCurve loudness_curve(const LimiterEnvelope& envelope, const BandEnvelope& passage, const Plan& plan,
                             const LoudnessRules& rules, const std::vector<PlatformRule>& platforms) {
  LoudnessCurve curve;
  InOrder executor;
  const DriveSolver solver(envelope, plan.ceiling_dbtp, limiter_params(plan.at(Stage::kLimiting)), executor);
  const auto first = solver.peak_drive_db();
  if (!first) return curve;
  for (const PlatformRule& rule : platforms)
    if (normalizes(rule)) {
      curve.platforms.push_back(rule.name);
      curve.references_lufs.push_back(*rule.reference_lufs);
    }
  const auto loudest = std::max_element(curve.references_lufs.begin(), curve.references_lufs.end());
  const std::size_t cells = passage.bands.empty() ? 0 : passage.bands.front().energy.size();
  const auto first_cell = static_cast<std::size_t>(passage.first_cell);
  std::vector<double> drives_db;  // and one beyond the last step, which tells what that would buy
  for (int i = 0; i <= kSteps; ++i) drives_db.push_back(*first + i * kStepDb);
  const auto outcomes = solver.at_each(drives_db);
  for (std::size_t i = 0; i < kSteps; ++i) {
    const auto& outcome = outcomes[i];
    if (!outcome) return {};
    LoudnessStep step;
    step.drive_db = outcome->drive_db;
    step.lufs = outcome->integrated_lufs;
    step.reduction_p95_db = outcome->reduction_p95_db;
    step.psr_p5_db = outcome->psr_p5_db;
    if (!curve.steps.empty())
      step.psr_lost_db = std::max(0.0, curve.steps.front().psr_p5_db - outcome->psr_p5_db);
    if (cells > 0) step.damage = limiting_damage(passage, solver.gains(outcome->drive_db, first_cell, cells));
    step.within_budget = DriveSolver::affordable(*outcome, outcomes[i + 1], rules.refuse);
    step.only_costs = loudest != curve.references_lufs.end() && step.lufs > *loudest;
    for (const PlatformRule& rule : platforms)
      if (normalizes(rule))
        step.left_lufs.push_back(play_on(rule, step.lufs, plan.ceiling_dbtp).playback_lufs);
    curve.steps.push_back(std::move(step));
  }
  return curve;
}

}  // namespace lacquer
