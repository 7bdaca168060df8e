#pragma once

#include <filesystem>
#include <string_view>

#include "core/audio_block.h"

namespace lacquer {

// A passage to listen to, as a file.
struct ClipPlace {
  const std::filesystem::path& source;  // what it was cut from, which is never replaced
  std::filesystem::path to;
  std::string_view option;  // what named the folder, for advice: "-o"
  bool overwrite = false;
};

// Writes it with its gain as 24-bit WAV, dithered, whole or not at all. Throws FileError.
void write_clip(const ClipPlace& place, const AudioBuffer& audio, double gain_db, double sample_rate_hz);

}  // namespace lacquer
