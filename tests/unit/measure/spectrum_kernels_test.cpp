#include "measure/spectrum_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/noise.h"
#include "dsp/simd.h"

namespace lacquer {
namespace {

using Bins = std::vector<std::complex<float>>;

constexpr double kRelative = 1e-6;

Bins some_bins(std::size_t count, std::uint64_t seed) {
  NoiseGenerator noise(seed);
  Bins bins(count);
  for (auto& bin : bins) bin = {static_cast<float>(noise.white()), static_cast<float>(noise.white())};
  return bins;
}

std::complex<double> wide(std::complex<float> value) { return {value.real(), value.imag()}; }

// Lengths around every vector's, so that whole vectors and what is left over both count.
class SpectrumKernels : public ::testing::TestWithParam<std::size_t> {
 protected:
  ~SpectrumKernels() override { force_simd_target(""); }
};

TEST_P(SpectrumKernels, AgreeWithPlainLoopsOnEveryInstructionSet) {
  const std::size_t count = GetParam();
  const Bins left = some_bins(count, 1), right = some_bins(count, 2);
  std::vector<float> weights(count);
  for (std::size_t i = 0; i < count; ++i) weights[i] = std::abs(left[(i + 1) % count].imag());
  for (const auto& target : simd_targets()) {
    ASSERT_TRUE(force_simd_target(target));
    SCOPED_TRACE(target);
    std::vector<float> one(count), l(count), r(count), cross(count), product(count);
    Bins weighed(count);
    bin_powers(left, one);
    pair_powers(left, right, {l, r, cross});
    multiply(weights, one, product);
    weigh_sum(weights, left, right, weighed);
    const WeighedPower power = weighed_power(weights, left);
    double sum = 0.0, highest = 0.0, floats = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto a = wide(left[i]), b = wide(right[i]);
      const double w = weights[i];
      EXPECT_NEAR(one[i], std::norm(a), kRelative * std::norm(a));
      EXPECT_NEAR(l[i], std::norm(a), kRelative * std::norm(a));
      EXPECT_NEAR(r[i], std::norm(b), kRelative * std::norm(b));
      // The two products may cancel: relative to what they are made of.
      EXPECT_NEAR(cross[i], (a * std::conj(b)).real(), kRelative * std::abs(a) * std::abs(b));
      EXPECT_EQ(product[i], weights[i] * one[i]);
      EXPECT_NEAR(std::abs(wide(weighed[i]) - w * (a + b)), 0.0, kRelative * w * (std::abs(a) + std::abs(b)));
      sum += w * std::norm(a);
      highest = std::max(highest, w * std::norm(a));
      floats += weights[i];
    }
    EXPECT_NEAR(power.sum, sum, kRelative * sum);
    EXPECT_NEAR(power.highest, highest, kRelative * highest);
    EXPECT_NEAR(sum_of_floats(weights), floats, 1e-12 * floats);
  }
}

INSTANTIATE_TEST_SUITE_P(Lengths, SpectrumKernels,
                         ::testing::Values(1, 2, 3, 7, 8, 15, 16, 17, 33, 100, 4097));

}  // namespace
}  // namespace lacquer
