#pragma once

#include <vector>

#include "session/exercises/sound.h"

namespace lacquer {

struct HzRange {
  double low_hz = 0.0;
  double high_hz = 0.0;
};
// Centres 1 kHz * 2^(n/parts) from `from_hz` to `to_hz` (each rounded to the nearest), a part of an octave
// wide.
std::vector<HzRange> octave_parts(double from_hz, double to_hz, int parts);

// The level of a sound by time and range, from short overlapping spectra (Hann).
class BandMap {
 public:
  // Each range is resolved by three lines or more; blocks of `block_s`, the last one may be shorter.
  BandMap(const Sound& sound, const std::vector<HzRange>& ranges, double block_s);

  int blocks() const { return blocks_; }
  int ranges() const { return static_cast<int>(ranges_.size()); }
  const HzRange& range(int index) const { return ranges_[static_cast<std::size_t>(index)]; }
  double block_s() const { return block_s_; }

  // Mean square, the mean over the channels; a full-scale sine reads 0.5.
  double power(int block, int range) const { return at(power_, block, range); }
  // The same of (L+R)/2.
  double middle(int block, int range) const { return at(middle_, block, range); }
  double mean_power(int range) const;  // over all blocks
  // The blocks whose level is within 30 dB of the range's loudest.
  std::vector<int> active(int range) const;

 private:
  double at(const std::vector<double>& values, int block, int range) const {
    return values[static_cast<std::size_t>(block) * ranges_.size() + static_cast<std::size_t>(range)];
  }

  std::vector<HzRange> ranges_;
  double block_s_;
  int blocks_ = 0;
  std::vector<double> power_, middle_;
};

}  // namespace lacquer
