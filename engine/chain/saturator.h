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
  float drive_db = 0.0F;        // -24 to 24
  float mix_pct = 0.0F;         // 0 to 100; 0 is at rest
  float low_hz = 0.0F;          // what lies below is not bent; 0 is all, else 20 to 5,000
  float high_hz = 20000.0F;     // what lies above is not bent; 20,000 is all, else from 200
  float output_gain_db = 0.0F;  // -24 to 24
  bool operator==(const SaturatorParams&) const = default;
};

// Stage 5: bends the waveform. That adds harmonics, and intermodulation, and rounds peaks; on a full mix the
// rounder peaks are heard before the harmonics are.
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
