#pragma once

#include <array>

#include "measure/measurements.h"
#include "session/audition.h"
#include "session/clips.h"

namespace lacquer {

// What a word for a range of frequencies means, to the ear: the same seconds as they are, the range alone,
// and with more and with less of it.

// From content/vocabulary.toml.
struct RangeListening {
  double seconds = 12.0;  // of the passage, 8 to 15
  double boost_db = 9.0;  // 1 to 24, of a bell whose half-gain points are the ends of the range
  double cut_db = 12.0;   // the same, downwards
};

enum class RangeWay { kOriginal, kAlone, kBoosted, kCut };
inline constexpr std::array kRangeWays = {RangeWay::kOriginal, RangeWay::kAlone, RangeWay::kBoosted,
                                          RangeWay::kCut};

// The `seconds` in which most of the range sounds; of a piece that is silent there, its beginning.
TimeRange passage_of_range(const Measurements& measured, double low_hz, double high_hz, double seconds);

// One clip for each of kRangeWays, faded and equally loud. A range that holds little is raised by 24 dB at
// the most and stays quieter (Clip::short_of_lu); one that holds nothing comes without audio. Throws Error
// where the range lies above what the sample rate holds.
std::array<Clip, kRangeWays.size()> hear_range(const PassageInContext& passage, const TimeRange& when,
                                               double low_hz, double high_hz, const RangeListening& how);

}  // namespace lacquer
