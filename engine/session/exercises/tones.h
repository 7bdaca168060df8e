#pragma once

#include <cstdint>

#include "session/exercises/sound.h"

namespace lacquer {

// Sounds that exercises make themselves, at 48 kHz.
inline constexpr double kToneRateHz = 48000.0;

// The frequencies from from_hz upwards, so many to the octave, none above to_hz.
std::vector<double> sine_steps(double from_hz, double to_hz, int steps_per_octave);
// One after the other, each with short fades; level_dbfs is the RMS of a channel.
Sound steps_sound(const std::vector<double>& hz, double step_s, double level_dbfs);
// Pink within 0.1 dB from 20 Hz to 20 kHz (Kellet's filter), each channel its own; level_dbfs by RMS.
Sound pink_noise(double seconds, double level_dbfs, std::uint64_t seed);
// A short click on every beat, the first of four higher.
Sound clicks(double bpm, double seconds);

}  // namespace lacquer
