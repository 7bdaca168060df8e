#pragma once

#include "report/document.h"
#include "report/reports.h"

namespace lacquer {

// The reports about a track as documents, which the report must outlive. What a screen shows of a check and
// of a master is richer (report/html.h); this is what is printed of them, and both of a plan.
Document check_document(const CheckReport& report);
Document plan_document(const PlanReport& report);
Document master_document(const MasterReport& report);

}  // namespace lacquer
