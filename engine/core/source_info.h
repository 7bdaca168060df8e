#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lacquer {

// What a file is, as its header and decoder say; nothing here is measured from the sound.
struct SourceInfo {
  std::string container;  // "wav", "rf64", "w64", "aiff", "caf", "flac", "ogg", "mp4", "mp3", …
  std::string codec;      // FFmpeg's names: "pcm_s24le", "pcm_f32le", "flac", "alac", "mp3", …
  double sample_rate_hz = 0.0;
  std::optional<int> bits;  // bits a sample holds; none for a lossy codec
  bool is_float = false;
  bool lossy = false;
  bool extensible_header = false;  // WAVE_FORMAT_EXTENSIBLE: some distributors take plain PCM only
  int channels = 0;
  std::string channel_layout;  // "mono", "stereo", "5.1", …
  std::int64_t frames = 0;     // decoded; until the whole file was read, as announced
  double duration_s = 0.0;
  bool truncated = false;               // ended before the header said, or with a damaged part
  std::int64_t non_finite_samples = 0;  // NaN and infinity found and replaced by silence
};

}  // namespace lacquer
