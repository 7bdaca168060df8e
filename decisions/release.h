#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decisions/day.h"
#include "decisions/recoupment.h"
#include "library/release_content.h"

namespace lacquer {

// What the file release.toml says of a release. What is empty is not known.

struct RightsShare {
  std::string name;
  std::string role;
  double percent = 0.0;
  std::string society;
  std::string ipi;
  std::string publisher;
  std::string contact;
  std::optional<Day> signed_on{};
};

struct ReleaseTrack {
  std::string file;  // below the folder, as written
  std::string title;
  std::string version;
  std::vector<std::string> featured;
  std::string isrc;
  std::optional<bool> explicit_lyrics{};
  std::vector<std::string> composers;
  std::string producer;
  bool instrumental = false;
  std::string lyrics;
  std::string samples;
  std::vector<RightsShare> composition;  // its own, or the release's
  std::vector<RightsShare> master;
};

struct ReleaseInfo {
  std::string title;
  std::string version;
  std::string artist;
  std::vector<std::string> artist_ids;
  std::string label;
  std::string upc;
  std::string genre;
  std::string language;
  std::string p_line;
  std::string c_line;
  std::string artwork;
  std::string time_zone;
  std::optional<Day> date{};
  std::vector<std::string> done;  // ids of milestones
  std::string distributor;
  std::string fee;
  std::string exit_rule;
  std::string territories;
  std::optional<int> lead_days{};
  std::string performing_rights;
  std::string mechanicals;
  std::string neighbouring_rights;
  std::vector<ReleaseTrack> tracks;
  std::optional<Deal> deal{};
};

inline constexpr std::size_t kMostTracks = 1000;
inline constexpr double kMostDeal = 1e12;  // of any amount in a deal

// Reads the file; `name` is what complaints call it. Throws Error
// "NAME:LINE: FIELD: what is wrong; what to do".
ReleaseInfo parse_release(std::string_view text, const std::string& name, const ReleaseRules& rules);

// How a track is called where there is no room: its title, or else its file.
std::string track_name(const ReleaseTrack& track);

}  // namespace lacquer
