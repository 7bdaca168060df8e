#pragma once

#include <array>
#include <optional>
#include <vector>

#include "measure/measurements.h"

namespace lacquer {

inline constexpr std::size_t kReferenceBands = 31;  // third-octaves, 20 Hz to 20 kHz

// What the user's references have besides their tone, which is a TargetCurve: how wide and how dense they
// are. The mean of those that tell.
struct ReferenceSound {
  std::array<std::optional<double>, kReferenceBands> side_to_mid_db{};  // by third-octave
  std::optional<double> psr_p5_db;
  bool operator==(const ReferenceSound&) const = default;
};

ReferenceSound hear(const Measurements& audio);
ReferenceSound mean_of(const std::vector<ReferenceSound>& references);

}  // namespace lacquer
