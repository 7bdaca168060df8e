#pragma once

#include <string>
#include <vector>

#include "judge/finding.h"
#include "judge/plan.h"
#include "session/master.h"

namespace lacquer {

// What became of one item, and the measurement that decided it, before and after, where one did; it lives in
// the findings.
struct FindingChange {
  std::string change;  // "fixed", "better", "unchanged", "worse"
  const Evidence* from = nullptr;
  const Evidence* to = nullptr;
};
FindingChange change_of(const Finding& before, const Finding& after);

// What became of each of the twelve items: to pass is fixed, towards it is better. A mix and a master are
// judged by different limits, so a verdict alone proves nothing: where an item has a measurement outside its
// limit, that measurement must have moved the same way, by at least 0.1 units and a tenth of its distance; by
// it alone an item that stayed at look or fix is better or worse. What no measurement decides, or did not
// apply before, is unchanged. The stage is the one that was applied for the item; for the items of the
// export, limiting.
std::vector<ItemChange> item_changes(const Diagnosis& before, const Diagnosis& after, const Plan& plan);

}  // namespace lacquer
