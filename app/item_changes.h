#pragma once

#include <string>
#include <vector>

#include "judge/finding.h"
#include "judge/plan.h"
#include "session/master.h"

namespace lacquer {

// What became of each of the twelve items, by change_of(). The stage is the one that was applied for the
// item; for the items of the export, limiting.
std::vector<ItemChange> item_changes(const Diagnosis& before, const Diagnosis& after, const Plan& plan);

}  // namespace lacquer
