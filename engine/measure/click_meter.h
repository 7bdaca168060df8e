#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "measure/measurements.h"
#include "measure/source_cell.h"
#include "measure/source_kernels.h"

namespace lacquer {

// Clicks: samples that what lies around them does not explain.
//
// Where the second difference of a stretch stands far above that of the milliseconds before and after, a
// linear predictor is fitted to the surroundings (Vaseghi & Rayner, "Detection and suppression of impulsive
// noise in speech communication systems", IEE Proc. I 137(1), 1990) and its error at the place compared with
// its usual error. Attacks fail because their error stays high afterwards; tones with corners (square waves)
// because the corner comes back; sounds cut hard out of silence are no clicks.
class ClickMeter {
 public:
  ClickMeter(double sample_rate_hz, int span_frames);
  // `peaks` and `energies` of the second difference of each span: of the cell before, this one and the next,
  // for one channel. Cells in order, all channels of one cell before the next.
  void add(const SourceCell& cell, int channel, std::span<const float> peaks,
           std::span<const float> energies);
  // `total_frames` of the stream: what lies within 1 ms of its ends is cutting, not clicking.
  void finish(std::int64_t total_frames);

  static constexpr std::size_t kMost = 1000;
  std::int64_t count() const noexcept { return count_; }
  const std::vector<ClickPlace>& places() const noexcept { return places_; }

 private:
  struct Event {
    std::int64_t frame = 0;
    int channel = 0;
    float strength_db = 0.0F;
    float height = 0.0F;
    bool crowded = false;
    bool settled = false;
  };
  void look(const SourceCell& cell, int channel, int at);
  void settle(std::int64_t before_frame);

  double sample_rate_hz_;
  int span_;
  std::vector<Event> waiting_;  // until it is known whether more of their kind follow
  std::int64_t count_ = 0, last_frame_ = -1;
  std::vector<ClickPlace> places_;
};

}  // namespace lacquer
