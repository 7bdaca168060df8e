#include "measure/spectrum_bands.h"

#include <algorithm>
#include <cmath>

#include "measure/spectrum_kernels.h"

namespace lacquer {

namespace {

constexpr double kLowestEdgeExponent = 1.25;  // 10^1.25 = 17.78 Hz, the lower edge of the 20 Hz third octave
constexpr double kBandsPerDecade = 40.0;
// Below these ratios rounding decides: -120 dB is as narrow, or as hollow, as a figure can say.
constexpr double kLeast = 1e-12;

}  // namespace

double band_edge_hz(int band) { return std::pow(10.0, kLowestEdgeExponent + band / kBandsPerDecade); }

double band_centre_hz(int band) {
  return std::pow(10.0, kLowestEdgeExponent + (band + 0.5) / kBandsPerDecade);
}

int nearest_band_edge(double hz) {
  return static_cast<int>(std::lround((std::log10(hz) - kLowestEdgeExponent) * kBandsPerDecade));
}

BandPower& BandPower::operator+=(const BandPower& other) {
  left += other.left;
  right += other.right;
  cross += other.cross;
  return *this;
}

BandPower BandPower::scaled(double factor) const { return {left * factor, right * factor, cross * factor}; }

BandPower sum_of(std::span<const BandPower> bands) {
  BandPower sum;
  for (const BandPower& band : bands) sum += band;
  return sum;
}

double side_to_mid_db(const BandPower& power) {
  const double least = kLeast * power.both();
  const double mid = std::max(power.both() + 2.0 * power.cross, least);   // 4 M^2
  const double side = std::max(power.both() - 2.0 * power.cross, least);  // 4 S^2
  return 10.0 * std::log10(side / mid);
}

double mono_loss_db(const BandPower& power) {
  const double mid = std::max(power.both() + 2.0 * power.cross, kLeast * power.both());
  return 10.0 * std::log10(2.0 * power.both() / mid);
}

BandSums::BandSums(double bin_hz, int bins) {
  for (int b = 0; b < kBands; ++b) {
    const double low = band_edge_hz(b) / bin_hz + 0.5;  // bin k covers [k, k + 1) on this axis
    const double high = std::min(band_edge_hz(b + 1) / bin_hz + 0.5, static_cast<double>(bins));
    if (low >= bins) break;
    Range& range = ranges_[static_cast<std::size_t>(b)];
    range.first = static_cast<int>(low);
    range.last = std::min(static_cast<int>(high), bins - 1);
    if (range.first == range.last) {
      range.first_weight = high - low;
    } else {
      range.first_weight = range.first + 1 - low;
      range.last_weight = high - range.last;
    }
    count_ = b + 1;
  }
}

void BandSums::sum(std::span<const float> power, int first, int end, double scale,
                   std::span<double> to) const {
  for (int b = first; b < std::min(end, count_); ++b) {
    const Range& range = ranges_[static_cast<std::size_t>(b)];
    const float* at = power.data();
    const int whole_bins = range.last - range.first - 1;
    const double whole =
        whole_bins > 0 ? sum_of_floats({at + range.first + 1, static_cast<std::size_t>(whole_bins)}) : 0.0;
    to[static_cast<std::size_t>(b)] =
        scale * (whole + range.first_weight * at[range.first] + range.last_weight * at[range.last]);
  }
}

}  // namespace lacquer
