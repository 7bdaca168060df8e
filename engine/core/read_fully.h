#pragma once

#include "core/audio_stream.h"

namespace lacquer {

// Fills the block as far as the source goes, in as many reads as that takes, and returns how many frames.
inline int read_fully(AudioSource& source, AudioBlock block) {
  int filled = 0;
  while (filled < block.frames()) {
    const int got = source.read(block.slice(filled, block.frames() - filled));
    if (got == 0) break;
    filled += got;
  }
  return filled;
}

}  // namespace lacquer
