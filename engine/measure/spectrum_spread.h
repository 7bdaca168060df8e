#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "measure/spectrum_block.h"

namespace lacquer {

// How much each third octave's level moves: 95th minus 10th percentile over the blocks above the gate. Levels
// are counted in half decibels, apart for each half LU of the block's loudness, because the gate is known
// only at the end: 5 MB whatever the length.
class SpectrumSpread : public BlockListener {
 public:
  SpectrumSpread();
  void on_block(const SpectrumBlock& block) override;
  // dB; nothing for a band above half the sample rate, or where fewer than 10 blocks passed the gate.
  std::array<std::optional<double>, kThirdOctaves> spread_db(double gate_lufs) const;

 private:
  static constexpr int kLoudnessClasses = 152;  // half an LU each, -70 to +6 LUFS
  static constexpr int kLevels = 256;           // half a dB each, -118 to +10 dB

  int bands_below_nyquist_ = 0;
  std::vector<std::array<std::uint32_t, kLevels>> counts_;  // [class * kThirdOctaves + band]
};

}  // namespace lacquer
