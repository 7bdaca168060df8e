#pragma once

#include <array>
#include <vector>

#include "measure/measurements.h"
#include "measure/spectrum_average.h"
#include "measure/spectrum_block.h"

namespace lacquer {

// The stereo image by stretches of eight blocks (3.0 s at 44.1 kHz): where mono costs most and in which
// octave, where the channels oppose each other, where the lows are wide. About 30 bytes a second are kept.
class StereoCells : public BlockListener {
 public:
  void on_block(const SpectrumBlock& block) override;
  // Over the stretches above the gate; `average` is the long-term spectrum over the same gate.
  void report(const SpectrumAverage::Bands& average, double gate_lufs, StereoResult& into) const;

 private:
  struct Cell {
    double from_s = 0.0, to_s = 0.0;
    double loudness_lufs = 0.0;
    float correlation = 0.0F, low_correlation = 0.0F;
    float low_side_to_mid_db = 0.0F;
    float worst_loss_db = 0.0F;
    int worst_octave = 0;
  };
  static constexpr int kBlocksPerCell = 8;
  void end_cell();

  std::array<BandPower, kBands> sum_{};
  double power_ = 0.0;  // of the loudness
  int blocks_ = 0;
  double from_s_ = 0.0, to_s_ = 0.0;
  std::vector<Cell> cells_;
};

}  // namespace lacquer
