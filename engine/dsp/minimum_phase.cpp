#include "dsp/minimum_phase.h"

#include <algorithm>
#include <complex>
#include <numbers>

#include "dsp/fft.h"

namespace lacquer {

std::vector<float> minimum_phase(int size, const std::function<double(int bin)>& gain_db) {
  const auto count = static_cast<std::size_t>(size), half = count / 2;
  RealFft forward(size);
  InverseFft inverse(size);
  const auto bins = inverse.input();
  for (std::size_t k = 0; k <= half; ++k) {
    const double nepers = gain_db(static_cast<int>(k)) * std::numbers::ln10 / 20.0;
    bins[k] = static_cast<float>(nepers);
    if (k > 0 && k < half) bins[count - k] = bins[k];
  }
  const auto cepstrum = inverse.transform();
  const auto folded = forward.input();
  const float scale = 1.0F / static_cast<float>(size);
  for (std::size_t n = 0; n < count; ++n)
    folded[n] = n > half ? 0.0F : cepstrum[n].real() * scale * (n == 0 || n == half ? 1.0F : 2.0F);
  const auto logs = forward.transform();
  for (std::size_t k = 0; k <= half; ++k) {
    bins[k] = std::exp(logs[k]);
    if (k > 0 && k < half) bins[count - k] = std::conj(bins[k]);
  }
  const auto response = inverse.transform();
  std::vector<float> taps(count);
  std::transform(response.begin(), response.end(), taps.begin(),
                 [&](const std::complex<float>& value) { return value.real() * scale; });
  return taps;
}

}  // namespace lacquer
