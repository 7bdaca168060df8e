#pragma once

#include <string>

#include "judge/translation.h"

namespace lacquer {

// Fills `why` and `action` from the rest of the loss.
void describe(PartLoss& loss, const PlaybackSystem& system);

// What a system does to the piece, from its losses.
std::string summary_of(const SystemTranslation& translation);

}  // namespace lacquer
