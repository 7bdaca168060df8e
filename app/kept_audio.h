#pragma once

#include <cstdint>
#include <vector>

#include "core/audio_stream.h"

namespace lacquer {

// A temporary file without a name: gone with the program, however that ends.
class SpillFile {
 public:
  SpillFile() = default;
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;
  ~SpillFile();
  // False where nothing more can be written or read.
  bool write(const float* samples, std::size_t count, std::int64_t at_sample);
  bool read(float* samples, std::size_t count, std::int64_t at_sample) const;

 private:
  bool open();
  int handle_ = -1;
};

// A source that is costly to read (decoded from a compressed file, converted to another rate) and is read
// several times over: what was read once is kept, in memory up to `most_in_memory` bytes and beyond that in a
// temporary file. Where that is full it is read anew each time, as if this stood not between. Until the
// source was read to its end nothing else may touch it.
class KeptAudio final : public AudioSource {
 public:
  static constexpr std::size_t kMostInMemory = 512U << 20U;

  explicit KeptAudio(AudioSource& source, std::size_t most_in_memory = kMostInMemory);

  StreamFormat format() const override { return source_.format(); }
  std::optional<std::int64_t> announced_frames() const override { return source_.announced_frames(); }
  int read(AudioBlock block) override;
  void rewind() override;

 private:
  // Audio is kept in chunks of so many frames, channel after channel.
  static constexpr int kChunkFrames = 65536;
  std::size_t chunk_samples() const { return static_cast<std::size_t>(kChunkFrames) * channels_; }

  int read_new(AudioBlock block);
  int read_kept(AudioBlock block);
  void close_chunk();
  const float* chunk(std::int64_t number);

  AudioSource& source_;
  std::size_t channels_;
  std::size_t most_chunks_in_memory_;
  bool keeps_ = true;  // false: reads the source itself
  std::vector<std::vector<float>> chunks_;
  SpillFile spilled_;
  std::int64_t spilled_chunks_ = 0;
  std::vector<float> newest_;  // the chunk that is being filled
  std::vector<float> loaded_;  // one that came back from the file
  std::int64_t loaded_number_ = -1;
  std::int64_t kept_ = 0, at_ = 0;  // frames
};

}  // namespace lacquer
