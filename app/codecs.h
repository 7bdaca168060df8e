#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "api/codecs.h"
#include "app/check.h"
#include "report/playback_reports.h"

namespace lacquer {

struct CodecsRequest {
  std::vector<std::string> chosen;  // delivery ids; empty: all
  std::filesystem::path render;     // a folder; empty: nothing to listen to is written
  bool overwrite = false;
};

struct CodecsFile {
  SourceInfo source;
  CodecsResult result;
};

// Encodes and decodes a mono or stereo file with every delivery, measures what survives, and solves the
// ceiling the file needs. With `render`, writes what was decoded (vorbis-96.wav, …) and the original beside
// it at the same rate (original-44100.wav), aligned and equally loud, as 24-bit WAV. Throws Error (FileError
// for what is written) and Cancelled.
CodecsFile try_codecs(const std::filesystem::path& path, const CodecsRequest& request,
                      const ProgressCallback& progress);

CodecsReport codecs_report(const std::filesystem::path& path, const CodecsFile& tried);

}  // namespace lacquer
