#pragma once

#include <string_view>

#include "judge/plan.h"

namespace lacquer {

// A plan as plan_json() writes it, perhaps changed since by another program. Trusts nothing: throws Error
// "stages[0].parameters.trim_db is 40; it must be between -24 and 24 dB" as plan_from_toml() does.
Plan plan_from_json(std::string_view text);

}  // namespace lacquer
