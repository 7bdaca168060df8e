#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "measure/measurements.h"

namespace lacquer {

// Stretches of time in the order they are found, joined where closer than `merge_s`, never more than kMost.
class RangeList {
 public:
  static constexpr std::size_t kMost = 1000;

  explicit RangeList(double merge_s) : merge_s_(merge_s) {}
  void add(double from_s, double to_s) {
    if (!ranges_.empty() && from_s <= ranges_.back().to_s + merge_s_) {
      ranges_.back().from_s = std::min(ranges_.back().from_s, from_s);
      ranges_.back().to_s = std::max(ranges_.back().to_s, to_s);
    } else if (ranges_.size() < kMost) {
      ranges_.push_back({from_s, to_s});
    }
  }
  const std::vector<TimeRange>& ranges() const noexcept { return ranges_; }

 private:
  double merge_s_;
  std::vector<TimeRange> ranges_;
};

}  // namespace lacquer
