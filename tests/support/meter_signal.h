#pragma once

#include <vector>

#include "core/audio_block.h"
#include "measure/meters.h"

namespace lacquer::test {

// Everything the meters say of `audio`, fed in the given blocks (all at once in 4,096s when empty).
inline Measurements measure(const AudioBuffer& audio, double sample_rate_hz,
                            const std::vector<int>& blocks = {}, MeasureGroups groups = MeasureGroups::kAll) {
  Meters meters({sample_rate_hz, audio.channels(), 4096}, groups, false);
  const ConstAudioBlock all = audio.block();
  int at = 0;
  if (blocks.empty())
    for (; at < all.frames(); at += 4096) meters.add(all.slice(at, std::min(4096, all.frames() - at)));
  for (const int frames : blocks) {
    meters.add(all.slice(at, frames));
    at += frames;
  }
  meters.finish();
  return meters.result();
}

}  // namespace lacquer::test
