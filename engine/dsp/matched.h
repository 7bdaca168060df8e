#pragma once

#include "dsp/analogue.h"
#include "dsp/biquad.h"

namespace lacquer {

// The digital filter that follows an analogue bell or shelf all the way up.
//
// The bilinear transform squeezes the whole analogue axis below the Nyquist frequency, which makes bells and
// shelves in the treble narrower than drawn ("cramped"). Here the magnitude is fitted instead: a second-order
// section's |H|^2 is a ratio of two quadratics in sin^2(w/2), an idea of M. Vicanek, "Matched Second Order
// Digital Filters" (2016, https://vicanek.de/articles/BiquadFits.pdf), who solves for three frequencies;
// this one begins at the bilinear transform and lets Gauss-Newton steps (damped after Levenberg and
// Marquardt) bring the logarithm of that ratio to the analogue one's at 96 frequencies up to 0.92 of Nyquist,
// keeping poles and zeros inside the unit circle.
//
// Measured for gains within 6 dB, Q 0.1 to 12 (shelves to 1), 10 Hz to 20 kHz: within 0.1 dB of the prototype
// up to 0.9 of Nyquist at every rate from 44.1 kHz on. About 0.1 ms of work; allocates nothing.
Biquad matched(const AnalogueSection& section, double sample_rate_hz) noexcept;

// The bilinear transform, exact at `section.hz`: for corners far below the Nyquist frequency, where it keeps
// zeros at 0 Hz what they are.
Biquad bilinear(const AnalogueSection& section, double sample_rate_hz) noexcept;

}  // namespace lacquer
