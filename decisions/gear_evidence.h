#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/gear_content.h"

namespace lacquer {

// What earlier checks say about a purchase.

// What one check left open (look or fix): ids of items and faults.
struct OpenPoints {
  std::vector<std::string> items;
  std::vector<std::string> faults;
};

struct PointCount {
  const GearPoint* point = nullptr;  // of the knowledge that was given
  int checks = 0;                    // in how many it was open
};

struct GearEvidence {
  int checks = 0;                          // that were looked at; 0: there is no evidence
  const GearCategory* category = nullptr;  // none: the kind of device is not known
  std::vector<PointCount> towards;         // what this kind of device has to do with and was open, most first
  std::vector<PointCount> elsewhere;       // what else was open in at least two checks, most first
};

// The kind of device: by its id, or else by the longest of its words in the name.
const GearCategory* category_of(const GearKnowledge& gear, const std::string& id, const std::string& device);

GearEvidence gear_evidence(const GearKnowledge& gear, const GearCategory* category,
                           const std::vector<OpenPoints>& checks);

// "In your last nine checks nothing points at your limiter; seven point at low-end mono, which you can work
// on today: make the bass mono below 120 Hz …" `device` as the user called it.
std::string evidence_text(const GearEvidence& evidence, const std::string& device);

}  // namespace lacquer
