#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/tone_levels.h"
#include "measure/measurements.h"

namespace lacquer {

// What a nominated stage promises to change, so that a trial can see whether it did: one reading, in
// decibels, that is better the nearer it comes to 0 (`kError`) or the lower it is (all others).
struct Claim {
  enum class Reading {
    kError,     // mean deviation of third-octaves from a target
    kDistance,  // root mean square deviation of third-octaves from a target
    kImage,     // the same of side to mid by third-octaves
    kMoments,   // level of third-octaves in certain moments, above the usual level there
    kNarrow,    // height of a narrow peak over the octave around it
    kRumble,    // 20 to 25 Hz against 50 to 80 Hz
    kDcOffset,  // dBFS
    kSide,      // side to mid of one of StereoResult::bands
    kMiddle,    // mid to side of one of them
    kBalance,   // loudness of left against right, either way
    kPeaks      // peaks over loudness (PLR)
  };
  Reading reading = Reading::kError;
  std::string name;     // as the plan writes it: "muddy_deviation"
  std::string finding;  // the item of the diagnostic pass that it belongs to
  double low_hz = 0.0;  // of the third-octaves that are read
  double high_hz = 0.0;
  BandLevels target_db{};       // kError, kDistance, kImage: NaN where nothing is wanted
  std::size_t stereo_band = 0;  // kSide, kMiddle
  std::vector<TimeRange> when;  // kMoments
  double promised_db = 0.0;     // by how much its stage's settings should improve it
};

// The reading; nothing where it is not known.
std::optional<double> read_claim(const Claim& claim, const Measurements& audio);
// By how much it improved.
std::optional<double> improvement_db(const Claim& claim, const Measurements& before,
                                     const Measurements& after);

}  // namespace lacquer
