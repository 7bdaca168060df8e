#pragma once

#include <array>
#include <memory>
#include <vector>

#include "chain/processor.h"
#include "dsp/gliding_cascade.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

enum class EqualiserPhase { kMinimum, kLinear };
enum class BandShape { kOff, kBell, kLowShelf, kHighShelf, kTilt };
enum class BandChannels { kStereo, kMid, kSide };

struct EqualiserBand {
  BandShape shape = BandShape::kOff;
  float frequency_hz = 1000.0F;  // 10 to 20,000: a bell's centre, a shelf's half gain, where a tilt turns
  float gain_db = 0.0F;          // -12 to 12; of a tilt dB per octave, -6 to 6
  float q = 0.7F;                // 0.1 to 12; means nothing to a tilt
  BandChannels channels = BandChannels::kStereo;
  bool operator==(const EqualiserBand&) const = default;
};

struct EqualiserParams {
  EqualiserPhase phase = EqualiserPhase::kMinimum;
  bool remove_dc = false;
  float high_pass_hz = 0.0F;              // 0 is off, else 5 to 500
  float high_pass_db_per_octave = 12.0F;  // 6, 12, 18 or 24
  std::array<EqualiserBand, 6> bands{};
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const EqualiserParams&) const = default;
};

// Stages 2 and 4: changes level per frequency, the same at every moment.
class Equaliser {
 public:
  using Params = EqualiserParams;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return 0; }

 private:
  StreamFormat format_;
  GlidingCascade filters_;
  Ramp gain_;
};
static_assert(Processor<Equaliser>);

// The parameters of a plan's corrective or enhancing equaliser.
EqualiserParams equaliser_params(const PlanStage& stage);

}  // namespace lacquer
