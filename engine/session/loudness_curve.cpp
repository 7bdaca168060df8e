#include "session/loudness_curve.h"

#include <algorithm>

#include "chain/limiter.h"
#include "session/drive_solver.h"

namespace lacquer {
namespace {

constexpr int kSteps = 11;  // up to 10 dB beyond the point where nothing is limited
constexpr double kStepDb = 1.0;

bool normalizes(const PlatformRule& rule) {
  return rule.kind == PlatformKind::kPlayback && rule.default_mode && rule.reference_lufs.has_value();
}

}  // namespace

LoudnessCurve loudness_curve(const LimiterEnvelope& envelope, const Plan& plan, const LoudnessRules& rules,
                             const std::vector<PlatformRule>& platforms) {
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
  std::vector<double> drives_db;  // and one beyond the last step, which tells what that would buy
  for (int i = 0; i <= kSteps; ++i) drives_db.push_back(*first + i * kStepDb);
  const auto outcomes = solver.at_each(drives_db);
  for (std::size_t i = 0; i < kSteps; ++i) {
    const auto& outcome = outcomes[i];
    if (!outcome) return {};
    LoudnessStep step{outcome->drive_db,
                      outcome->integrated_lufs,
                      outcome->reduction_p95_db,
                      outcome->psr_p5_db,
                      0.0,
                      DriveSolver::affordable(*outcome, outcomes[i + 1], rules.refuse),
                      {}};
    if (!curve.steps.empty())
      step.psr_lost_db = std::max(0.0, curve.steps.front().psr_p5_db - outcome->psr_p5_db);
    for (const PlatformRule& rule : platforms)
      if (normalizes(rule))
        step.left_lufs.push_back(play_on(rule, step.lufs, plan.ceiling_dbtp).playback_lufs);
    curve.steps.push_back(std::move(step));
  }
  return curve;
}

}  // namespace lacquer
