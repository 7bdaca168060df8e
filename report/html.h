#pragma once

#include <string>

#include "report/reports.h"

namespace lacquer {

// The reports as one self-contained page each: styles and drawings inside, no script, no request to anywhere,
// no clock; the same report gives the same bytes. It follows the reader's light or dark theme and prints in
// light.
std::string check_html(const CheckReport& report);
std::string plan_html(const PlanReport& report);
std::string master_html(const MasterReport& report);

}  // namespace lacquer
