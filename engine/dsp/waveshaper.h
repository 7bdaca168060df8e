#pragma once

#include <span>

namespace lacquer {

// How a waveform is bent: f(u), with slope 1 at 0 so that quiet passages keep their level.
enum class Bend {
  kTanh,        // tanh u: odd harmonics, settles at 1
  kAsymmetric,  // (tanh(u + b) - tanh b) / (1 - tanh^2 b), b = kAsymmetry: even ones as well
  kRoot,        // u / sqrt(1 + u^2): odd harmonics, a rounder knee than tanh, settles at 1
  kTop,         // u up to kTopKnee, from there tanh up to 1: only peaks are touched
};
inline constexpr float kAsymmetry = 0.3F;
inline constexpr float kTopKnee = 0.7F;

// Replaces each u by f(u) - u, what bending adds: what is not bent can then bypass all filters. Vectorised.
void bend(Bend curve, std::span<float> samples) noexcept;

}  // namespace lacquer
