#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// What a purchase is held against: content/gear.toml.

// Items and faults of a check that one thing would mend.
struct GearPoint {
  std::string id;                  // "low-end-mono"
  std::string name;                // "low-end mono": after "point at"
  std::vector<std::string> items;  // ids of the twelve
  std::vector<std::string> faults;
  std::string today;   // what mends it without buying: after "you can"
  std::string lesson;  // its id
};

// A kind of device.
struct GearCategory {
  std::string id;
  std::string name;                 // "limiter": after "your"
  std::vector<std::string> words;   // lower case; what such a device is called
  std::vector<std::string> points;  // ids; none: no measurement has to do with it
};

struct GearKnowledge {
  std::vector<std::string> vague;  // words, lower case, that point at nothing in particular
  std::vector<GearPoint> points;
  std::vector<GearCategory> categories;
};

// The built-in one. An item or a fault belongs to one point only.
GearKnowledge load_gear();
// Throws Error "NAME:LINE: FIELD: what is wrong; what to do".
GearKnowledge parse_gear(std::string_view text, const std::string& name);

}  // namespace lacquer
