#pragma once

#include <optional>
#include <span>

#include "measure/measurements.h"

namespace lacquer {

// The fingerprint of a fixed ceiling: at least 50 tenths of a second whose highest peaks (linear, one each)
// lie within 0.05 dB of one level at the top of the piece, far more than just below it. Unlimited music has a
// handful there. (A steady test tone has a ceiling too: its own crest.)
std::optional<Ceiling> find_ceiling(std::span<const float> tenths);

}  // namespace lacquer
