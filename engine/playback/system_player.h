#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "core/noise.h"
#include "core/stream_format.h"
#include "dsp/convolver.h"
#include "playback/systems.h"

namespace lacquer {

// A system's response as two impulse responses, of the middle and of the sides. The middle's has minimum
// phase, as loudspeakers have; the side's is the same times its gain by frequency, which changes no phase, so
// that the image stays where it is; an octave wide is the step at mono_below_hz. Both are late by
// delay_frames.
struct SystemResponse {
  std::vector<float> mid;
  std::vector<float> side;
  int delay_frames = 0;
};
SystemResponse design_response(const PlaybackSystem& system, double sample_rate_hz);

// The limiter of a small loudspeaker, simple on purpose: a peak above the threshold is turned down within
// about 1 ms and comes back with a time constant of 100 ms, both channels alike.
class SystemLimiter {
 public:
  SystemLimiter(double sample_rate_hz, double threshold);  // threshold linear, above 0
  void process(AudioBlock block) noexcept;

 private:
  double threshold_, attack_, release_;
  double gain_ = 1.0;
};

// Noise around the listener: each channel its own, with the third-octave levels of `third_octave_db` in dBFS
// (mean square of a channel). The same bits every time.
class NoiseSource {
 public:
  NoiseSource(double sample_rate_hz, const ResponseCurve& third_octave_db);
  void add_to(AudioBlock block) noexcept;

 private:
  PairConvolver convolver_;
  NoiseGenerator noise_{0x6c61637175657221U};
  std::vector<float> in_first_, in_second_, first_, second_;
  std::size_t at_;
};

// Plays a stream of one or two channels on a system: response, width, nearer side, limiter. Frames go in by
// push() and come out by pull(), the first one in first out; after finish() the rest of them.
class SystemPlayer {
 public:
  // Without a threshold (linear) nothing is limited; allocates.
  SystemPlayer(const StreamFormat& format, const PlaybackSystem& system,
               std::optional<double> limiter_threshold);
  void push(ConstAudioBlock block);
  void finish();
  // Fills the start of `to` with what is ready and returns how many frames that is.
  int pull(AudioBlock to);

 private:
  void run_block();

  int channels_;
  int skip_frames_;          // of the response's delay, still to be dropped
  std::int64_t wanted_ = 0;  // frames that went in and did not come out
  PairConvolver convolver_;
  std::optional<SystemLimiter> limiter_;
  double far_gain_;
  std::vector<float> far_line_;  // delay of the farther channel
  std::size_t far_at_ = 0;
  std::vector<float> mid_, side_, mid_out_, side_out_;
  std::size_t fill_ = 0;
  std::array<std::vector<float>, 2> ready_;
  std::size_t ready_at_ = 0;
};

}  // namespace lacquer
