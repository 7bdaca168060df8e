#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "core/progress.h"

namespace lacquer {

struct PlatformRendering {
  std::filesystem::path to;
  double gain_db = 0.0;
  std::optional<double> limiter_threshold_dbfs;  // of the service's limiter, where it has one
};

// Reads a file once and writes every version of it, as 24-bit WAV at its own rate and as long as it is. Each
// appears whole or not at all. Throws FileError for what cannot be written, Error for what cannot be read.
void render_platforms(const std::filesystem::path& path, const std::vector<PlatformRendering>& renderings,
                      bool overwrite, const ProgressCallback& progress);

}  // namespace lacquer
