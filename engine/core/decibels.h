#pragma once

#include <cmath>
#include <optional>

namespace lacquer {

inline double db_to_gain(double db) noexcept { return std::pow(10.0, db / 20.0); }
inline double db_to_power(double db) noexcept { return std::pow(10.0, db / 10.0); }

// Decibels of a linear gain or power; nothing where no number exists (zero, negative, not finite).
inline std::optional<double> gain_to_db(double gain) noexcept {
  if (!(gain > 0.0) || !std::isfinite(gain)) return std::nullopt;
  return 20.0 * std::log10(gain);
}
inline std::optional<double> power_to_db(double power) noexcept {
  if (!(power > 0.0) || !std::isfinite(power)) return std::nullopt;
  return 10.0 * std::log10(power);
}

}  // namespace lacquer
