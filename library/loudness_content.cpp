#include "library/content.h"
#include "library/thresholds.h"

namespace lacquer {
namespace {

void add_budget(std::vector<Threshold>& thresholds, std::string_view group, LoudnessBudget& budget) {
  thresholds.push_back({group, "psr_p5_floor_db", "dB", 0, 30, &budget.psr_p5_floor_db});
  thresholds.push_back({group, "reduction_p95_db", "dB", 0, 30, &budget.reduction_p95_db});
  thresholds.push_back({group, "least_lu_per_db", "LU/dB", 0, 1, &budget.least_lu_per_db});
}

constexpr ThresholdOrder kOrders[] = {{"working-level", "trim_min_db", "trim_max_db"}};

}  // namespace

LoudnessRules parse_loudness_rules(std::string_view text, const std::string& name) {
  LoudnessRules rules;
  std::vector<Threshold> wanted;
  add_budget(wanted, "solved", rules.solved);
  add_budget(wanted, "gentle", rules.gentle);
  add_budget(wanted, "streaming", rules.streaming);
  add_budget(wanted, "loud", rules.loud);
  add_budget(wanted, "club", rules.club);
  add_budget(wanted, "refuse", rules.refuse);
  WorkingLevel& level = rules.working_level;
  wanted.push_back({"working-level", "true_peak_dbtp", "dBTP", -30, 0, &level.true_peak_dbtp});
  wanted.push_back({"working-level", "loudness_lufs", "LUFS", -40, -5, &level.loudness_lufs});
  wanted.push_back({"working-level", "loudness_tolerance_lu", "LU", 0, 10, &level.loudness_tolerance_lu});
  wanted.push_back({"working-level", "trim_min_db", "dB", -60, 0, &level.trim_min_db});
  wanted.push_back({"working-level", "trim_max_db", "dB", 0, 24, &level.trim_max_db});
  wanted.push_back({"limiter", "release_ms", "ms", 10, 500, &rules.limiter.release_ms});
  read_thresholds(text, name, wanted, kOrders);
  return rules;
}

}  // namespace lacquer
