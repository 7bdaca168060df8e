#pragma once

#include "report/sheet_setter.h"

namespace lacquer {

// What closes a page: what the words rest on, the name and the place in the sheet.
struct SheetFoot {
  std::string title;
  std::vector<std::string> lines;
  std::size_t number = 1;
  std::size_t count = 1;
};

inline constexpr double kFootGap = 10.0;  // kept clear above it

// Where a foot begins that ends at `bottom`.
double foot_top(SheetSetter& setter, const SheetFoot& foot, const SheetArea& area, double bottom);
void put_foot(SheetSetter& setter, const SheetFoot& foot, const SheetArea& area, double top);

}  // namespace lacquer
