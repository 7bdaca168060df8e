#pragma once

#include <array>
#include <vector>

#include "chain/equaliser_curve.h"
#include "chain/match_curve.h"
#include "chain/processor.h"
#include "dsp/gliding_cascade.h"
#include "dsp/linear_phase_filter.h"
#include "dsp/ramp.h"
#include "judge/plan.h"

namespace lacquer {

enum class EqualiserPhase { kMinimum, kLinear };
enum class BandShape { kOff, kBell, kLowShelf, kHighShelf, kTilt };
enum class BandChannels { kStereo, kMid, kSide };

struct EqualiserBand {
  BandShape shape = BandShape::kOff;
  float frequency_hz = 1000.0F;  // 10 to 20,000: a bell's centre, a shelf's half gain, where a tilt turns
  float gain_db = 0.0F;          // -6 to 6; of a tilt dB per octave, -3 to 3
  float q = 0.7F;                // 0.1 to 12; a shelf's to 1, from where on it would overshoot
  BandChannels channels = BandChannels::kStereo;
  bool operator==(const EqualiserBand&) const = default;
};

struct EqualiserParams {
  EqualiserPhase phase = EqualiserPhase::kMinimum;
  bool remove_dc = false;
  float high_pass_hz = 0.0F;              // 0 is off, else 1 to 500
  float high_pass_db_per_octave = 12.0F;  // 6, 12, 18 or 24; the nearest of them
  std::array<EqualiserBand, 6> bands{};
  MatchCurve match{};           // -24 to 24 dB
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const EqualiserParams&) const = default;
};

// Stages 2 and 4: changes level per frequency, the same at every moment and in everything that shares the
// band. Corrective where something is wrong and stays wrong, enhancing where a little more or less is wanted.
//
//   bells and shelves   the analogue curves that engineers know, drawn without the cramping that digital
//                       equalisers show in the treble (dsp/matched.h): within 0.1 dB of the analogue
//                       prototype up to 0.9 of the Nyquist frequency
//   tilt                a straight line through `frequency_hz`, so many dB an octave: eight first-order
//                       shelves in a row, within 0.25 dB of straight from 40 Hz to 16 kHz
//   high-pass           Butterworth, 6 to 24 dB an octave: against rumble
//   remove_dc           first order at 1 Hz: takes a constant offset within a second, and 0.01 dB at 20 Hz
//   match               a free curve for mid and one for side, by third-octaves (chain/match_curve.h): what
//                       brings a mix nearer to a record that the user named
//   mid or side         a band may work on what both channels share, or on what they differ in. With one
//                       channel, or more than two, everything is mid and a band on the side does nothing
//
// Minimum phase does what a circuit does: no latency, and near a band's edges a little of the phase turns.
// Linear phase delays everything alike, by 12,288 frames at 44.1 and 48 kHz and in proportion above; it rings
// before a hit as much as after it, which is heard on kicks when a narrow band or a steep high-pass works
// below about 100 Hz (dsp/linear_phase_filter.h). Its magnitude is the analogue one without a digital detour,
// as fine as its length: about 8 Hz.
//
// At rest it passes every bit; whatever is not a number becomes silence. A change of bands or gain glides; a
// change of phase, which changes the latency, waits for reset(). The linear design is a few milliseconds of
// work in set_params; nothing allocates after prepare.
class Equaliser {
 public:
  using Params = EqualiserParams;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return linear() ? linear_.latency_frames() : 0; }

 private:
  bool linear() const noexcept { return phase_ == EqualiserPhase::kLinear; }
  void design() noexcept;
  void filter(AudioBlock block) noexcept;
  void filter_linear(AudioBlock block) noexcept;

  StreamFormat format_;
  EqualiserParams params_;
  EqualiserPhase phase_ = EqualiserPhase::kMinimum;  // the one at work
  bool started_ = false;
  GlidingCascade minimum_;
  LinearPhaseFilter linear_;
  std::vector<double> wanted_mid_, wanted_side_;  // the linear filter's magnitudes
  std::vector<std::array<double, GlidingCascade::kMaxFrames>> rows_;
  std::vector<double*> row_pointers_;
  std::vector<float*> channel_pointers_;
  Ramp gain_;
};
static_assert(Processor<Equaliser>);

// The parameters of a plan's corrective or enhancing equaliser.
EqualiserParams equaliser_params(const PlanStage& stage);

}  // namespace lacquer
