#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "chain/compressor_params.h"
#include "dsp/compressor_gain.h"
#include "dsp/linear_phase_bands.h"
#include "dsp/linkwitz_riley.h"
#include "dsp/ramp.h"

namespace lacquer {

// What a band has taken, over the cells in which its level was above -70 dBFS.
struct BandReduction {
  double mean_db = 0.0;
  double max_db = 0.0;
};

// The borders that are needed: those with a band that works on either side.
struct CompressorLayout {
  CompressorLayout() = default;
  CompressorLayout(const MultibandCompressorParams& params, double sample_rate_hz) noexcept;

  bool linear_phase = false;
  int crossovers = 0;
  std::array<double, kMostBands - 1> hz{};
  // For each of the plan's bands its place among what the crossovers make, or -1: idle.
  std::array<int, kMostBands> place_of{-1, -1, -1, -1, -1};
  bool operator==(const CompressorLayout&) const = default;
};

// The compressor with its borders fixed: split, levels, gains, sum. A cell of audio at a time, delayed by
// `delay_cells`; the levels are read up to as much earlier.
class CompressorBands {
 public:
  void prepare(double sample_rate_hz, int cell_frames, int delay_cells);
  // Borders and settings anew; resets. Real-time safe.
  void set(const CompressorLayout& layout, const MultibandCompressorParams& params) noexcept;
  // Settings of the same borders.
  void tune(const MultibandCompressorParams& params) noexcept;
  void reset() noexcept;
  void process(std::span<const StereoFrame> in, StereoFrame* out) noexcept;

  const CompressorLayout& layout() const noexcept { return layout_; }
  // Of the split, before the delay.
  int split_frames() const noexcept { return layout_.linear_phase ? linear_split_.latency_frames() : 0; }
  BandReduction reduction(int band) const noexcept;

 private:
  struct Band {
    CompressorBandParams params;
    std::array<CompressorGain, 2> levels;  // of the two channels; mid and side use the first
    Ramp makeup;                           // linear
    std::vector<StereoFrame> gains;        // ring of gains less 1, a cell each
    StereoFrame gain_before{};             // the last cell's
    double taken_db = 0.0, most_db = 0.0;
    std::int64_t cells = 0;
  };
  StereoFrame* row(std::size_t which, std::int64_t cell) noexcept {
    const auto at = static_cast<std::size_t>((cell + ring_cells_) % ring_cells_);
    return &delayed_[(which * static_cast<std::size_t>(ring_cells_) + at) *
                     static_cast<std::size_t>(cell_frames_)];
  }
  StereoFrame listen(Band& band, const StereoFrame* audio) noexcept;
  void add(Band& band, const StereoFrame* audio, StereoFrame* out) noexcept;

  CompressorLayout layout_;
  double sample_rate_hz_ = 48000.0;
  int cell_frames_ = 16;
  int delay_cells_ = 0;
  int ahead_cells_ = 0;  // of delay_cells_, by how many the levels lead
  int ring_cells_ = 1;
  std::int64_t cell_ = 0;
  LinkwitzRileyBands split_;
  LinearPhaseBands linear_split_;
  std::array<Band, kMostBands> bands_;
  std::vector<StereoFrame> delayed_;  // rings of cells: the sum, then the split's bands
};

}  // namespace lacquer
