#include "chain/match_curve.h"

#include <algorithm>
#include <cmath>

#include "dsp/analogue.h"
#include "dsp/guards.h"

namespace lacquer {
namespace {

constexpr std::size_t kCount = kMatchPoints;
constexpr double kUnitDb = 6.0;       // the height at which a bell's shape is taken to begin with
constexpr int kRounds = 8;            // of correction; half as many are enough for smooth curves
constexpr double kMostBellDb = 40.0;  // a curve that needs more is not met
using Row = std::array<double, kCount>;
using Square = std::array<Row, kCount>;

double bell_db(std::size_t bell, double gain_db, std::size_t at) noexcept {
  const double hz = match_point_hz(static_cast<int>(bell));
  return 10.0 *
         std::log10(analogue_bell(hz, gain_db, kMatchBellQ).power(match_point_hz(static_cast<int>(at))));
}

// Gauss and Jordan, without exchanging rows: at this Q no pivot comes near 0.
Square inverse_of_bells() noexcept {
  Square a{};
  Square inverse{};
  for (std::size_t at = 0; at < kCount; ++at)
    for (std::size_t bell = 0; bell < kCount; ++bell) a[at][bell] = bell_db(bell, kUnitDb, at) / kUnitDb;
  for (std::size_t i = 0; i < kCount; ++i) inverse[i][i] = 1.0;
  for (std::size_t column = 0; column < kCount; ++column) {
    const double pivot = a[column][column];
    for (std::size_t k = 0; k < kCount; ++k) {
      a[column][k] /= pivot;
      inverse[column][k] /= pivot;
    }
    for (std::size_t row = 0; row < kCount; ++row) {
      if (row == column) continue;
      const double factor = a[row][column];
      for (std::size_t k = 0; k < kCount; ++k) {
        a[row][k] -= factor * a[column][k];
        inverse[row][k] -= factor * inverse[column][k];
      }
    }
  }
  return inverse;
}

}  // namespace

double match_point_hz(int point) { return 1000.0 * std::pow(10.0, (point - 17) / 10.0); }

std::array<double, kMatchPoints> match_bells(const MatchGains& wanted_db) noexcept {
  Row gains{};
  static const Square inverse = inverse_of_bells();
  if (std::all_of(wanted_db.begin(), wanted_db.end(), [](float db) { return db == 0.0F; })) return gains;
  for (int round = 0; round < kRounds; ++round) {
    Row missing{};
    for (std::size_t at = 0; at < kCount; ++at) {
      missing[at] = bounded(wanted_db[at], -kMostMatchDb, kMostMatchDb);
      for (std::size_t bell = 0; bell < kCount; ++bell)
        if (gains[bell] != 0.0) missing[at] -= bell_db(bell, gains[bell], at);
    }
    for (std::size_t bell = 0; bell < kCount; ++bell) {
      double change = 0.0;
      for (std::size_t at = 0; at < kCount; ++at) change += inverse[bell][at] * missing[at];
      gains[bell] = std::clamp(gains[bell] + change, -kMostBellDb, kMostBellDb);
    }
  }
  return gains;
}

}  // namespace lacquer
