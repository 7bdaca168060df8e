#include "playback/systems.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "measure/spectrum_bands.h"

namespace lacquer {

double ResponseCurve::at_db(double hz) const {
  if (hz <= points.front().first) return points.front().second;
  if (hz >= points.back().first) return points.back().second;
  const auto above = std::upper_bound(points.begin(), points.end(), hz,
                                      [](double value, const auto& point) { return value < point.first; });
  const auto below = above - 1;
  const double share = std::log(hz / below->first) / std::log(above->first / below->first);
  return below->second + share * (above->second - below->second);
}

std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::kDefinition:
      return "definition";
    case Basis::kMeasured:
      return "measured";
    case Basis::kTarget:
      return "target";
    case Basis::kComputed:
      return "computed";
    case Basis::kModel:
      break;
  }
  return "model";
}

double a_weighting_db(double hz) {
  const double f2 = hz * hz;
  const auto pole = [f2](double corner_hz) { return f2 + corner_hz * corner_hz; };
  const double gain = 12194.217 * 12194.217 * f2 * f2 /
                      (pole(20.598997) * pole(12194.217) * std::sqrt(pole(107.65265) * pole(737.86223)));
  return 20.0 * std::log10(std::max(gain, 1e-12)) + 2.0;
}

double a_weighted_db(const ResponseCurve& third_octaves) {
  double power = 0.0;
  for (const double hz : kThirdOctaveHz) power += db_to_power(third_octaves.at_db(hz) + a_weighting_db(hz));
  return 10.0 * std::log10(power);
}

double lower_limit_hz(const ResponseCurve& curve, double down_db) {
  constexpr double kStep = 1.02;
  for (double hz = 1000.0; hz > 20.0; hz /= kStep)
    if (curve.at_db(hz) <= -down_db) return hz;
  return 0.0;
}

}  // namespace lacquer
