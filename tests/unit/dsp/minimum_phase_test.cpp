#include "dsp/minimum_phase.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "core/noise.h"
#include "dsp/convolver.h"

namespace lacquer {
namespace {

// A one-pole low-pass: its impulse response is known, and it has minimum phase.
TEST(MinimumPhase, OfAOnePoleLowPassIsItsOwnImpulseResponse) {
  constexpr double kPole = 0.9;
  constexpr int kSize = 4096;
  const auto gain_db = [=](int bin) {
    const std::complex<double> z = std::polar(1.0, -2.0 * std::numbers::pi * bin / kSize);
    return -20.0 * std::log10(std::abs(1.0 - kPole * z));
  };
  const std::vector<float> taps = minimum_phase(kSize, gain_db);
  // Single precision through three transforms.
  for (int n = 0; n < 100; ++n) EXPECT_NEAR(taps[static_cast<std::size_t>(n)], std::pow(kPole, n), 1e-5) << n;
}

TEST(PairConvolver, GivesEachStreamTheSumOfItsOwnShiftedTaps) {
  const std::vector<float> first = {1.0F, 0.5F, 0.0F, -0.25F}, second = {0.0F, 0.0F, 2.0F, 0.0F};
  PairConvolver convolver(first, second);
  const auto block = static_cast<std::size_t>(convolver.block_frames());
  NoiseGenerator noise(7);
  std::vector<float> a(5 * block), b(a.size()), a_out(a.size()), b_out(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    a[i] = static_cast<float>(noise.white()), b[i] = static_cast<float>(noise.white());
  for (std::size_t at = 0; at < a.size(); at += block)
    convolver.process({a.data() + at, block}, {b.data() + at, block}, {a_out.data() + at, block},
                      {b_out.data() + at, block});
  for (std::size_t i = 3; i < a.size(); ++i) {
    EXPECT_NEAR(a_out[i], a[i] + 0.5F * a[i - 1] - 0.25F * a[i - 3], 2e-6) << i;
    EXPECT_NEAR(b_out[i], 2.0F * b[i - 2], 2e-6) << i;
  }
}

}  // namespace
}  // namespace lacquer
