#include "dsp/matched.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace lacquer {

namespace {

constexpr double kHighestCentre = 0.45;  // of the sample rate: where a fit begins for centres above it
constexpr double kTop = 0.453;           // of the sample rate: how far up the fit looks
constexpr double kGoodEnough = 0.0046;   // of ln |H|^2: 0.02 dB
constexpr int kMostSteps = 40;
constexpr std::size_t kUnknowns = 5;
constexpr std::size_t kPoints = 96;

using Vector = std::array<double, kUnknowns>;
using Matrix = std::array<Vector, kUnknowns>;

// |H|^2 = (b0 + b1 x + b2 x^2) / (1 + a1 x + a2 x^2) where x = sin^2(w/2) / unit.
struct PowerRatio {
  double b0, b1, b2, a1, a2;
  double above(double x) const { return b0 + x * (b1 + x * b2); }
  double below(double x) const { return 1.0 + x * (a1 + x * a2); }
};

// What is to be met: ln |H|^2 of the prototype at kPoints values of x.
struct Wanted {
  double unit = 1.0;  // sin^2(w/2) at the section's own frequency, so that x is about 1 where it matters
  std::array<double, kPoints> x{};
  std::array<double, kPoints> log_power{};
};

Wanted wanted_of(const AnalogueSection& section, double rate) {
  const auto height = [&](double hz) {
    const double sine = std::sin(std::numbers::pi * hz / rate);
    return sine * sine;
  };
  const double centre_hz = std::min(section.hz, kHighestCentre * rate);
  const double top_hz = kTop * rate, low_hz = centre_hz / 64.0;
  Wanted wanted;
  wanted.unit = height(centre_hz);
  const double width = section.a1 / std::sqrt(section.a0 * section.a2);  // 1 / Q
  for (std::size_t i = 0; i < kPoints; ++i) {
    // In turn: even on a logarithmic scale; on a linear one, denser towards both ends; about the centre.
    const std::size_t third = i / 3;
    const double part = (static_cast<double>(third) + 0.5) / (static_cast<double>(kPoints) / 3.0);
    double hz = centre_hz * std::exp(std::asinh(3.0 * width * (part - 0.5)));
    if (i % 3 == 0 || hz > top_hz) hz = low_hz * std::pow(top_hz / low_hz, part);
    if (i % 3 == 1) hz = top_hz * (0.5 - 0.5 * std::cos(std::numbers::pi * part));
    wanted.x[i] = height(hz) / wanted.unit;
    wanted.log_power[i] = std::log(section.power(hz));
  }
  return wanted;
}

// |q0 + q1 z^-1 + q2 z^-2|^2 as a polynomial in sin^2(w/2).
std::array<double, 3> power_of(double q0, double q1, double q2) {
  const double dc = q0 + q1 + q2, nyquist = q0 - q1 + q2;
  return {dc * dc, nyquist * nyquist - dc * dc - 16.0 * q0 * q2, 16.0 * q0 * q2};
}

// And back, with the roots inside the unit circle (Vicanek, eq. 29); nothing where it is no power.
std::optional<std::array<double, 3>> roots_of(double c0, double c1, double c2) {
  const double nyquist = c0 + c1 + c2;
  if (!(c0 > 0.0) || !(nyquist > 0.0)) return std::nullopt;
  const double half = 0.5 * (std::sqrt(c0) + std::sqrt(nyquist));
  const double under = half * half - c2 / 4.0;
  if (!(under >= 0.0)) return std::nullopt;
  const double q0 = 0.5 * (half + std::sqrt(under));
  return std::array<double, 3>{q0, 0.5 * (std::sqrt(c0) - std::sqrt(nyquist)), c2 / (16.0 * q0)};
}

std::optional<Biquad> filter_of(const PowerRatio& p, double unit) {
  const auto b = roots_of(p.b0, p.b1 / unit, p.b2 / (unit * unit));
  const auto a = roots_of(1.0, p.a1 / unit, p.a2 / (unit * unit));
  if (!b || !a) return std::nullopt;
  return Biquad{(*b)[0] / (*a)[0], (*b)[1] / (*a)[0], (*b)[2] / (*a)[0], (*a)[1] / (*a)[0],
                (*a)[2] / (*a)[0]};
}

// Neither poles nor zeros ring much longer than those the fit began with. Without this a wide filter in the
// treble could be met at every point and hide a spike between two of them.
bool calm(const Biquad& filter, const Biquad& start) {
  return 1.0 - filter.a2 >= 0.3 * (1.0 - start.a2) &&
         1.0 - filter.b2 / filter.b0 >= 0.3 * (1.0 - start.b2 / start.b0);
}

// Poles or zeros of an analogue quadratic moved to the digital plane by z = exp(s / rate): the q1 and q2 of
// 1 + q1 z^-1 + q2 z^-2.
std::array<double, 2> moved(double c0, double c1, double c2, double radians_per_frame) {
  const double middle = -0.5 * c1 / c2, under = middle * middle - c0 / c2;
  const double fall = std::exp(middle * radians_per_frame);
  const double apart = std::sqrt(std::abs(under)) * radians_per_frame;
  return {-2.0 * fall * (under < 0.0 ? std::cos(apart) : std::cosh(apart)), fall * fall};
}

Biquad pole_matched(const AnalogueSection& s, double rate) {
  const double radians = 2.0 * std::numbers::pi * s.hz / rate;
  const auto b = moved(s.b0, s.b1, s.b2, radians), a = moved(s.a0, s.a1, s.a2, radians);
  const double gain = s.b0 / s.a0 * (1.0 + a[0] + a[1]) / (1.0 + b[0] + b[1]);
  return {gain, gain * b[0], gain * b[1], a[0], a[1]};
}

PowerRatio ratio_of(const Biquad& filter, double unit) {
  const auto b = power_of(filter.b0, filter.b1, filter.b2);
  const auto a = power_of(1.0, filter.a1, filter.a2);
  return {b[0] / a[0], b[1] * unit / a[0], b[2] * unit * unit / a[0], a[1] * unit / a[0],
          a[2] * unit * unit / a[0]};
}

struct Miss {
  double square = 0.0;  // sum over the points
  double worst = 0.0;
};

Miss miss_of(const PowerRatio& p, const Wanted& wanted) {
  Miss miss;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double apart =
        wanted.log_power[i] - std::log(p.above(wanted.x[i]) / p.below(wanted.x[i]));  // NaN below 0
    miss.square += apart * apart;
    miss.worst = std::max(miss.worst, std::abs(apart));
  }
  return miss;
}

// Gaussian elimination with pivots, in place; false where there is no single answer.
bool solve(Matrix& m, Vector& v) {
  for (std::size_t k = 0; k < kUnknowns; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < kUnknowns; ++i)
      if (std::abs(m[i][k]) > std::abs(m[pivot][k])) pivot = i;
    if (!(std::abs(m[pivot][k]) > 0.0)) return false;
    std::swap(m[k], m[pivot]);
    std::swap(v[k], v[pivot]);
    for (std::size_t i = k + 1; i < kUnknowns; ++i) {
      const double factor = m[i][k] / m[k][k];
      for (std::size_t j = k; j < kUnknowns; ++j) m[i][j] -= factor * m[k][j];
      v[i] -= factor * v[k];
    }
  }
  for (std::size_t k = kUnknowns; k-- > 0;) {
    for (std::size_t j = k + 1; j < kUnknowns; ++j) v[k] -= m[k][j] * v[j];
    v[k] /= m[k][k];
  }
  return true;
}

// One damped Gauss-Newton step from `p`; nothing where it has no solution.
std::optional<PowerRatio> step_from(const PowerRatio& p, const Wanted& wanted, double damping) {
  Matrix m{};
  Vector v{};
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double x = wanted.x[i], above = p.above(x), below = p.below(x);
    const double apart = wanted.log_power[i] - std::log(above / below);
    const Vector slope = {1.0 / above, x / above, x * x / above, -x / below, -x * x / below};
    for (std::size_t j = 0; j < kUnknowns; ++j) {
      v[j] += slope[j] * apart;
      for (std::size_t k = 0; k < kUnknowns; ++k) m[j][k] += slope[j] * slope[k];
    }
  }
  for (std::size_t j = 0; j < kUnknowns; ++j) m[j][j] *= 1.0 + damping;
  if (!solve(m, v)) return std::nullopt;
  return PowerRatio{p.b0 + v[0], p.b1 + v[1], p.b2 + v[2], p.a1 + v[3], p.a2 + v[4]};
}

}  // namespace

Biquad bilinear(const AnalogueSection& s, double sample_rate_hz) noexcept {
  const double hz = std::min(s.hz, kHighestCentre * sample_rate_hz);
  const double k = 1.0 / std::tan(std::numbers::pi * hz / sample_rate_hz);
  if (s.a2 == 0.0 && s.b2 == 0.0) {  // first order
    const double a0 = s.a0 + s.a1 * k;
    return {(s.b0 + s.b1 * k) / a0, (s.b0 - s.b1 * k) / a0, 0.0, (s.a0 - s.a1 * k) / a0, 0.0};
  }
  const double k2 = k * k;
  const double a0 = s.a0 + s.a1 * k + s.a2 * k2;
  return {(s.b0 + s.b1 * k + s.b2 * k2) / a0, 2.0 * (s.b0 - s.b2 * k2) / a0,
          (s.b0 - s.b1 * k + s.b2 * k2) / a0, 2.0 * (s.a0 - s.a2 * k2) / a0,
          (s.a0 - s.a1 * k + s.a2 * k2) / a0};
}

Biquad matched(const AnalogueSection& section, double sample_rate_hz) noexcept {
  const Wanted wanted = wanted_of(section, sample_rate_hz);
  Biquad start = bilinear(section, sample_rate_hz);
  const Biquad other = pole_matched(section, sample_rate_hz);
  if (miss_of(ratio_of(other, wanted.unit), wanted).square <
      miss_of(ratio_of(start, wanted.unit), wanted).square)
    start = other;
  Biquad best = start;
  PowerRatio now = ratio_of(start, wanted.unit);
  Miss miss = miss_of(now, wanted);
  double least = miss.worst;
  double damping = 1e-3;
  for (int step = 0; step < kMostSteps && least > kGoodEnough; ++step) {
    const auto next = step_from(now, wanted, damping);
    if (!next) break;
    const auto filter = filter_of(*next, wanted.unit);
    const Miss after = miss_of(*next, wanted);
    if (!filter || !calm(*filter, start) || !(after.square < miss.square)) {
      damping *= 10.0;
      continue;
    }
    const bool settled = after.square > 0.998 * miss.square;
    damping *= 0.1;
    now = *next;
    miss = after;
    if (miss.worst < least) {
      least = miss.worst;
      best = *filter;
    }
    if (settled) break;
  }
  return best;
}

}  // namespace lacquer
