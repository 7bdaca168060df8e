#pragma once

#include <array>
#include <bitset>
#include <span>
#include <vector>

#include "measure/measurements.h"
#include "measure/spectrum_block.h"

namespace lacquer {

// Narrow bumps that need no target curve: R(f) = level of a twelfth of an octave minus the mean level (in dB)
// of the octave around it. A bump that holds in most seconds and stays where it is belongs to a room, a
// microphone or an instrument's body; one that comes and goes with the notes is music.
//
// Seconds are three blocks (1.1 s at 44.1 kHz). Of each, 50 bytes are kept: where R reached kThresholdDb and
// where it peaked; 2 MB for ten hours.
class ResonanceMeter : public BlockListener {
 public:
  static constexpr double kThresholdDb = 4.0;

  void on_block(const SpectrumBlock& block) override;
  // `average` is the long-term spectrum over the blocks above the same gate.
  void report(std::span<const BandPower> average, double gate_lufs, SpectrumResult& into) const;

 private:
  struct Second {
    double from_s = 0.0, to_s = 0.0;
    double loudness_lufs = 0.0;
    std::bitset<kBands> above, peaks;
  };
  static constexpr int kBlocksPerSecond = 3;
  void end_second();
  Resonance describe(int band, double excess_db, const std::vector<const Second*>& active) const;

  std::array<BandPower, kBands> sum_{};
  double power_ = 0.0;  // of the loudness
  int blocks_ = 0;
  int bands_below_nyquist_ = 0;
  double from_s_ = 0.0;
  double to_s_ = 0.0;
  std::vector<Second> seconds_;
};

}  // namespace lacquer
