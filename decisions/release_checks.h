#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_info.h"
#include "decisions/picture.h"
#include "decisions/release.h"
#include "judge/finding.h"

namespace lacquer {

// What can be checked in a release, in lines. Pure functions of what is known; the folder is read elsewhere.

struct ReleaseLine {
  std::string_view part;  // id on the sheet "label": "distributor", "codes", "metadata", "splits",
                          // "registrations", "delivery", "timeline"
  std::string_view id;    // "isrc", "artwork-size", …
  std::string track;      // empty: the whole release
  Verdict verdict = Verdict::kPass;
  std::string what;    // one sentence
  std::string action;  // what to do; empty where there is nothing
};
using ReleaseLines = std::vector<ReleaseLine>;

// A track's audio after it was measured and judged as a master.
struct TrackAudio {
  std::string track;  // as the other lines call it
  std::string file;
  std::string sha256;
  SourceInfo source;
  std::optional<double> integrated_lufs{};
  std::vector<Finding> findings;       // items 9 to 12
  std::vector<std::string> tag_isrcs;  // what its own tags say
};

struct Artwork {
  std::string file;
  std::int64_t size_bytes = 0;
  std::optional<PictureHeader> picture{};  // none: neither JPEG nor PNG
  bool is_whole = true;
};

ReleaseLines check_codes(const ReleaseInfo& release, const std::vector<TrackAudio>& audio);
ReleaseLines check_metadata(const ReleaseInfo& release, const ReleaseRules& rules);
// Of the split sheets; what is signed late is told against `today`.
ReleaseLines check_splits(const ReleaseInfo& release, Day today);
ReleaseLines check_distributor(const ReleaseInfo& release);
ReleaseLines check_registrations(const ReleaseInfo& release);
ReleaseLines check_artwork(const Artwork& artwork, const ReleaseRules& rules);
// The album as a whole: format, level and whether two tracks hold the same audio; then each track's items.
ReleaseLines check_audio(const std::vector<TrackAudio>& audio, const ReleaseRules& rules);

struct ScheduledDay {
  std::string id;
  Day day{};
  bool is_done = false;
};
// In the order of their days; none without a release date.
std::vector<ScheduledDay> schedule(const ReleaseInfo& release, const ReleaseRules& rules);
ReleaseLines check_timeline(const ReleaseInfo& release, const ReleaseRules& rules, Day today);

}  // namespace lacquer
