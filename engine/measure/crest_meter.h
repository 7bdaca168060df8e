#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "dsp/fft.h"
#include "measure/measurements.h"
#include "measure/spectrum_frame.h"

namespace lacquer {

// Crest factor by band: the highest envelope over the RMS of (L+R)/2 within the band; 3.01 dB for a sine.
//
// No filters run at the full rate: the band's bins of the shared FFT are transformed back on their own, which
// gives its analytic signal at the band's own low rate; |z| is its envelope. Only the middle half of each
// window is read, where it is divided by the window again; those halves tile the stream. The edges are
// tapered over a third of an octave. Half a nanosecond a sample and channel or so; the price is that an
// envelope peak between two of its samples reads up to 2 dB low when it comes once, and less when it comes
// often.
class CrestMeter : public SpectrumListener {
 public:
  CrestMeter(double sample_rate_hz, int frame_size);
  void on_frame(const SpectrumFrame& frame) override;
  std::vector<BandCrest> result() const;

 private:
  struct Band {
    double low_hz = 0.0, high_hz = 0.0;
    int first_bin = 0;
    std::vector<float> weights;                // of its bins; half the taper, for (L+R)/2
    std::unique_ptr<InverseFft> fft;           // none where the band lies above half the sample rate
    std::vector<float> inverse_window_square;  // over what is read; scaled so that |z|^2 is amplitude^2
    float peak = 0.0F;                         // amplitude squared
    double sum = 0.0;                          // of amplitude squared
    std::int64_t count = 0;
  };
  std::vector<Band> bands_;
};

}  // namespace lacquer
