#include "dsp/waveshaper.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "dsp/simd.h"

namespace lacquer {
namespace {

double bent(Bend curve, double u) {
  const double b = kAsymmetry, knee = kTopKnee;
  switch (curve) {
    case Bend::kTanh:
      return std::tanh(u);
    case Bend::kAsymmetric:
      return (std::tanh(u + b) - std::tanh(b)) / (1.0 - std::tanh(b) * std::tanh(b));
    case Bend::kRoot:
      return u / std::sqrt(1.0 + u * u);
    case Bend::kTop:
      if (std::abs(u) <= knee) return u;
      return std::copysign(knee + (1.0 - knee) * std::tanh((std::abs(u) - knee) / (1.0 - knee)), u);
  }
  return 0.0;
}

TEST(Waveshaper, IsItsFormulaOnEveryInstructionSet) {
  for (const auto& target : simd_targets()) {
    ASSERT_TRUE(force_simd_target(target));
    for (const Bend curve : {Bend::kTanh, Bend::kAsymmetric, Bend::kRoot, Bend::kTop}) {
      std::vector<float> samples;
      for (int i = -4003; i <= 4003; ++i) samples.push_back(static_cast<float>(i) * 0.002F);
      auto out = samples;
      bend(curve, out);
      for (std::size_t i = 0; i < samples.size(); ++i) {
        const double u = samples[i];
        // Single precision of values up to 8, through a few operations.
        ASSERT_NEAR(static_cast<double>(out[i]), bent(curve, u) - u, 3e-6) << target << " " << u;
      }
    }
  }
  force_simd_target("");
}

TEST(Waveshaper, LeavesTheBottomOfAClippedWaveformAlone) {
  std::vector<float> samples = {-0.7F, -0.5F, 0.0F, 1e-6F, 0.69F};
  bend(Bend::kTop, samples);
  for (const float added : samples) EXPECT_EQ(added, 0.0F);
}

}  // namespace
}  // namespace lacquer
