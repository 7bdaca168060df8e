#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// The instruction sets that this build holds code for and this machine can run, best first: "AVX3_DL",
// "AVX3", "AVX2", "SSE4", "SSSE3", "SSE2".
std::vector<std::string> simd_targets();

// Makes every later call use `name` (one of simd_targets()) and nothing better; an empty name lets the
// machine choose again. Returns false, changing nothing, for a name that is not in the list. Call before
// other threads run.
bool force_simd_target(std::string_view name);

}  // namespace lacquer
