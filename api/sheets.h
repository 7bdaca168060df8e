#pragma once

#include <vector>

#include "api/json.h"
#include "library/sheet_content.h"

namespace lacquer {

// `sheets --json`: one item for each sheet: id, kind, topic, title, summary.
Json sheets_json(const std::vector<Sheet>& sheets);

// `sheets NAME --json`: the same of one sheet, with its sides, sections and items, credits and sources.
Json sheet_json(const Sheet& sheet);

}  // namespace lacquer
