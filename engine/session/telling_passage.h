#pragma once

#include <string>

#include "measure/measurements.h"
#include "session/master.h"

namespace lacquer {

// The seconds of a master that tell most about it, and why: "it is the loudest here; the limiter takes up to
// 3.1 dB; harshness (item 6) shows here".
struct TellingPassage {
  TimeRange when;
  std::string why;
};

// The passage of `seconds` with the highest sum of three shares, each 0 to 1: its mean power, of the loudest
// such passage; its mean gain reduction, of the most; and how much of what the mix's items point at falls
// into it, `fix` counting twice as much as `look`. All of the piece where it is shorter.
TellingPassage most_telling(const MasterResult& master, double seconds);

}  // namespace lacquer
