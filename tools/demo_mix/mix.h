#pragma once

#include <span>

#include "buffer.h"
#include "flaws.h"

namespace lacquer::demo {

// The whole piece at its final level; flaws are planted where the table puts them. None: the clean version.
Stereo mix_song(std::span<const Flaw> flaws);

}  // namespace lacquer::demo
