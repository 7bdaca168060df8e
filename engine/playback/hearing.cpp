#include "playback/hearing.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"

namespace lacquer {
namespace {

// Threshold of hearing in dB SPL at each third octave from 20 Hz (ISO 226:2003, T_f); 16 and 20 kHz lie
// beyond the standard and outside the bands here.
constexpr std::array<double, kThirdOctaves> kThresholdDb = {
    78.5, 68.7, 59.5, 51.1, 44.0, 37.5, 31.5, 26.5, 22.1, 17.9, 14.4, 11.4, 8.6,  6.2,  4.4, 3.0,
    2.2,  2.4,  3.5,  1.7,  -1.3, -4.2, -6.0, -5.4, -1.5, 6.0,  12.6, 13.9, 12.3, 40.0, 70.0};
// Excitation at threshold, in dB (LTQ of DIN 45631).
constexpr BarkValues kThresholdExcitationDb = {30, 18, 12, 8, 7, 6, 5, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
constexpr double kExponent = 0.23;
constexpr double kDownSlopeDb = 27.0;

// The same, linear.
const BarkValues& threshold_excitation() {
  static const BarkValues values = [] {
    BarkValues linear{};
    for (std::size_t b = 0; b < kBarkBands; ++b) linear[b] = db_to_power(kThresholdExcitationDb[b]);
    return linear;
  }();
  return values;
}

double bark_of(double hz) { return 26.81 * hz / (1960.0 + hz) - 0.53; }

std::array<BarkBand, kBarkBands> make_bands() {
  std::array<BarkBand, kBarkBands> bands{};
  for (int b = 0; b < kBarkBands; ++b) {
    BarkBand& band = bands[static_cast<std::size_t>(b)];
    band.first_third = b == 0 ? 0 : b == 1 ? 7 : b == 2 ? 10 : b + 9;
    band.end_third = b == 0 ? 7 : b == 1 ? 10 : b + 10;
    band.low_hz = band_edge_hz(band.first_third * kBandsPerThirdOctave);
    band.high_hz = band_edge_hz(band.end_third * kBandsPerThirdOctave);
    band.bark = bark_of(std::sqrt(band.low_hz * band.high_hz));
    band.width = bark_of(band.high_hz) - bark_of(band.low_hz);
  }
  return bands;
}

// From each band to the next one up: c excitation gives c * up * (c + 1)^steeper, at most c * most, which is
// 24 + 230 / f - 0.2 L dB a Bark, never less than 4; and down.
struct Slopes {
  BarkValues up{}, steeper{}, most{}, down{};
};

const Slopes& slopes() {
  static const Slopes values = [] {
    const auto& bands = bark_bands();
    Slopes s;
    for (std::size_t b = 0; b + 1 < kBarkBands; ++b) {
      const double distance = bands[b + 1].bark - bands[b].bark;
      const double khz = std::sqrt(bands[b].low_hz * bands[b].high_hz) / 1000.0;
      s.up[b] = db_to_power(-(24.0 + 0.23 / khz) * distance);
      s.steeper[b] = 0.2 * distance;
      s.most[b] = db_to_power(-4.0 * distance);
      s.down[b] = db_to_power(-kDownSlopeDb * distance);
    }
    return s;
  }();
  return values;
}

// What spreads into each band from the others. A level that arrives is carried on with the slope of the whole
// that arrived: one pass up, one down.
BarkValues spread_from_others(const BarkValues& excitation) {
  const Slopes& slope = slopes();
  BarkValues spread{};
  double carried = 0.0;
  for (std::size_t b = 0; b + 1 < kBarkBands; ++b) {
    carried += excitation[b];
    carried *= std::min(slope.most[b], slope.up[b] * std::pow(carried + 1.0, slope.steeper[b]));
    spread[b + 1] += carried;
  }
  carried = 0.0;
  for (std::size_t b = kBarkBands - 1; b > 0; --b) {
    carried = (carried + excitation[b]) * slope.down[b - 1];
    spread[b - 1] += carried;
  }
  return spread;
}

}  // namespace

const std::array<BarkBand, kBarkBands>& bark_bands() {
  static const std::array<BarkBand, kBarkBands> bands = make_bands();
  return bands;
}

BarkValues excitation(std::span<const double, kThirdOctaves> power, double spl_db) {
  static const std::array<double, kThirdOctaves> over_threshold = [] {
    std::array<double, kThirdOctaves> factors{};
    for (std::size_t t = 0; t < factors.size(); ++t) factors[t] = db_to_power(-kThresholdDb[t]);
    return factors;
  }();
  const double scale = db_to_power(spl_db);
  BarkValues result{};
  for (std::size_t b = 0; b < kBarkBands; ++b) {
    const BarkBand& band = bark_bands()[b];
    double sum = 0.0;
    for (int t = band.first_third; t < band.end_third; ++t)
      sum += power[static_cast<std::size_t>(t)] * over_threshold[static_cast<std::size_t>(t)];
    result[b] = sum * scale * threshold_excitation()[b];
  }
  return result;
}

BarkValues heard_loudness(const BarkValues& sound, const BarkValues& noise) {
  static const double masking = db_to_power(-kMaskingDb);
  BarkValues all{};
  for (std::size_t b = 0; b < kBarkBands; ++b) all[b] = sound[b] + noise[b];
  const BarkValues spread = spread_from_others(all);
  BarkValues loudness{};
  for (std::size_t b = 0; b < kBarkBands; ++b) {
    const double threshold = threshold_excitation()[b] + masking * (noise[b] + spread[b]);
    if (sound[b] <= threshold) continue;
    loudness[b] = (std::pow(sound[b] + threshold, kExponent) - std::pow(2.0 * threshold, kExponent)) *
                  bark_bands()[b].width;
  }
  return loudness;
}

}  // namespace lacquer
