#pragma once

#include <string_view>

namespace lacquer {

// Makes all signal processing use one instruction set of this machine, by the name in LACQUER_SIMD; an empty
// name leaves the choice to the program. Throws Error naming those there are. Before other threads run.
void use_instruction_set(std::string_view name);

}  // namespace lacquer
