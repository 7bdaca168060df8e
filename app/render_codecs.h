#pragma once

#include <filesystem>
#include <vector>

#include "core/progress.h"
#include "session/codecs_result.h"

namespace lacquer {

// Writes what each delivery of a file decodes to (CODEC-RATE.wav), and the original beside it at the same
// sample rate (original-44100.wav), into `folder`: aligned to the sample, equally loud, all under one gain
// that keeps the highest of them below full scale; 24-bit WAV. Fills in the paths. Throws FileError and
// Cancelled.
void render_codecs(const std::filesystem::path& path, const std::filesystem::path& folder, bool overwrite,
                   std::vector<CodecEntry>& entries, const ProgressCallback& progress);

}  // namespace lacquer
