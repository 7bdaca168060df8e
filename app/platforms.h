#pragma once

#include <filesystem>
#include <vector>

#include "api/platforms.h"
#include "app/check.h"
#include "report/playback_reports.h"

namespace lacquer {

struct PlatformsRequest {
  std::vector<PlatformRule> rules;  // as platforms_of() gives them
  std::filesystem::path render;     // a folder; empty: nothing to listen to is written
  bool overwrite = false;
};

struct PlayedOnPlatforms {
  PlatformsReport report;
  std::vector<PlatformEntry> entries;  // the same for JSON, with the files that were written
};

// The rules without a track.
std::vector<PlatformEntry> entries_of(const std::vector<PlatformRule>& rules);

// What the platforms do to files measured by check_file() with only_loudness, which make an album where there
// are several; `tracks` is not empty. With `render`, writes what a listener would hear: the track at exactly
// each platform's gain (and through the limiter of one that has it) as 24-bit WAV, PLATFORM-MODE.wav, in an
// album TRACK.PLATFORM-MODE.wav. Platforms that change nothing are left out: the file itself is what they
// play. Throws Error (FileError for what is written) and Cancelled.
PlayedOnPlatforms play_on_platforms(const std::vector<CheckedFile>& tracks, const PlatformsRequest& request,
                                    const ProgressCallback& progress);

}  // namespace lacquer
