#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "dsp/sliding_max.h"

namespace lacquer {

// Fills the gaps between the peaks of a curve, by mathematical morphology (Serra, "Image Analysis and
// Mathematical Morphology", 1982): a gap shorter than `gap` cells to the lower of its two sides (a closing),
// a gap shorter than `long_gap` only where the filled curve stays up for `lasts` cells or more (an opening of
// that closing), so that a low note is filled and two chance neighbours are not. Nothing is lowered, and a
// lone peak stays as it is.
class GapBridge {
 public:
  void prepare(int most_long_gap, int most_lasts) {
    widen_.prepare(most_long_gap);
    narrow_.prepare(most_long_gap);
    widen_long_.prepare(most_long_gap);
    narrow_long_.prepare(most_long_gap);
    least_.prepare(most_lasts);
    highest_.prepare(most_lasts);
    waiting_.assign(static_cast<std::size_t>(most_long_gap + most_lasts), 0.0);
    set(1, 1, 1);
  }
  // 1 <= gap <= long_gap; windows of 1 do nothing. Resets. Real-time safe.
  void set(int gap, int long_gap, int lasts) noexcept {
    widen_.set_window(gap);
    narrow_.set_window(gap);
    widen_long_.set_window(long_gap);
    narrow_long_.set_window(long_gap);
    least_.set_window(lasts);
    highest_.set_window(lasts);
    latency_cells_ = long_gap - 1 + lasts - 1;
    wait_cells_ = static_cast<std::size_t>(latency_cells_ - (gap - 1));
    reset();
  }
  void reset() noexcept {
    for (SlidingMax* one : {&widen_, &narrow_, &widen_long_, &narrow_long_, &least_, &highest_}) one->reset();
    pushed_ = next_ = 0;
  }
  int latency_cells() const noexcept { return latency_cells_; }

  // The next cell in; the cell latency_cells() before it out. Real-time safe.
  double push(double value) noexcept {
    const double lasting = highest_.push(-least_.push(narrow_long_.push(-widen_long_.push(value))));
    const double filled = -narrow_.push(-widen_.push(value));
    double& slot = waiting_[next_];
    const double before = wait_cells_ == 0 || pushed_ < wait_cells_ ? filled : slot;
    slot = filled;
    next_ = next_ + 1 < wait_cells_ ? next_ + 1 : 0;
    ++pushed_;
    return std::max(before, lasting);
  }

 private:
  // Minima are maxima of negated values.
  SlidingMax widen_, narrow_, widen_long_, narrow_long_, least_, highest_;
  std::vector<double> waiting_;  // ring: the short gaps' result until the long gaps' is known
  std::size_t wait_cells_ = 0;
  std::size_t pushed_ = 0, next_ = 0;
  int latency_cells_ = 0;
};

}  // namespace lacquer
