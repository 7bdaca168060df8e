#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/measurements.h"
#include "measure/time_grid.h"

namespace lacquer {

// How the level moves from moment to moment: onsets, and modulation at the rate of a beat. Both from sums
// over steps of 10 ms: of the samples' squares, and of the squares of their differences, which favour the
// highs, where attacks are.
//
// Onset: over 30 ms the differences' level has risen by 3 dB or more against the 30 ms before, the most
// within 30 ms around, 60 ms or more after the last, and is within 35 dB of the highest level of the last
// seconds.
//
// Modulation: levels of 50 ms over windows of 12.8 s, half overlapping, with mean and trend taken out, under
// a Hann window; the strongest component from 0.5 to 5 Hz, top to bottom, in dB. Drums swing the level by
// themselves: it tells what a compressor did only against the same piece before it.
class PulseMeter {
 public:
  explicit PulseMeter(const StreamFormat& format);
  void add(ConstAudioBlock block);
  // Fills the onsets, and the modulation of windows above `gate_lufs`. A window's level is not K-weighted.
  void report(double gate_lufs, DynamicsResult& into) const;

 private:
  static constexpr std::size_t kMostColumns = 1024;
  static constexpr int kStepsPerLevel = 5;
  static constexpr std::size_t kWindowLevels = 256;
  static constexpr std::size_t kRing = 16;

  struct Window {
    double from_s = 0.0;
    float level_db = 0.0F, hz = 0.0F, depth_db = 0.0F;
  };
  void end_step();
  void look_for_onset();
  void count_onset(bool onset);
  void end_window();

  StreamFormat format_;
  TimeGrid grid_;
  std::int64_t frame_ = 0, step_ = 0, step_end_ = 0;
  std::vector<float> last_;  // sample of each channel
  double energy_ = 0.0, difference_ = 0.0;

  std::array<double, kRing> differences_{};  // by step
  std::array<double, kRing> rises_{};        // dB, by step
  double held_ = 0.0;                        // highest 30 ms, falling 10 dB a second
  std::int64_t last_onset_ = -1000;
  std::int64_t onsets_ = 0;
  std::int64_t sounding_steps_ = 0;
  std::vector<std::uint32_t> columns_;  // onsets
  int steps_per_column_ = 100;
  int column_steps_ = 0;
  std::uint32_t column_onsets_ = 0;

  double level_energy_ = 0.0;
  std::vector<double> levels_;  // mean squares of 50 ms, one window's
  std::int64_t levels_before_ = 0;
  std::vector<Window> windows_;
  std::array<double, kWindowLevels> cosines_{};  // one turn
};

}  // namespace lacquer
