#pragma once

#include "report/document.h"
#include "report/reports.h"

namespace lacquer {

// The tables that more than one report has.
Table key_number_table(const Measurements& measurements);
Table before_after_table(const MasterResult& result);
// Each stage with its reason and settings.
Table stages_table(const Plan& plan);
// What became of the twelve items.
Table changes_table(const MasterResult& result);
// The groups of everything that was measured; those that were not are left out.
std::vector<Table> measurement_tables(const Measurements& measurements);

}  // namespace lacquer
