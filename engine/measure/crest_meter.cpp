#include "measure/crest_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "measure/spectrum_bands.h"
#include "measure/spectrum_kernels.h"

namespace lacquer {

namespace {

const double kTaper = std::exp2(1.0 / 6.0);  // to either side of an edge
constexpr double kOversampling = 1.15;

double taper(double hz, double low_hz, double high_hz) {
  const auto side = [](double position) {  // 0 at the outer end of the taper, 1 at the inner
    const double angle = std::clamp(position, 0.0, 1.0) * std::numbers::pi / 2.0;
    return std::sin(angle);
  };
  const double width = 2.0 * std::log(kTaper);
  return side(std::log(hz / (low_hz / kTaper)) / width) * side(std::log(high_hz * kTaper / hz) / width);
}

// Of a window, the middle 70 % is read: outside it, dividing by the window would lift the noise.
int first_read(int size) { return static_cast<int>(std::ceil(0.15 * size)); }

}  // namespace

CrestMeter::CrestMeter(double sample_rate_hz, int frame_size) {
  const double bin_hz = sample_rate_hz / frame_size;
  for (std::size_t edge = 0; edge + 1 < kStereoEdgesHz.size(); ++edge) {
    Band band;
    band.low_hz = kStereoEdgesHz[edge];
    band.high_hz = kStereoEdgesHz[edge + 1];
    band.first_bin = std::max(1, static_cast<int>(std::ceil(band.low_hz / kTaper / bin_hz)));
    const int last = std::min(frame_size / 2 - 1, static_cast<int>(band.high_hz * kTaper / bin_hz));
    for (int k = band.first_bin; k <= last; ++k)
      band.weights.push_back(0.5F * static_cast<float>(taper(k * bin_hz, band.low_hz, band.high_hz)));
    if (!band.weights.empty() && band.low_hz * 1.5 < sample_rate_hz / 2.0) {
      const int size = fast_fft_size(
          static_cast<int>(std::ceil(kOversampling * static_cast<double>(band.weights.size()))));
      band.fft = std::make_unique<InverseFft>(size);
      for (int i = first_read(size); i < size - first_read(size); ++i) {
        const double window = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / size);
        const double scale = 2.0 / frame_size / window;  // both halves of the spectrum; FFTW's N
        band.inverse_window_square.push_back(static_cast<float>(scale * scale));
      }
    }
    bands_.push_back(std::move(band));
  }
}

void CrestMeter::on_frame(const SpectrumFrame& frame) {
  // By position, not by count: the same frames whatever was silent before.
  const auto hop = static_cast<std::int64_t>(frame.left_spectrum.size() - 1);
  if (frame.centre_frame / hop % 2 == 0) return;
  const bool stereo = !frame.right_spectrum.empty();
  for (Band& band : bands_) {
    if (!band.fft) continue;
    const auto bins = band.fft->input();
    const auto* left = frame.left_spectrum.data() + band.first_bin;
    const auto* right = stereo ? frame.right_spectrum.data() + band.first_bin : left;
    const std::size_t used = band.weights.size();
    weigh_sum(band.weights, {left, used}, {right, used}, bins);
    const auto envelope = band.fft->transform();  // the bins above the band stay 0
    const auto first = static_cast<std::size_t>(first_read(band.fft->size()));
    const WeighedPower read = weighed_power(band.inverse_window_square, envelope.subspan(first));
    band.peak = std::max(band.peak, read.highest);
    band.sum += read.sum;
    band.count += static_cast<std::int64_t>(band.inverse_window_square.size());
  }
}

std::vector<BandCrest> CrestMeter::result() const {
  std::vector<BandCrest> result;
  for (const Band& band : bands_) {
    BandCrest crest{band.low_hz, band.high_hz, {}};
    // The mean square of a signal is half that of its envelope.
    constexpr double kSilence = 1e-18;
    if (std::isfinite(band.sum) && band.count > 0 && band.sum > kSilence * static_cast<double>(band.count))
      crest.crest_db = 10.0 * std::log10(2.0 * band.peak * static_cast<double>(band.count) / band.sum);
    result.push_back(crest);
  }
  return result;
}

}  // namespace lacquer
