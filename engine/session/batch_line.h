#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "core/audio_block.h"
#include "core/audio_stream.h"
#include "core/executor.h"
#include "measure/meters.h"

namespace lacquer {

// Audio on its way from station to station, each of them at work on another batch at the same time. Every
// worker meets all batches, in order and one at a time, so that what comes out is the same whatever the
// executor does, and memory does not grow with the length of the audio.

// Long enough that handing over costs nothing, short enough for a cache.
inline constexpr int kBatchFrames = 32768;

struct Batch {
  AudioBuffer audio;
  int first = 0;   // what lies before is dropped
  int frames = 0;  // from there on
  AudioBlock block() { return audio.block().slice(first, frames); }
};

using Worker = std::function<void(Batch&)>;
// Those of one station work on the same batch at the same time: several only where all of them just read it.
using Station = std::vector<Worker>;

// The first station's worker fills batches, up to kBatchFrames frames each; one with none is the end. A batch
// that became empty on the way passes later stations by. `after_each` is called on the caller's thread
// between two rounds and may throw; so may workers, which ends the line.
void run_line(Executor& executor, int channels, const std::vector<Station>& stations,
              const std::function<void()>& after_each);

// The parts of the meters (which must outlive it) as workers.
Station metering_station(Meters& meters, int max_block_frames);

// As many frames of the source as a batch holds, or all that are left.
void fill_from(AudioSource& source, Batch& batch);

// The batch in blocks no longer than a stream's format allows.
template <class Each>
void in_blocks(Batch& batch, int max_block_frames, const Each& each) {
  for (int at = 0; at < batch.frames; at += max_block_frames)
    each(batch.block().slice(at, std::min(max_block_frames, batch.frames - at)));
}

}  // namespace lacquer
