#pragma once

#include "chain/processor.h"
#include "dsp/gliding_cascade.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

struct StereoWidthParams {
  float mono_below_hz = 0.0F;  // 0 is off, else 1 to 500
  float low_makeup_db = 0.0F;  // 0 to 3; only with mono_below_hz
  float side_low_db = 0.0F;    // below 120 Hz; this and the next three -12 to 6
  float side_120_500_db = 0.0F;
  float side_500_4000_db = 0.0F;
  float side_4000_up_db = 0.0F;
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const StereoWidthParams&) const = default;
};

// Stage 6: changes the level of what the two channels differ in, side = (left - right) / 2, per band.
//
//   side    passes three shelves in a row, at 120, 500 and 4,000 Hz, each a step from one band's gain to the
//           next one's. No band is split off and put back, so nothing can cancel at the borders, and equal
//           gains are one plain gain. A band's gain is met in its middle within a tenth of the step to its
//           neighbour, and half way in decibels at the border
//   mono    below mono_below_hz the side falls by 24 dB an octave (Butterworth, 3 dB down there): the ear
//           hardly places sounds that low, and a groove or a subwoofer wants them in the middle; a low shelf
//           a third above it may give the mid what the lows lose with their sides
//   mid     is not touched otherwise: the sum of the channels is what it was, to the rounding of a sample.
//           Nothing is delayed, nothing decorrelated
//
// The filters are minimum-phase, as an analogue desk's would be, and all but that shelf work on the side
// alone, so that around a step the side turns in phase against the mid: by at most 14 degrees for a step of 3
// dB. Above the mono crossover the side is ahead by 180 degrees at the crossover, 38 two octaves above it and
// 19 three.
//
// A mono signal, on two channels or on one, passes as it is; only two channels have a side, any other number
// is left alone altogether. At rest it passes every bit; whatever is not a number becomes silence. Changes
// glide. No latency.
class StereoWidth {
 public:
  using Params = StereoWidthParams;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return 0; }

 private:
  void filter_side(AudioBlock block) noexcept;
  void filter_mid(AudioBlock block) noexcept;

  StreamFormat format_;
  GlidingCascade side_;
  GlidingCascade mid_;
  Ramp gain_;
};
static_assert(Processor<StereoWidth>);

// The parameters of a plan's stereo width.
StereoWidthParams stereo_width_params(const PlanStage& stage);

}  // namespace lacquer
