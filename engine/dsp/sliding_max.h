#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacquer {

// The largest of the last `window` values pushed, in amortised constant time: a queue that keeps only values
// which can still become the maximum (Lemire, "Streaming maximum-minimum filter using no more than three
// comparisons per element", Nordic Journal of Computing 13(4), 2006). push() is real-time safe.
class SlidingMax {
 public:
  void prepare(int most_window) {
    window_ = most_window;
    std::size_t size = 1;  // a power of two, so that a place in the ring costs no division
    while (size < static_cast<std::size_t>(most_window) + 1) size *= 2;
    entries_.assign(size, {});
    reset();
  }

  // At most what prepare was given. Resets.
  void set_window(int window) noexcept {
    window_ = window;
    reset();
  }

  void reset() noexcept { first_ = count_ = 0, position_ = 0; }

  double push(double value) noexcept {
    while (count_ > 0 && at(count_ - 1).value <= value) --count_;
    ++count_;
    at(count_ - 1) = {value, position_};
    if (at(0).position <= position_ - window_) {
      ++first_;
      --count_;
    }
    ++position_;
    return at(0).value;
  }

 private:
  struct Entry {
    double value = 0.0;
    std::int64_t position = 0;
  };
  Entry& at(std::size_t index) noexcept { return entries_[(first_ + index) & (entries_.size() - 1)]; }

  std::vector<Entry> entries_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::int64_t position_ = 0;
  int window_ = 1;
};

}  // namespace lacquer
