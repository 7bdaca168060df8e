#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// What a release folder is held to: content/release.toml.

struct Milestone {
  std::string id;  // as in the schedule of the sheet "label"
  int days = 0;    // from the release; negative: before it
};

struct ReleaseRules {
  int artwork_wanted_px = 0;
  int artwork_least_px = 0;
  double artwork_look_mb = 0.0;  // 10^6 bytes
  double artwork_most_mb = 0.0;
  int wanted_days = 0;  // from delivery to release
  int pitch_days = 0;   // the least that editors ask for
  double loudness_step_lu = 0.0;
  std::vector<Milestone> milestones;  // in the order of their days
  std::vector<std::string> featured;  // words, lower case
  std::vector<std::string> versions;
  std::vector<std::string> work;
};

ReleaseRules load_release_rules();
// Throws Error "NAME:LINE: FIELD: what is wrong; what to do".
ReleaseRules parse_release_rules(std::string_view text, const std::string& name);

// The commented file that a release begins with.
std::string release_template();

}  // namespace lacquer
