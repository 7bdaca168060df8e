#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/bit_meter.h"
#include "measure/click_meter.h"
#include "measure/gap_meter.h"
#include "measure/highs_meter.h"
#include "measure/lows_meter.h"
#include "measure/measurements.h"
#include "measure/repeat_meter.h"
#include "measure/spectrum_meter.h"

namespace lacquer {

// Everything that tells where a piece of audio has been and what went wrong on the way. Owns the detectors,
// cuts the stream into cells for them, and listens to the shared spectrum. Constant memory.
class SourceMeter {
 public:
  // `spectrum` must be fed the same stream and outlive this.
  SourceMeter(const StreamFormat& format, SpectrumMeter& spectrum);
  void add(ConstAudioBlock block);
  // The stream ends here. Call once, before result().
  void finish();
  // All fields but those the overview meter owns (whole-file DC, head and tail silence).
  SourceResult result() const;

 private:
  struct Channel {
    std::vector<float> samples;                 // the last cells, the newest at newest_at_
    std::vector<float> jerk_peak, jerk_energy;  // of each span of three cells
  };
  void end_cell();
  void note_level(double energy, int frames);
  void compare_channels(const SourceCell& cell);
  void make_room();
  SourceCell cell_at(int back);

  StreamFormat format_;
  int cell_frames_, span_frames_;
  std::vector<Channel> channels_;
  std::vector<const float*> pointers_;
  int history_frames_;      // kept before the newest cell
  int newest_at_;           // in each channel's samples
  int filled_ = 0;          // of the newest cell
  std::int64_t cells_ = 0;  // completed
  std::int64_t total_frames_ = 0;
  std::vector<std::uint8_t> quiet_, quiet_before_;

  HighsMeter highs_;
  BitMeter bits_;
  GapMeter gaps_;
  ClickMeter clicks_;
  RepeatMeter repeats_;
  LowsMeter lows_;

  static constexpr int kLevels = 320;  // half a dB each, from -160 dBFS up
  std::array<std::int64_t, kLevels> levels_{};
  double block_energy_ = 0.0;
  std::int64_t block_frames_ = 0;
  double energy_ = 0.0;
  float pair_gain_ = 1.0F;
  std::int64_t pair_cells_ = 0, pair_same_ = 0;
};

}  // namespace lacquer
