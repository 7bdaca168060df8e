#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/k_weighting.h"
#include "measure/measurements.h"
#include "measure/time_grid.h"

namespace lacquer {

// The gate of BS.1770-5 over the 400 ms blocks of a piece.
struct LoudnessGate {
  std::optional<double> integrated_lufs;
  double threshold_lufs = -70.0;  // blocks above it counted: the relative gate, or the absolute one
};

// Loudness by ITU-R BS.1770-5 Annex 1, with the windows of EBU Tech 3341 v4 and the range of Tech 3342 v4.
// One to six channels in the order L R C LFE Ls Rs (fewer: L, L R, L R C, L R Ls Rs, L R C Ls Rs); one
// channel counts once.
//
// Momentary (400 ms) and short-term (3 s) windows move in steps of 10 ms, so that their maxima hold Tech
// 3341's test 13; gating blocks and the range use every tenth, as the standard says. add() is real-time safe
// but for the history that grows by about 1 kB a second of audio.
class LoudnessMeter {
 public:
  // Keeps, if asked, the K-weighted energy of each cell (dsp/cells.h) for the limiter's solver.
  LoudnessMeter(const StreamFormat& format, bool keep_cells);
  void add(ConstAudioBlock block);
  LoudnessResult result() const;

  // The gate, and the share of energy that the mid keeps: for the meters that count active blocks only.
  LoudnessGate gate() const;
  // 10 lg of stereo energy over the energy of (L+R)/2 on both sides, gated; stereo only.
  std::optional<double> mono_loss_db() const;

  std::vector<float> take_cells() { return std::move(cells_); }
  int channels() const noexcept { return format_.channels; }

 private:
  static constexpr int kMaxChannels = 6;
  static constexpr int kMomentarySteps = 40;
  static constexpr int kShortTermSteps = 300;
  static constexpr int kStepsPerSeries = 10;

  // One step's sums: mean squares come from dividing by the frames a window really holds.
  struct Sums {
    std::array<double, kMaxChannels> energy{};
    double cross = 0.0;  // sum of L*R
    double total = 0.0;  // weighted over the channels
    std::int64_t frames = 0;
  };

  void weigh(ConstAudioBlock block);
  void accumulate(int from, int count);
  Sums take_step();
  void add_cells(int count);
  void end_step();
  double windowed_energy(int steps) const;
  void end_series_point();

  StreamFormat format_;
  KWeighting weighting_;
  std::array<double, kMaxChannels> channel_weight_{};
  std::vector<std::vector<double>> weighted_;  // K-weighted block, one row a channel
  TimeGrid grid_;
  std::int64_t frame_ = 0;
  std::int64_t step_ = 0;  // completed 10 ms steps
  std::int64_t step_end_ = 0;

  std::array<WeightedEnergy, kMaxChannels / 2> energy_{};  // of the step that runs, two channels each
  std::array<Sums, kShortTermSteps> ring_{};
  double momentary_sum_ = 0.0, short_term_sum_ = 0.0;
  std::int64_t momentary_frames_ = 0, short_term_frames_ = 0;
  double momentary_max_ = 0.0, short_term_max_ = 0.0;  // mean squares

  // One row every 100 ms once a whole 400 ms window stands behind it.
  std::vector<double> block_power_;
  std::vector<double> block_channel_power_;  // channels (+ the cross term for stereo) values a block
  std::vector<double> short_term_power_;
  std::vector<float> momentary_series_, short_term_series_;

  bool keep_cells_;
  int cell_frames_;
  int cell_fill_ = 0;
  std::array<std::array<double, 4>, kMaxChannels> cell_sums_{};
  std::vector<float> cells_;
};

// -0.691 + 10 lg(power), in LUFS; nothing for silence.
std::optional<double> loudness_of_power(double power) noexcept;
double power_of_loudness(double lufs) noexcept;
// The gate over mean powers of 400 ms blocks.
LoudnessGate gate_blocks(const std::vector<double>& block_power);
// The ends of the loudness range (Tech 3342 v4): the 10th and 95th percentile of short-term loudness, of
// powers taken every 100 ms, above the gates; nothing where none is above.
struct LoudnessSpan {
  double low_lufs = 0.0;
  double high_lufs = 0.0;
};
std::optional<LoudnessSpan> loudness_span(std::vector<double> short_term_power);
// How far they are apart.
std::optional<double> loudness_range_lu(std::vector<double> short_term_power);

}  // namespace lacquer
