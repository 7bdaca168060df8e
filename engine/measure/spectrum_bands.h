#pragma once

#include <array>
#include <span>
#include <vector>

namespace lacquer {

// The frequency grid of every meter that reads the shared FFT: bands a fortieth of a decade wide (a twelfth
// of an octave, near enough), 17.8 Hz to 22.4 kHz. Four make a third octave with the exact base-ten edges of
// IEC 61260-1 (nominal centres 20 Hz to 20 kHz); twelve make an octave.
constexpr int kBands = 124;
constexpr int kBandsPerThirdOctave = 4;
constexpr int kBandsPerOctave = 12;
constexpr int kThirdOctaves = kBands / kBandsPerThirdOctave;
constexpr std::array<double, kThirdOctaves> kThirdOctaveHz = {
    20,  25,   31.5, 40,   50,   63,   80,   100,  125,  160,  200,  250,   315,   400,   500,  630,
    800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000, 10000, 12500, 16000, 20000};
// The bands of the stereo image: below 120, 120-500, 500-4,000, 4,000-16,000 Hz.
constexpr std::array<double, 5> kStereoEdgesHz = {20.0, 120.0, 500.0, 4000.0, 16000.0};

// Lower edge of band b (0 to kBands, the last being the upper end), in Hz; its geometric centre; and the edge
// nearest to a frequency.
double band_edge_hz(int band);
double band_centre_hz(int band);
int nearest_band_edge(double hz);

// Mean squares of left and right, and the mean of their product. Mono: left alone.
struct BandPower {
  double left = 0.0;
  double right = 0.0;
  double cross = 0.0;
  BandPower& operator+=(const BandPower& other);
  BandPower scaled(double factor) const;
  double both() const { return left + right; }
};
BandPower sum_of(std::span<const BandPower> bands);
// 10 lg of side power over mid power, M = (L+R)/2, S = (L-R)/2, within +-120 dB; and of stereo power over the
// power of M sent to both sides. Nothing is divided by zero; call with both() > 0.
double side_to_mid_db(const BandPower& power);
double mono_loss_db(const BandPower& power);

// Which bins of an FFT make up the bands. A bin that straddles an edge counts to either side by its share.
class BandSums {
 public:
  BandSums(double bin_hz, int bins);
  // Bands wholly or partly below the last bin.
  int count() const noexcept { return count_; }
  // Sums `power` over the bins of bands [first, end) into `to`, times `scale`. Real-time safe.
  void sum(std::span<const float> power, int first, int end, double scale, std::span<double> to) const;

 private:
  struct Range {
    int first = 0;
    int last = -1;
    double first_weight = 0.0;
    double last_weight = 0.0;
  };
  std::array<Range, kBands> ranges_{};
  int count_ = 0;
};

}  // namespace lacquer
