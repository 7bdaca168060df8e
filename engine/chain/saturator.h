#pragma once

#include <array>
#include <vector>

#include "chain/processor.h"
#include "dsp/biquad.h"
#include "dsp/oversampler.h"
#include "dsp/ramp.h"
#include "dsp/waveshaper.h"
#include "judge/plan.h"

namespace lacquer {

enum class SaturatorCharacter { kTape, kTube, kTransformer, kClip };

struct SaturatorParams {
  SaturatorCharacter character = SaturatorCharacter::kTape;
  float drive_db = 0.0F;        // -24 to 12
  float mix_pct = 0.0F;         // 0 to 100; 0 is at rest
  float low_hz = 0.0F;          // what lies below is not bent; 0 is all, else 1 to 5,000
  float high_hz = 20000.0F;     // what lies above is not bent; 20,000 is all, else from 200
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const SaturatorParams&) const = default;
};

// Stage 5: bends the waveform. That adds harmonics, and intermodulation, and rounds peaks; on a full mix the
// rounder peaks are heard before the harmonics are.
//
//   out = in + mix * (f(band) - band)
//
// where `band` is what lies between low_hz and high_hz (Butterworth, 12 dB an octave). Only what the bending
// adds passes through filters: the signal itself is delayed and nothing else, so that the part that is not
// bent sums exactly, and mixing never combs.
//
//   drive   level into the curve, taken off again behind it: quiet passages keep their level at any drive
//   curve   at sixteen times the rate (eight times from 88.2 kHz on, four times from 176.4), where the
//           harmonics have room (dsp/oversampler.h): a 5 kHz tone of full scale leaves aliases below -90 dB
//           at any drive, also in clip, whose corner is the sharpest
//
// The characters (dsp/waveshaper.h) and the harmonics of a tone, in dB against it, without drive, all of it
// mixed in; at a mix of 20 % each is 14 dB lower:
//
//                                    tone         2nd    3rd    4th    5th
//   tape         tanh                1 kHz, -6      -  -34.1      -  -66.5
//                                    1 kHz, 0       -  -23.5      -  -45.1
//   tube         tanh off centre     1 kHz, -6  -23.6  -36.4  -52.6  -73.1
//                                    1 kHz, 0   -19.7  -25.1  -37.5  -49.7
//   transformer  u / sqrt(1 + u^2)   1 kHz, -6      -  -30.6      -  -57.8
//                                    1 kHz, 0       -  -21.2      -  -38.8
//                                    60 Hz, -6      -  -12.5      -  -24.4
//                                    60 Hz, 0       -   -7.8      -  -14.7
//   clip         straight to -3      1 kHz, -6      -      -      -      -
//                                    1 kHz, 0       -  -31.9      -  -38.0
//
// A transformer's core saturates with the lows: below 120 Hz they meet the curve up to 12 dB hotter, by a
// first-order shelf that is undone behind it. The tube's constant offset is taken away at 10 Hz.
//
// Latency: 181 frames at 44.1 and 48 kHz, whatever the settings. Without mix it passes every bit; whatever is
// not a number becomes silence. Drive, mix and gain glide; for another character or band the bent part fades
// out and in again.
class Saturator {
 public:
  using Params = SaturatorParams;

  void prepare(const StreamFormat& format);
  void set_params(const Params& params) noexcept;
  void process(AudioBlock block) noexcept;
  void reset() noexcept;
  int latency_frames() const noexcept { return latency_frames_; }

 private:
  static constexpr int kFrames = Oversampler::kMaxFrames;
  using Row = std::array<double, kFrames>;

  // What cannot glide: it changes while the bent part is silent.
  struct Voice {
    SaturatorCharacter character = SaturatorCharacter::kTape;
    float low_hz = 0.0F, high_hz = 20000.0F;
    bool operator==(const Voice&) const = default;
  };
  void speak() noexcept;
  void forget() noexcept;
  // Nothing of the bent signal is heard.
  bool silent() const noexcept {
    return (!mix_.moving() && mix_.value() == 0.0) || (!voice_level_.moving() && voice_level_.value() == 0.0);
  }
  void process_part(AudioBlock block) noexcept;
  void bend_pair(std::size_t first, AudioBlock block) noexcept;

  StreamFormat format_;
  int latency_frames_ = 0;
  bool started_ = false;
  int warm_up_left_ = 0;  // frames until what went in after forget() comes out
  bool bending_ = false;  // the filters and oversamplers hold something
  Voice voice_, wanted_voice_;
  Bend curve_ = Bend::kTanh;
  Cascade before_, after_;  // around the curve
  std::vector<Cascade::Memory> memory_before_, memory_after_;
  std::vector<Oversampler> oversamplers_;
  std::vector<Row> rows_;                   // what is bent, of each channel
  std::vector<std::vector<float>> delays_;  // the signal itself, latency_frames_ late
  std::array<float, kFrames> single_{};
  Row drives_{}, weights_{};
  Ramp drive_, mix_{0.0}, voice_level_, gain_;
};
static_assert(Processor<Saturator>);

// The parameters of a plan's saturation.
SaturatorParams saturator_params(const PlanStage& stage);

}  // namespace lacquer
