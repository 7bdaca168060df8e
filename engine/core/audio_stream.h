#pragma once

#include <cstdint>
#include <optional>

#include "core/audio_block.h"
#include "core/stream_format.h"

namespace lacquer {

// Where audio comes from: the port through which the engine reads. One thread at a time.
class AudioSource {
 public:
  AudioSource() = default;
  AudioSource(const AudioSource&) = delete;
  AudioSource& operator=(const AudioSource&) = delete;
  virtual ~AudioSource() = default;

  virtual StreamFormat format() const = 0;
  // The length the source announces; it may end earlier (a truncated file) or be unknown.
  virtual std::optional<std::int64_t> announced_frames() const = 0;
  // Fills up to block.frames() frames from the start of `block` and returns how many; 0 only at the end.
  // Samples are finite. Throws Error when the source fails.
  virtual int read(AudioBlock block) = 0;
  // Back to the first frame; the same samples follow again.
  virtual void rewind() = 0;
};

// Where audio goes: the port through which the engine writes. One thread at a time.
class AudioSink {
 public:
  AudioSink() = default;
  AudioSink(const AudioSink&) = delete;
  AudioSink& operator=(const AudioSink&) = delete;
  virtual ~AudioSink() = default;

  // Throws Error when nothing more can be written (a full disk, say).
  virtual void write(ConstAudioBlock block) = 0;
  // Forgets what was written, so that a second render can take its place.
  virtual void restart() = 0;
};

}  // namespace lacquer
