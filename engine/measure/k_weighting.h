#pragma once

#include <array>
#include <vector>

namespace lacquer {

// y = b0 x + b1 x[-1] + b2 x[-2] - a1 y[-1] - a2 y[-2]
struct BiquadCoefficients {
  double b0 = 1.0, b1 = 0.0, b2 = 0.0, a1 = 0.0, a2 = 0.0;
};

// The two filters of ITU-R BS.1770-5 Annex 1 (high shelf, then the RLB high-pass) at any rate from 32 kHz up.
// The standard tabulates 48 kHz; other rates come from the same analogue prototype by the bilinear transform
// (parameters as in libebur128 and De Man's "Evaluation of implementations of the EBU R128 loudness
// measurement", AES 145, 2018), with the high-pass scaled so that its pass band keeps the 48 kHz gain: within
// 0.008 dB of the table everywhere in 20 Hz - 20 kHz.
std::array<BiquadCoefficients, 2> k_weighting(double sample_rate_hz);

// K-weighting of one or two channels, sample for sample, in double precision. Rates below 32 kHz are raised
// 2- or 4-fold first (the bilinear transform would bend the shelf), so one frame in gives `factor()` values
// out.
class KWeighting {
 public:
  void prepare(double sample_rate_hz, int channels);  // allocates
  void reset() noexcept;
  int factor() const noexcept { return factor_; }
  // Weighs `count` frames of one channel, or of a channel and the next, into out[0 .. count * factor()). A
  // pair costs little more than one: the two recursions run side by side. Real-time safe.
  void process(int first_channel, const float* in, int count, double* out) noexcept;
  void process_pair(int first_channel, const float* in0, const float* in1, int count, double* out0,
                    double* out1) noexcept;

 private:
  struct State {
    double shelf1 = 0.0, shelf2 = 0.0, high1 = 0.0, high2 = 0.0;
  };
  void raise_rate(int channel, const float* in, int count, double* out) noexcept;
  template <int kChannels>
  void filter(int first_channel, int count, double* const* io) noexcept;

  std::array<BiquadCoefficients, 2> filters_;
  std::vector<State> states_;
  std::vector<std::vector<float>> history_;  // of the raised rate's filter, one row a channel
  std::vector<std::vector<double>> phases_;
  int factor_ = 1;
};

}  // namespace lacquer
