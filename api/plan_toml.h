#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "judge/plan.h"

namespace lacquer {

// A plan as a file that a person reads and edits: TOML with the keys of `plan --json`, in the same order. A
// key whose value is null in JSON is left out.

inline constexpr std::size_t kMaxPlanBytes = 1U << 20U;

// What a plan file may ask for, whoever wrote it. The stages' own ranges are in chain/stage_parameters.h.
inline constexpr double kMinLoudnessLufs = -60.0;
inline constexpr double kMaxLoudnessLufs = 0.0;
inline constexpr double kMinCeilingDbtp = -24.0;
inline constexpr double kMaxCeilingDbtp = 0.0;

// Reading it back gives the same plan, to the last bit of every number.
std::string plan_to_toml(const Plan& plan);

// Trusts nothing: throws Error with the line and the key, "line 14: stages[0].parameters.trim_db is 40; it
// must be between -24 and 24 dB", for what is no TOML, unknown, missing, doubled, out of order, of the wrong
// type or out of range. Nothing is clamped. `stages[0]` is the first stage, as in JSON.
Plan plan_from_toml(std::string_view text);

}  // namespace lacquer
