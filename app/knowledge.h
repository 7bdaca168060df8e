#pragma once

#include "judge/knowledge.h"

namespace lacquer {

// The content built into the program. Loaded once; safe from several threads.
const Knowledge& knowledge();

}  // namespace lacquer
