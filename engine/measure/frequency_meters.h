#pragma once

#include "measure/burst_meter.h"
#include "measure/crest_meter.h"
#include "measure/measurements.h"
#include "measure/spectrum_average.h"
#include "measure/spectrum_lowest_note.h"
#include "measure/spectrum_matrix.h"
#include "measure/spectrum_meter.h"
#include "measure/spectrum_resonance.h"
#include "measure/spectrum_spread.h"
#include "measure/stereo_cells.h"

namespace lacquer {

// The shared FFT and every meter of levels by frequency that listens to it.
class FrequencyMeters {
 public:
  explicit FrequencyMeters(const StreamFormat& format);
  SpectrumMeter& fft() noexcept { return fft_; }  // for listeners of other groups
  void add(ConstAudioBlock block) { fft_.add(block); }
  void finish();

  // Over blocks above the gate of the loudness meter.
  SpectrumResult spectrum(double gate_lufs) const;
  void report_stereo(double gate_lufs, StereoResult& into) const;
  std::vector<BandCrest> crests() const { return crest_.result(); }

 private:
  SpectrumMeter fft_;
  SpectrumAverage average_;
  SpectrumSpread spread_;
  SpectrumMatrix matrix_;
  ResonanceMeter resonance_;
  LowestNoteMeter lowest_note_;
  StereoCells cells_;
  CrestMeter crest_;
  BurstMeter bursts_;
};

}  // namespace lacquer
