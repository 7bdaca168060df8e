// Every instruction set against the loops written out.
#include "measure/source_kernels.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "core/noise.h"
#include "dsp/simd.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRelative = 1e-6;

class SourceKernels : public ::testing::Test {
 protected:
  ~SourceKernels() override { force_simd_target(""); }
};

std::vector<float> noise_of(std::size_t frames, std::uint64_t seed) {
  NoiseGenerator noise(seed);
  std::vector<float> x(frames);
  for (std::size_t i = 0; i < frames; ++i)
    x[i] = i % 160 < 40 ? 0.0F : static_cast<float>(0.5 * noise.white());
  return x;
}

TEST_F(SourceKernels, AgreeOnEveryTargetWithThePlainLoops) {
  const auto seed = test::test_seed(61);
  const auto left = noise_of(1200, seed), right = noise_of(1200, seed + 1);
  const float* x = left.data() + 8;
  std::vector<float> taps(48);
  for (std::size_t k = 0; k < taps.size(); ++k)
    taps[k] = static_cast<float>(std::sin(0.1 * static_cast<double>(k)));
  for (const auto& target : simd_targets()) {
    SCOPED_TRACE(target + ", seed " + std::to_string(seed));
    ASSERT_TRUE(force_simd_target(target));

    std::vector<float> energy(16), jerk_peak(16), jerk_energy(16);
    std::vector<std::uint8_t> quiet(64);
    survey_cell(x, 1024, 64, 1e-4F, {energy.data(), jerk_peak.data(), jerk_energy.data(), quiet.data()});
    for (int s = 0; s < 16; ++s) {
      double e = 0.0, peak = 0.0, jerks = 0.0;
      for (int i = s * 64; i < s * 64 + 64; ++i) {
        const double jerk = static_cast<double>(x[i]) - 2.0 * x[i - 1] + x[i - 2];
        e += static_cast<double>(x[i]) * x[i];
        jerks += jerk * jerk;
        peak = std::max(peak, std::abs(jerk));
      }
      const auto at = static_cast<std::size_t>(s);
      EXPECT_NEAR(energy[at], e, kRelative * (1e-9 + e));
      EXPECT_NEAR(jerk_energy[at], jerks, kRelative * (1e-9 + jerks));
      EXPECT_NEAR(jerk_peak[at], peak, kRelative * (1e-9 + peak));
    }
    for (int s = 0; s < 64; ++s) {
      bool all = true;
      for (int i = s * 16; i < s * 16 + 16; ++i) all = all && std::abs(x[i]) <= 1e-4F;
      EXPECT_EQ(quiet[static_cast<std::size_t>(s)] != 0, all);
    }

    for (const int outputs : {1, 4, 7, 128}) {
      std::vector<float> out(static_cast<std::size_t>(outputs));
      decimate(x, outputs, 8, taps.data(), 48, out.data());
      for (int i = 0; i < outputs; ++i) {
        double sum = 0.0;
        for (int k = 0; k < 48; ++k)
          sum += static_cast<double>(taps[static_cast<std::size_t>(k)]) * x[8 * i + k];
        // Rounding of 48 products of at most 0.5.
        EXPECT_NEAR(out[static_cast<std::size_t>(i)], sum, 48 * 0.5 * 6e-8) << i;
      }
    }

    std::vector<std::uint16_t> places(1024);
    for (const int frames : {1024, 37}) {
      std::vector<int> expected;
      for (int i = 0; i < frames; ++i) {
        const auto key = (std::bit_cast<std::uint32_t>(x[i]) ^
                          std::rotr(std::bit_cast<std::uint32_t>(right[static_cast<std::size_t>(i)]), 13)) *
                         0x9E3779B1U;
        if (key != 0 && key <= 0x10000000U) expected.push_back(i);
      }
      const int found = find_landmarks(x, right.data(), frames, places.data());
      EXPECT_EQ(expected, std::vector<int>(places.begin(), places.begin() + found));
      EXPECT_NEAR(found, frames * 3 / 4 / 16, 30) << "a sixteenth of what is not zero";
    }

    const PairSums sums = pair_sums(x, right.data(), 1021, 0.7F);
    double ll = 0.0, rr = 0.0, lr = 0.0, dd = 0.0;
    for (int i = 0; i < 1021; ++i) {
      const double l = x[i], r = right[static_cast<std::size_t>(i)];
      ll += l * l, rr += r * r, lr += l * r;
      dd += (r - static_cast<double>(0.7F) * l) * (r - static_cast<double>(0.7F) * l);
    }
    EXPECT_NEAR(sums.left, ll, kRelative * ll);
    EXPECT_NEAR(sums.right, rr, kRelative * rr);
    EXPECT_NEAR(sums.cross, lr, kRelative * (ll + rr));
    EXPECT_NEAR(sums.difference, dd, kRelative * dd);

    std::vector<float> coarse(left);
    for (float& value : coarse) value = std::round(value * 2048.0F) / 2048.0F;
    SampleBits bits = sample_bits(coarse.data(), 1021);
    EXPECT_TRUE(bits.on_grid);
    EXPECT_EQ(std::countr_zero(bits.used), 12);
    coarse[1019] = 1e-9F;
    EXPECT_FALSE(sample_bits(coarse.data(), 1021).on_grid);
  }
}

}  // namespace
}  // namespace lacquer
