#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playback/deliveries.h"
#include "playback/track_levels.h"
#include "session/codec_study.h"

namespace lacquer {

// What one delivery does to a file.
struct CodecEntry {
  Delivery delivery;
  CodecStudy study;
  std::optional<double> loudness_change_lu;
  std::optional<double> turn_down_db;  // what its platforms turn the file down by, the least of them
  std::string decoded_path;            // what was written to listen to; empty: nothing
  std::string original_path;
};

// The ceiling under which every delivery that was tried decodes at or below 0 dBTP.
struct CeilingAnswer {
  double ceiling_dbtp = 0.0;
  bool holds_as_it_is = false;         // nothing needs to change; the ceiling is the file's own true peak
  std::optional<double> cost_lu;       // loudness it takes away
  std::optional<double> decoded_dbtp;  // the highest, of the whole file at that ceiling
};

struct CodecsResult {
  TrackLevels levels;
  double duration_s = 0.0;
  std::vector<CodecEntry> entries;
  std::vector<std::string> missing;      // deliveries that this FFmpeg cannot encode
  std::optional<CeilingAnswer> ceiling;  // none in silence, or where no ceiling was found
};

}  // namespace lacquer
