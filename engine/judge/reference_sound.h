#pragma once

#include <array>
#include <optional>
#include <vector>

#include "measure/measurements.h"

namespace lacquer {

// What the user's references have besides their tone, which is a TargetCurve: how wide and how dense they
// are. The mean of those that tell.
struct ReferenceSound {
  std::array<std::optional<double>, 4> side_to_mid_db{};  // of StereoResult::bands
  std::optional<double> psr_p5_db;
  bool operator==(const ReferenceSound&) const = default;
};

ReferenceSound hear(const Measurements& audio);
ReferenceSound mean_of(const std::vector<ReferenceSound>& references);

}  // namespace lacquer
