#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "dsp/fft.h"
#include "measure/measurements.h"
#include "measure/spectrum_frame.h"

namespace lacquer {

// The long-term spectrum and the stereo image by frequency, from one shared FFT: 8,192 points at 44.1 and 48
// kHz (the same 0.17 s at other rates), Hann window, half overlap, each channel and their cross-spectrum.
//
// Bins are gathered into bands a fortieth of a decade wide (a twelfth of an octave, near enough), 17.8 Hz
// to 22.4 kHz; four make a third octave with the exact base-ten edges of IEC 61260. Bands are summed apart
// for each loudness of the frame, so that the gate of BS.1770 (known only at the end) can leave quiet frames
// out without keeping them all.
class SpectrumMeter {
 public:
  explicit SpectrumMeter(const StreamFormat& format);
  // Hands every frame louder than -80 LUFS to `listener`, which must outlive the meter. Before the first
  // block.
  void listen(SpectrumListener& listener) { listeners_.push_back(&listener); }
  void add(ConstAudioBlock block);

  // Levels over frames louder than `gate_lufs` (the relative gate of the loudness meter).
  SpectrumResult spectrum(double gate_lufs) const;
  std::vector<StereoBand> stereo_bands(
      double gate_lufs) const;  // below 120, 120-500, 500-4,000, 4,000-16,000 Hz
  std::vector<StereoBand> stereo_octaves(double gate_lufs) const;  // 63 Hz to 8 kHz

  static constexpr int kBands = 124;
  // Lower edge of band b (0 to kBands, the last being the upper end), in Hz.
  static double band_edge_hz(int band);

 private:
  // Power of left and right and the real part of their cross-spectrum.
  struct Band {
    double left = 0.0;
    double right = 0.0;
    double cross = 0.0;
  };
  using Bands = std::array<Band, kBands>;
  // The bins of a band: `first` and `last` count by a fraction, those between whole.
  struct BinRange {
    int first = 0;
    int last = -1;
    float first_weight = 0.0F;
    float last_weight = 0.0F;
  };

  void transform();
  Bands gated(double gate_lufs) const;
  StereoBand stereo_between(const Bands& bands, double low_hz, double high_hz, int first, int end) const;

  StreamFormat format_;
  RealFft fft_;
  std::vector<float> window_;
  std::vector<std::vector<float>> history_;  // one row a channel
  int fill_ = 0;
  std::int64_t first_frame_ = 0;  // stream position of history_[c][0]
  std::vector<SpectrumListener*> listeners_;
  std::vector<std::complex<float>> left_spectrum_;
  std::vector<float> left_power_, right_power_, cross_power_;
  std::array<BinRange, kBands> ranges_{};
  std::array<double, kBands> k_weight_{};  // K-weighting at each band, power
  double scale_ = 1.0;                     // of a bin's |X|^2 to mean square
  int bands_below_nyquist_ = 0;

  static constexpr int kLoudnessBins = 180;  // half an LU each, from -80 LUFS up
  std::vector<Bands> sums_;                  // one for each loudness of a frame
  std::vector<std::int64_t> frames_;
};

}  // namespace lacquer
