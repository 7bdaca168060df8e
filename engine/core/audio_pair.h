#pragma once

#include <cstdint>
#include <optional>

#include "core/audio_block.h"
#include "core/stream_format.h"

namespace lacquer {

// Audio and what became of it, side by side and aligned to the sample: the port through which the engine sees
// an encoder and its decoder. One thread at a time.
class AudioPairSource {
 public:
  AudioPairSource() = default;
  AudioPairSource(const AudioPairSource&) = delete;
  AudioPairSource& operator=(const AudioPairSource&) = delete;
  virtual ~AudioPairSource() = default;

  virtual StreamFormat format() const = 0;  // of both
  virtual std::optional<std::int64_t> announced_frames() const = 0;
  // Fills the same frames of both blocks, which are equally long, from their start and returns how many; 0
  // only at the end. Samples are finite. Throws Error when the source or the codec fails.
  virtual int read(AudioBlock original, AudioBlock decoded) = 0;
};

}  // namespace lacquer
