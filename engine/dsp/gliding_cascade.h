#pragma once

#include <vector>

#include "dsp/biquad.h"
#include "dsp/ramp.h"

namespace lacquer {

// Filters whose settings may change while audio passes. Old and new run side by side: the new ones first
// listen for kWarmUpMs, so that they have swung in, then one fades into the other as a Ramp glides. No
// coefficient ever jumps. A setting that arrives meanwhile waits; of several, the last counts.
class GlidingCascade {
 public:
  static constexpr int kMaxFrames = 256;  // the most that process() takes at once
  static constexpr double kWarmUpMs = 40.0;

  void prepare(double sample_rate_hz, int rows);  // allocates
  void set(const Cascade& wanted) noexcept;
  void reset() noexcept;
  // Nothing is filtered and nothing changes: process() would return every sample as it came.
  bool at_rest() const noexcept { return now_.empty() && !changing() && !waiting_; }
  // Audio has passed by while at rest: from now on a change glides.
  void start() noexcept { started_ = true; }
  // In place. Two rows, say left and right, share the two lanes of a Cascade.
  void process(double* const* rows, int frames) noexcept;

 private:
  bool changing() const noexcept { return warm_up_left_ > 0 || fade_.moving(); }
  void begin_change() noexcept;
  void change(double* const* rows, int at, int frames) noexcept;

  Cascade now_, next_, wanted_;
  bool waiting_ = false;  // wanted_ is not yet next_
  bool started_ = false;
  int rows_ = 0;
  int warm_up_frames_ = 1;
  int warm_up_left_ = 0;
  Ramp fade_;                                              // the weight of next_
  std::vector<Cascade::Memory> memory_now_, memory_next_;  // one a pair of rows
};

}  // namespace lacquer
