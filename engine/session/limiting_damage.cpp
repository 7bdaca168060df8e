#include "session/limiting_damage.h"

#include <algorithm>
#include <cmath>

namespace lacquer {
namespace {

constexpr double kSilence = 1e-12;  // power of a sample
constexpr double kFromHz = 20.0;    // the rate of bass notes: half cycles of them, too
constexpr double kToHz = 250.0;
constexpr double kCarrierHz = 500.0;

double db(double power_ratio) { return 10.0 * std::log10(power_ratio); }

// The mean of the cells around each one. Centred, so that a curve that only rises or falls leaves no trace in
// the difference of two of them.
class MeanAround {
 public:
  explicit MeanAround(const std::vector<float>& values) : sums_(values.size() + 1, 0.0) {
    for (std::size_t k = 0; k < values.size(); ++k) sums_[k + 1] = sums_[k] + values[k];
  }
  double operator()(std::size_t k, std::size_t half) const {
    half = std::min({half, k, sums_.size() - 2 - k});
    return (sums_[k + half + 1] - sums_[k - half]) / static_cast<double>(2 * half + 1);
  }

 private:
  std::vector<double> sums_;
};

struct Sums {
  double peak = 0.0, energy = 0.0;              // as it is
  double peak_under = 0.0, energy_under = 0.0;  // under the curve
};

std::optional<double> intermodulation_pct(const BandEnvelope& passage, const std::vector<float>& gains) {
  // A mean over one period takes out that rate and what is faster: between the two lies what bass notes do.
  const auto half = [&](double hz) { return static_cast<std::size_t>(0.5 * passage.cells_per_second / hz); };
  const MeanAround mean(gains);
  double carrier = 0.0;
  double sidebands = 0.0;
  for (std::size_t k = 0; k < gains.size(); ++k) {
    double power = 0.0;
    for (const BandEnvelope::Band& band : passage.bands)
      if (band.low_hz >= kCarrierHz && k < band.energy.size()) power += band.energy[k];
    const double moved = mean(k, half(kToHz)) / mean(k, half(kFromHz)) - 1.0;
    carrier += power;
    sidebands += power * moved * moved;
  }
  if (carrier <= kSilence) return std::nullopt;
  return 100.0 * std::sqrt(sidebands / carrier);
}

}  // namespace

LimitingDamage limiting_damage(const BandEnvelope& passage, const std::vector<float>& gains) {
  LimitingDamage damage;
  if (gains.empty()) return damage;
  std::vector<Sums> sums(passage.bands.size());
  Sums whole;
  for (std::size_t b = 0; b < passage.bands.size(); ++b) {
    const BandEnvelope::Band& band = passage.bands[b];
    Sums& sum = sums[b];
    for (std::size_t k = 0; k < band.energy.size(); ++k) {
      const double gain = gains[std::min(k, gains.size() - 1)];
      sum.peak = std::max(sum.peak, static_cast<double>(band.peak[k]));
      sum.peak_under = std::max(sum.peak_under, band.peak[k] * gain);
      sum.energy += band.energy[k];
      sum.energy_under += band.energy[k] * gain * gain;
    }
    whole.energy += sum.energy;
    whole.energy_under += sum.energy_under;
  }
  for (std::size_t b = 0; b < passage.bands.size(); ++b) {
    const BandEnvelope::Band& band = passage.bands[b];
    const Sums& sum = sums[b];
    LimitingDamage::Band out{band.low_hz, band.high_hz, {}, {}, {}};
    const double samples = passage.samples_per_cell * static_cast<double>(band.energy.size());
    if (sum.energy > kSilence * samples && sum.energy_under > 0.0) {
      out.crest_db = db(sum.peak_under * sum.peak_under * samples / sum.energy_under);
      out.crest_lost_db = db(sum.peak * sum.peak * samples / sum.energy) - *out.crest_db;
      out.level_change_db = db(sum.energy_under / sum.energy) - db(whole.energy_under / whole.energy);
    }
    damage.bands.push_back(out);
  }
  damage.bass_intermodulation_pct = intermodulation_pct(passage, gains);
  return damage;
}

}  // namespace lacquer
