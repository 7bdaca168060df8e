#pragma once

#include <cstdint>
#include <span>

#include "measure/spectrum_bands.h"

namespace lacquer {

// Four frames of the shared FFT taken together: the "400 ms" of the spectrum meters (0.37 s long at 44.1 kHz,
// 0.34 at 48), with the bands below 112 Hz from a finer transform of the same stretch (spectrum_lows.h).
// Blocks follow each other without gap, silent ones too.
struct SpectrumBlock {
  double from_s = 0.0;
  double to_s = 0.0;
  double loudness_lufs = 0.0;        // K-weighted, from the bands; -infinity in silence
  std::span<const BandPower> bands;  // kBands; those above half the sample rate are 0
  int bands_below_nyquist = 0;
  // The fine low bins, mean square of both channels together (mono: of the one); bin k is at k * low_bin_hz.
  std::span<const float> low_bins;
  double low_bin_hz = 0.0;
};

class BlockListener {
 public:
  BlockListener() = default;
  BlockListener(const BlockListener&) = delete;
  BlockListener& operator=(const BlockListener&) = delete;
  virtual ~BlockListener() = default;
  virtual void on_block(const SpectrumBlock& block) = 0;
};

}  // namespace lacquer
