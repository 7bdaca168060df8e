#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/target.h"

namespace lacquer {

// Target curves as text. Both functions throw Error "NAME:LINE: FIELD: what is wrong; what to do" for text
// that is not TOML, an unknown, missing, doubled or mistyped key, a list that does not hold 31 numbers, a
// level outside -100 to 60 dB, a tolerance outside 0.1 to 60 dB, or a name that is not of up to 64
// lower-case letters, digits, "-" and "_".
//
// The levels are third-octave band levels from 20 Hz to 20 kHz (target_band_hz). Only the shape counts: the
// mean of the eleven bands from 200 Hz to 2 kHz is taken off, so that it is 0 dB in the result.

// The built-in content, content/targets.toml, in the order of the file:
//
//   schema = 1
//   [target.bass-heavy]            # the name
//   label = "Bass-heavy (EDM, hip-hop, trap)"
//   percussive = true              # of music with drums
//   grade = "house"                # published, vendor or house
//   source = "where the levels come from"
//   level_db = [31 numbers]
//   tolerance_db = [31 numbers]    # more than 0
std::vector<TargetCurve> parse_targets(std::string_view text, const std::string& name);

// One curve that a person made or learned from records:
//
//   schema = 1
//   name = "my-records"
//   label = "My records"
//   source = "learned from 12 songs in ~/records"   # optional
//   songs = 12                                      # optional, at least 1
//   level_db = [31 numbers]
//   tolerance_db = [31 numbers]
TargetCurve parse_target(std::string_view text, const std::string& name);

}  // namespace lacquer
