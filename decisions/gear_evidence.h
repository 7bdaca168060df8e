#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/gear_content.h"

namespace lacquer {

// What earlier checks say about a purchase.

// What the last checks left open (look or fix): in how many of them each item and each fault was.
struct OpenCount {
  std::string id;
  bool is_fault = false;
  int checks = 0;
};
struct OpenPoints {
  int checks = 0;  // that were looked at
  std::vector<OpenCount> counts;
};

struct PointCount {
  const GearPoint* point = nullptr;  // of the knowledge that was given
  int checks = 0;  // in at least so many it was open: as many as its most frequent item or fault
};

struct GearEvidence {
  int checks = 0;                          // that were looked at; 0: there is no evidence
  const GearCategory* category = nullptr;  // none: the kind of device is not known
  std::vector<PointCount> towards;         // what this kind of device has to do with and was open, most first
  std::vector<PointCount> elsewhere;       // what else was open in at least two checks, most first
};

// The kind of device: by its id, or else by the longest of its words in the name.
const GearCategory* category_of(const GearKnowledge& gear, const std::string& id, const std::string& device);

GearEvidence gear_evidence(const GearKnowledge& gear, const GearCategory* category, const OpenPoints& open);

// "In your last nine checks nothing points at your limiter; seven point at low-end mono, which you can work
// on today: make the bass mono below 120 Hz …" `device` as the user called it.
std::string evidence_text(const GearEvidence& evidence, const std::string& device);

}  // namespace lacquer
