#include "app/instruction_set.h"

#include "core/error.h"
#include "dsp/simd.h"

namespace lacquer {

void use_instruction_set(std::string_view name) {
  if (force_simd_target(name)) return;
  std::string names;
  for (const std::string& target : simd_targets()) names += (names.empty() ? "" : ", ") + target;
  throw Error("LACQUER_SIMD is set to something this machine does not have; use one of " + names +
              ", or unset it");
}

}  // namespace lacquer
