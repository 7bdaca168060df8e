#pragma once

#include <cstdint>
#include <span>

namespace lacquer {

// A stretch of a stream always cut at the same places, whatever the blocks were, so that the detectors of
// source defects give the same answer for any way of feeding them. Each channel points at its first frame and
// may be read from `size` frames before it to `2 * size` frames after it; beyond either end of the stream
// lies silence.
struct SourceCell {
  std::int64_t first_frame = 0;
  int size = 0;
  int frames = 0;  // of this cell that lie inside the stream
  std::span<const float* const> channels;
};

}  // namespace lacquer
