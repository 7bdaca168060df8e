#pragma once

#include <filesystem>
#include <vector>

#include "api/clips.h"
#include "app/check.h"
#include "core/progress.h"

namespace lacquer {

struct ClipsRequest {
  RoleRequest role;
  std::filesystem::path folder;  // made where there is none
  bool overwrite = false;        // else an existing file is kept and a number added
};

// The passages of a file that a person should listen to: one 24-bit WAV file, 8 to 15 s, for each of the
// twelve items that names a passage ("05-low-end.wav"), all equally loud; mono compatibility in mono as well
// ("03-mono-compatibility.mono.wav"), at the gain of the stereo version, so that what is lost is missed. Each
// file appears whole or not at all. Throws Error (FileError for the folder and the clips) and Cancelled.
std::vector<ClipFile> write_clips(const std::filesystem::path& path, const ClipsRequest& request,
                                  const ProgressCallback& progress);

}  // namespace lacquer
