#pragma once

#include <array>
#include <cstdint>
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
// out. The same bits come out however the stream is cut.
class KWeighting {
 public:
  // A recursion waits for itself at every sample. Its state-space form over kGroup samples does not:
  // outputs = response * inputs + free * state, next state = drive * inputs + advance * state, all of them
  // columns that fill vector registers (Barnes, "Block implementation of recursive digital filters", IEEE
  // Trans. CAS 27(4), 1980).
  static constexpr int kGroup = 8;
  static constexpr int kStates = 4;
  struct GroupMatrices {
    alignas(64) double response[kGroup][kGroup];
    alignas(64) double free[kStates][kGroup];
    alignas(64) double drive[kGroup][kStates];
    alignas(64) double advance[kStates][kStates];
  };

  void prepare(double sample_rate_hz, int channels);  // allocates
  void reset() noexcept;
  int factor() const noexcept { return factor_; }
  // Weighs `count` frames of one channel, or of a channel and the next, into out[0 .. count * factor()). A
  // pair costs less than two: its recursions run side by side. Real-time safe.
  void process(int first_channel, const float* in, int count, double* out) noexcept;
  void process_pair(int first_channel, const float* in0, const float* in1, int count, double* out0,
                    double* out1) noexcept;

 private:
  struct Channel {
    std::array<double, kStates> state{};
    std::array<float, kGroup> group{};  // of the group that is not complete yet
    int filled = 0;
  };
  void raise_rate(int channel, const float* in, int count, float* out) noexcept;
  template <int kChannels>
  void weigh(int first_channel, const std::array<const float*, kChannels>& in, int count,
             const std::array<double*, kChannels>& out) noexcept;
  template <int kChannels>
  void filter(int first_channel, std::array<const float*, kChannels> in, int count,
              std::array<double*, kChannels> out) noexcept;

  GroupMatrices matrices_{};
  std::vector<Channel> channels_;
  std::vector<std::vector<float>> history_;  // of the raised rate's filter, one row a channel
  std::vector<std::vector<double>> phases_;
  std::array<std::vector<float>, 2> raised_;
  int factor_ = 1;
};

// Sums of squares of one or two weighted channels and of their product. Each is kept in partial sums, one for
// each place in a group, so that the bits do not depend on how the stream is cut.
struct WeightedEnergy {
  static constexpr int kPlaces = KWeighting::kGroup;
  alignas(64) std::array<double, kPlaces> first{}, second{}, product{};
  static double total(const std::array<double, kPlaces>& sums) noexcept;
};
// Adds `count` values that begin at stream position `position`; `second` may be null. Real-time safe.
void add_energy(const double* first, const double* second, int count, std::int64_t position,
                WeightedEnergy& to) noexcept;

}  // namespace lacquer
