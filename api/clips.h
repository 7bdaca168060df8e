#pragma once

#include <string>
#include <vector>

#include "api/json.h"

namespace lacquer {

// A passage to listen to, as it was written for one of the twelve items.
struct ClipFile {
  int item = 0;
  std::string id;       // of the item: "low-end"
  bool mono = false;    // what one loudspeaker plays of the same passage
  std::string topic;    // the stage of the item: "before", "listen", "export"
  std::string title;    // of the item
  std::string summary;  // what to listen for
  std::string path;
  TimeRange when;  // in the file it was cut from
  double gain_db = 0.0;
};

// `clips --json`; `kind` is "clip", or "mono" for the mono version beside it.
Json clips_json(const std::vector<ClipFile>& clips);

}  // namespace lacquer
