#pragma once

#include "chain/gain_stage.h"
#include "chain/limiter.h"
#include "judge/plan.h"

namespace lacquer {

// The gain of the plan's first stage; 0 where it is off.
double trim_db_of(const Plan& plan);

// The stages of a plan in their order, ready to run: what is on in the plan is here, nothing else. The same
// rules as a processor's: prepare may allocate, process may not.
class MasteringChain {
 public:
  // `drive_db` is the gain between the source and the ceiling; the working level's trim is part of it, so
  // that trim moves the level inside the chain and not the result.
  void prepare(const StreamFormat& format, const Plan& plan, double drive_db, double ceiling_dbtp);
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return limiter_.latency_frames(); }
  void watch_gain(std::vector<float>* sink) noexcept { limiter_.watch_gain(sink); }

 private:
  GainStage gain_;
  Limiter limiter_;
};

}  // namespace lacquer
