#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "measure/range_list.h"
#include "measure/source_cell.h"

namespace lacquer {

// How the sound stands right beside a gap: a natural note starts small and dies small; a cut does not.
struct SoundEdge {
  double near_rms = 0.0;    // of the millisecond next to the gap
  double body_rms = 0.0;    // of the same millisecond below some 2 kHz
  double far_rms = 0.0;     // of the 20 ms next to it
  double moving_rms = 0.0;  // of the same around their mean
  double step = 0.0;        // highest of the two samples next to it
  double held = 0.0;        // share of the 20 ms whose samples equal their neighbour
};

// Stretches without sound (within -80 dBFS, so that dither does not hide them): dropouts inside the
// programme, and how it starts and ends.
class GapMeter {
 public:
  GapMeter(double sample_rate_hz, int channels);
  // `quiet` holds for each channel, one after another, whether 16 frames are all below kQuiet.
  void add(const SourceCell& cell, std::span<const std::uint8_t> quiet);

  static constexpr float kQuiet = 1e-4F;

  const std::vector<TimeRange>& dropouts() const noexcept { return dropouts_.ranges(); }
  std::int64_t dropout_count() const noexcept { return count_; }
  // The first and the last sound of the file; empty for silence.
  const std::optional<SoundEdge>& start() const noexcept { return start_; }
  const std::optional<SoundEdge>& end() const noexcept { return end_; }
  static bool abrupt(const SoundEdge& edge) noexcept;

 private:
  struct Run {
    bool open = true;  // before the first frame lies silence
    std::int64_t from = -1;
    std::optional<SoundEdge> before;
  };
  void scan(const SourceCell& cell, std::span<const float* const> channels,
            std::span<const std::uint8_t> quiet, Run& run, bool whole);
  void close(const Run& run, std::int64_t to, const SoundEdge& after);
  SoundEdge edge(std::span<const float* const> channels, int at, int direction) const;

  double sample_rate_hz_;
  int near_frames_, far_frames_;
  std::vector<Run> runs_;  // one a channel
  Run all_;                // all channels together: only for start and end
  RangeList dropouts_{0.01};
  std::int64_t count_ = 0;
  double last_to_s_ = -1.0;
  std::optional<SoundEdge> start_, end_;
};

}  // namespace lacquer
