#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "audio_io/open.h"
#include "audio_io/write.h"

namespace lacquer::test {

// A folder that disappears with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  std::size_t entries() const;

 private:
  std::filesystem::path path_;
};

std::string bytes_of(const std::filesystem::path& path);
void put_bytes(const std::filesystem::path& path, const std::string& bytes);

// Noise that lies on the grid of `bits` (0: any float), different on every channel.
AudioBuffer noise(int channels, int frames, int bits);
AudioBuffer tone(int channels, int frames, double sample_rate_hz, double hz);

std::filesystem::path write_audio(const std::filesystem::path& path, const AudioBuffer& audio,
                                  WriteSettings settings);
// Everything that is left in the source, read in blocks of `block` frames.
AudioBuffer read_all(AudioSource& source, int block = 1000);
bool same_samples(const AudioBuffer& a, const AudioBuffer& b);

// Encodes with FFmpeg's libraries; `muxer` and `encoder` by their names there.
std::filesystem::path encode(const std::filesystem::path& path, const char* muxer, const char* encoder,
                             const AudioBuffer& audio, int sample_rate_hz);

// The sentence of the Error that opening gives; empty when it opens.
std::string error_of_opening(const std::filesystem::path& path, Reader reader = Reader::automatic);

}  // namespace lacquer::test
