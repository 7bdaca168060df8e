#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "measure/measurements.h"
#include "measure/spectrum_block.h"

namespace lacquer {

// The long-term average spectrum and the stereo image by frequency: mean power of each band over the blocks
// above the relative gate of BS.1770. The gate is known only at the end, so blocks are summed apart by their
// loudness, half an LU a class: constant memory.
class SpectrumAverage : public BlockListener {
 public:
  explicit SpectrumAverage(int channels);
  void on_block(const SpectrumBlock& block) override;

  using Bands = std::array<BandPower, kBands>;
  Bands gated(double gate_lufs) const;  // sums, not means; all 0 where nothing passed
  // Third octaves relative to the mean of 200 Hz - 2 kHz, and slopes.
  SpectrumResult spectrum(double gate_lufs) const;
  std::vector<StereoBand> stereo_bands(double gate_lufs) const;    // kStereoEdgesHz
  std::vector<StereoBand> stereo_octaves(double gate_lufs) const;  // 63 Hz to 8 kHz

 private:
  StereoBand stereo_between(const Bands& bands, double low_hz, double high_hz, int first, int end) const;

  static constexpr int kLoudnessBins = 180;  // half an LU each, from -80 LUFS up
  int channels_;
  int bands_below_nyquist_ = 0;
  std::vector<Bands> sums_;
};

// First and past-the-last band of the octave around 63 Hz * 2^k, by the base-ten edges.
constexpr int kStereoOctaves = 8;
constexpr int octave_first_band(int k) { return (4 + 3 * k) * kBandsPerThirdOctave; }

}  // namespace lacquer
