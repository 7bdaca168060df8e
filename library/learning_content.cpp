#include "library/content.h"
#include "library/thresholds.h"

namespace lacquer {

LearningRules parse_learning_rules(std::string_view text, const std::string& name) {
  LearningRules rules;
  const std::vector<Threshold> wanted = {
      {"records", "least_s", "s", 1, 600, &rules.least_s},
      {"records", "whole_s", "s", 1, 600, &rules.whole_s},
      {"records", "part_weight", "factor", 0.01, 1, &rules.part_weight},
      {"records", "own_spread_records", "records", 2, 100, &rules.own_spread_records},
      {"tolerance", "spread_factor", "factor", 0.1, 10, &rules.spread_factor},
      {"tolerance", "least_tolerance", "factor", 0.01, 1, &rules.least_tolerance},
  };
  constexpr ThresholdOrder kOrders[] = {{"records", "least_s", "whole_s"}};
  read_thresholds(text, name, wanted, kOrders);
  return rules;
}

}  // namespace lacquer
