#pragma once

#include <string>
#include <vector>

#include "api/json.h"
#include "playback/release.h"

namespace lacquer {

// What was played where, and what was written of it to listen to.
struct PlatformEntry {
  PlatformPlay play;
  std::string file;  // the track it is about; empty: the whole album, or rules without a track
  std::vector<std::string> rendered{};  // one file for each track the gain covers
};

// `platforms --json`: every platform and mode; the levels are null where no track was given, or a silent one.
Json platforms_json(const std::vector<PlatformEntry>& entries);

}  // namespace lacquer
