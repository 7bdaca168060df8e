#pragma once

#include <optional>
#include <vector>

#include "chain/equaliser.h"
#include "chain/gain_stage.h"
#include "chain/limiter.h"
#include "chain/multiband_compressor.h"
#include "chain/saturator.h"
#include "chain/stereo_width.h"
#include "judge/plan.h"

namespace lacquer {

// The gain of the plan's first stage; 0 where it is off.
double trim_db_of(const Plan& plan);

// True where a stage between gain staging and limiting is on, or the first stage does more than trim: what
// reaches the limiter is then no longer the mix times a gain.
bool shapes_the_sound(const Plan& plan);

// The last stage between gain staging and limiting that is on.
std::optional<Stage> last_shaping_stage(const Plan& plan);

// True where both do the same before the limiter.
bool shape_alike(const Plan& a, const Plan& b);

// Stages 1 to 6 of a plan in their order: what is on in the plan is here, nothing else. The same rules as a
// processor's: prepare may allocate, process may not.
class StageChain {
 public:
  void prepare(const StreamFormat& format, const Plan& plan);
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept;

 private:
  GainStage gain_;
  std::optional<Equaliser> corrective_eq_;
  std::optional<MultibandCompressor> compressor_;
  std::optional<Equaliser> enhancing_eq_;
  std::optional<Saturator> saturator_;
  std::optional<StereoWidth> width_;
};

// All seven. The limiter always runs: every master has a ceiling.
class MasteringChain {
 public:
  // `drive_db` is the gain between the source and the ceiling; the working level's trim is part of it, so
  // that trim moves the level inside the chain and not the result.
  void prepare(const StreamFormat& format, const Plan& plan, double drive_db, double ceiling_dbtp);
  void process(AudioBlock block) noexcept;
  // process() in its two halves, which may work on different blocks at the same time.
  void shape(AudioBlock block) noexcept { stages_.process(block); }
  void limit(AudioBlock block) noexcept { limiter_.process(block); }
  void reset() noexcept;
  int latency_frames() const noexcept { return stages_.latency_frames() + limiter_.latency_frames(); }
  void watch_gain(std::vector<float>* sink) noexcept { limiter_.watch_gain(sink); }

 private:
  StageChain stages_;
  Limiter limiter_;
};

}  // namespace lacquer
