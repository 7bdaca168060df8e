#pragma once

#include <array>

#include "dsp/linkwitz_riley.h"

namespace lacquer {

// One band. At ratio 1 without make-up it is left alone.
struct CompressorBandParams {
  enum class Channels { kStereo, kMid, kSide };
  float threshold_dbfs = 0.0F;     // -80 to 0; mean power, a full-scale sine reads -3.01
  float ratio = 1.0F;              // 1 to 4
  float knee_db = 6.0F;            // 0 to 24
  float attack_ms = 20.0F;         // 0.5 to 200
  float release_ms = 150.0F;       // 20 to 1000
  float most_reduction_db = 3.0F;  // 0 to 12
  float makeup_db = 0.0F;          // 0 to 6
  Channels channels = Channels::kStereo;
  float link_pct = 100.0F;  // 0 to 100; at 100 both channels follow their mean power
  bool operator==(const CompressorBandParams&) const = default;
};

struct MultibandCompressorParams {
  enum class Crossover { kLinkwitzRiley, kLinearPhase };
  Crossover crossover = Crossover::kLinkwitzRiley;
  std::array<float, kMostBands - 1> crossover_hz{};  // the borders between the bands; 0 is none
  float look_ahead_ms = 5.0F;                        // 0 to 20
  float output_gain_db = 0.0F;                       // -12 to +12
  std::array<CompressorBandParams, kMostBands> bands{};
  bool operator==(const MultibandCompressorParams&) const = default;
};

}  // namespace lacquer
