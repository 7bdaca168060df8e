#pragma once

#include <filesystem>
#include <vector>

#include "api/systems.h"
#include "app/check.h"
#include "core/progress.h"
#include "report/systems_report.h"

namespace lacquer {

struct SystemsRequest {
  RoleRequest role;
  std::vector<PlaybackSystem> systems;  // the reference first, as systems_of() gives them
  std::filesystem::path render;  // the folder for audio to listen to, made where there is none; empty: none
  bool overwrite = false;        // else an existing file is kept and a number added
};

struct SystemsResult {
  CheckedFile checked;
  std::vector<SystemTranslation> systems;  // empty for silence
  std::vector<RenderedSystem> rendered;
};

// Measures a file and says what each playback system loses of it; with a folder also writes the original and
// what each system makes of it as 24-bit WAV files, all equally loud. Each file appears whole or not at all.
// Throws Error (FileError for the folder and what goes there) and Cancelled.
SystemsResult play_on_systems(const std::filesystem::path& path, const SystemsRequest& request,
                              const ProgressCallback& progress);

SystemsReport systems_report(const SystemsResult& result);

}  // namespace lacquer
