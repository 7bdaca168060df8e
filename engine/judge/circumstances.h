#pragma once

#include <optional>

#include "judge/finding.h"
#include "judge/target.h"

namespace lacquer {

// Hours before this check, as the history and the user tell; empty: unknown.
struct PastChecks {
  std::optional<double> this_version_first_seen_h;
  std::optional<double> this_song_last_heard_h;
  int versions = 0;                  // of this song checked before
  std::optional<double> rested_h{};  // as the user says; counts before what the history knows
};

// What is known of a piece besides its sound.
struct Circumstances {
  Role role;
  std::optional<ChosenTarget> target;  // told or learned; empty: chosen from the measurements
  std::optional<PastChecks> past;      // empty: no history is kept
};

}  // namespace lacquer
