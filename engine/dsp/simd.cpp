#include "dsp/simd.h"

#include <hwy/highway.h>
#include <hwy/targets.h>

namespace lacquer {

namespace {
std::vector<int64_t> usable_targets() {
  hwy::SetSupportedTargetsForTest(0);
  const int64_t usable = hwy::SupportedTargets() & HWY_TARGETS;
  std::vector<int64_t> list;
  for (int64_t bit = 1; bit > 0 && bit <= HWY_TARGETS; bit <<= 1)
    if ((usable & bit) != 0) list.push_back(bit);  // lower bits are better targets
  return list;
}
}  // namespace

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  for (const int64_t bit : usable_targets()) names.emplace_back(hwy::TargetName(bit));
  return names;
}

bool force_simd_target(std::string_view name) {
  if (name.empty()) {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    return true;
  }
  for (const int64_t bit : usable_targets()) {
    if (name != hwy::TargetName(bit)) continue;
    hwy::SetSupportedTargetsForTest(bit);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    return true;
  }
  return false;
}

}  // namespace lacquer
