#pragma once

#include <vector>

namespace lacquer {

// Kaiser window value at position x in [-1, 1]; `beta` sets side lobes against width.
// Kaiser & Schafer, "On the use of the I0-sinh window for spectrum analysis", IEEE ASSP 28(1), 1980.
double kaiser(double x, double beta);

// Interpolation filter for `ratio`-fold oversampling: phase p (0 ≤ p < ratio) gives the value at p/ratio of a
// sample after its centre tap, from `taps` neighbouring samples (even). A sinc under a Kaiser window; each
// phase sums to 1, so that a constant is reproduced exactly. Row p is taps long, in the order of the samples.
std::vector<std::vector<double>> interpolation_phases(int ratio, int taps, double beta);

}  // namespace lacquer
