#pragma once

#include <string>

#include "report/reports.h"

namespace lacquer {

// How a report is set on a terminal. `width` in columns, at least 40 (less is taken as 40).
struct TextStyle {
  bool colour = false;
  bool unicode = true;
  int width = 80;
};

// The reports as text, each ending in a newline; no line is wider than the style says. Control characters in
// names and in edited plans are shown escaped.
std::string check_text(const CheckReport& report, const TextStyle& style);
std::string plan_text(const PlanReport& report, const TextStyle& style);
std::string master_text(const MasterReport& report, const TextStyle& style);

}  // namespace lacquer
