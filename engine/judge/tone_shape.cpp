#include "judge/tone_shape.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "dsp/analogue.h"
#include "measure/k_weighting.h"

namespace lacquer {
namespace {

// K-weighting (ITU-R BS.1770-5, annex 1) at a third-octave.
double k_weight_db(int band) {
  constexpr double kRateHz = 48000.0;
  static const auto filters = k_weighting(kRateHz);
  const std::complex<double> z = std::polar(1.0, -2.0 * M_PI * target_band_hz(band) / kRateHz);
  double db = 0.0;
  for (const BiquadCoefficients& one : filters)
    db +=
        20.0 * std::log10(std::abs((one.b0 + z * (one.b1 + z * one.b2)) / (1.0 + z * (one.a1 + z * one.a2))));
  return db;
}

// What a fit expects of a piece besides the bump it looks for, as standard deviations.
constexpr double kOwnLevelDb = 3.0;    // how far the range as a whole stands off the target
constexpr double kOwnHeightDb = 8.0;   // how high bumps are
constexpr double kOwnShapeDb = 2.0;    // what is left band by band: the song itself
constexpr double kUnitDb = 6.0;        // shapes hardly change with gain; taken at this height
constexpr double kReachOctaves = 2.0;  // bands this far from the centre take part
constexpr double kStepOctaves = 1.0 / 12.0;
constexpr std::array kQs = {0.5, 0.6, 0.7, 0.85, 1.0, 1.2, 1.4, 1.6};

struct Fit {
  double height_db = 0.0;
  double gain = 0.0;  // of likelihood, against no bump at all
};

// Least squares of deviation = level + height * shape, with what is usual of both held against it.
Fit least_squares(const BandLevels& deviation, const BandLevels& unit, double centre_hz, double sign,
                  ToneMove::Shape kind) {
  double count = 0.0, shape_sum = 0.0, shape_squares = 0.0, sum = 0.0, product = 0.0;
  for (std::size_t band = 0; band < deviation.size(); ++band) {
    const double octaves = std::log2(target_band_hz(static_cast<int>(band)) / centre_hz);
    const bool in_reach = kind == ToneMove::Shape::kLowShelf    ? octaves <= kReachOctaves
                          : kind == ToneMove::Shape::kHighShelf ? octaves >= -kReachOctaves
                                                                : std::abs(octaves) <= kReachOctaves;
    const double hz = target_band_hz(static_cast<int>(band));
    if (!in_reach || hz < 39.0 || hz > 16500.0 || !std::isfinite(deviation[band])) continue;
    const double r = unit[band] / kUnitDb;
    const double y = sign * deviation[band];
    count += 1.0;
    shape_sum += r;
    shape_squares += r * r;
    sum += y;
    product += y * r;
  }
  if (count < 3.0) return {};
  const double noise = kOwnShapeDb * kOwnShapeDb;
  const double a = count + noise / (kOwnLevelDb * kOwnLevelDb);
  const double b = shape_squares + noise / (kOwnHeightDb * kOwnHeightDb);
  const double determinant = a * b - shape_sum * shape_sum;
  if (!(determinant > 1e-9)) return {};
  const double level = (b * sum - shape_sum * product) / determinant;
  const double height = (a * product - shape_sum * sum) / determinant;
  if (!(height > 0.0)) return {};
  // What the bump explains beyond what the level alone explains.
  return {height, level * sum + height * product - sum * sum / a};
}

}  // namespace

double response_db(const ToneMove& move, double hz) {
  const auto prototype = move.shape == ToneMove::Shape::kBell       ? analogue_bell
                         : move.shape == ToneMove::Shape::kLowShelf ? analogue_low_shelf
                                                                    : analogue_high_shelf;
  return 10.0 * std::log10(prototype(move.frequency_hz, move.gain_db, move.q).power(hz));
}

BandLevels response_db(const ToneMove& move) {
  BandLevels response{};
  for (std::size_t band = 0; band < response.size(); ++band)
    response[band] = response_db(move, target_band_hz(static_cast<int>(band)));
  return response;
}

std::optional<ToneMove> fit_move(const BandLevels& deviation_db, ToneMove::Shape shape, double sign,
                                 const FitRange& range) {
  std::optional<ToneMove> best;
  double best_gain = 0.0;
  const bool bell = shape == ToneMove::Shape::kBell;
  for (double hz = range.centre_low_hz; hz <= range.centre_high_hz * 1.001; hz *= std::exp2(kStepOctaves))
    for (const double q : kQs) {
      if (q < range.q_min - 1e-9 || q > range.q_max + 1e-9 || (!bell && q != 0.7)) continue;
      const Fit fit =
          least_squares(deviation_db, response_db(ToneMove{shape, hz, kUnitDb, q}), hz, sign, shape);
      if (!(fit.gain > best_gain)) continue;
      best_gain = fit.gain;
      best = ToneMove{shape, hz, sign * fit.height_db, q};
    }
  return best;
}

Measurements with_response(const Measurements& audio, const BandLevels& response) {
  Measurements shaped = audio;
  if (!shaped.spectrum) return shaped;
  auto& thirds = shaped.spectrum->third_octaves;
  for (std::size_t band = 0; band < std::min(thirds.size(), response.size()); ++band)
    if (thirds[band].level_db) *thirds[band].level_db += response[band];
  BandsOverTime& matrix = shaped.spectrum->third_octaves_over_time;
  if (matrix.bands == kTargetBands)
    for (std::size_t i = 0; i < matrix.values.size(); ++i)
      matrix.values[i] += static_cast<float>(response[i % response.size()]);
  return shaped;
}

double loudness_change_lu(const Measurements& audio, const BandLevels& response) {
  const BandLevels levels = average_levels(audio);
  double before = 0.0;
  double after = 0.0;
  for (std::size_t band = 0; band < levels.size(); ++band) {
    if (!std::isfinite(levels[band])) continue;
    const double power = std::pow(10.0, (levels[band] + k_weight_db(static_cast<int>(band))) / 10.0);
    before += power;
    after += power * std::pow(10.0, response[band] / 10.0);
  }
  return before > 0.0 ? 10.0 * std::log10(after / before) : 0.0;
}

}  // namespace lacquer
