#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lacquer {

// One threshold of a rules file and where it goes. In the file: GROUP.KEY = { value, unit, grade, source }.
struct Threshold {
  std::string_view group;
  std::string_view key;
  std::string_view unit;
  double least;
  double most;
  double* target;
};

// `lower` must not be greater than `higher`, both in `group`.
struct ThresholdOrder {
  std::string_view group;
  std::string_view lower;
  std::string_view higher;
};

// Fills every target, or throws Error "NAME:LINE: field: what is wrong; what to do". All thresholds must be
// there, and nothing else.
void read_thresholds(std::string_view text, const std::string& name, std::span<const Threshold> thresholds,
                     std::span<const ThresholdOrder> orders);

}  // namespace lacquer
