#include "dsp/gap_bridge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/noise.h"

namespace lacquer {
namespace {

using Curve = std::vector<double>;

Curve bridged(const Curve& curve, int gap, int long_gap, int lasts) {
  GapBridge bridge;
  bridge.prepare(long_gap, lasts);
  bridge.set(gap, long_gap, lasts);
  Curve out;
  const auto latency = static_cast<std::size_t>(bridge.latency_cells());
  for (std::size_t k = 0; k < curve.size() + latency; ++k) {
    const double value = bridge.push(k < curve.size() ? curve[k] : 0.0);
    if (k >= latency) out.push_back(value);
  }
  return out;
}

// The highest level that holds over some stretch of `width` cells around k.
double plateau(const Curve& curve, std::size_t k, std::size_t width) {
  double best = -1e9;
  for (std::size_t first = k + 1 >= width ? k + 1 - width : 0; first <= k && first + width <= curve.size();
       ++first)
    best = std::max(best, *std::min_element(curve.begin() + static_cast<std::ptrdiff_t>(first),
                                            curve.begin() + static_cast<std::ptrdiff_t>(first + width)));
  return best;
}

// The least over all stretches of `width` cells around k of the highest in each.
double filled(const Curve& curve, std::size_t k, std::size_t width) {
  double best = 1e9;
  for (std::size_t first = k + 1 >= width ? k + 1 - width : 0; first <= k && first + width <= curve.size();
       ++first)
    best = std::min(best, *std::max_element(curve.begin() + static_cast<std::ptrdiff_t>(first),
                                            curve.begin() + static_cast<std::ptrdiff_t>(first + width)));
  return best;
}

TEST(GapBridge, AgreesWithLookingAtEveryStretch) {
  NoiseGenerator noise(7);
  Curve curve(400, 0.0);
  for (std::size_t k = 100; k < 300; ++k)
    if (noise.uniform() < 0.1) curve[k] = 10.0 * noise.uniform();
  const Curve out = bridged(curve, 9, 17, 40);
  Curve long_filled(curve.size());
  for (std::size_t k = 0; k < curve.size(); ++k) long_filled[k] = filled(curve, k, 17);
  for (std::size_t k = 60; k < 340; ++k)
    ASSERT_EQ(out[k], std::max(filled(curve, k, 9), plateau(long_filled, k, 40))) << k;
}

TEST(GapBridge, LeavesALonePeakAndTwoFarNeighboursAlone) {
  Curve curve(400, 0.0);
  curve[100] = 6.0;
  curve[200] = 5.0;
  curve[214] = 4.0;  // nearer than the long gap, but nothing that lasts
  EXPECT_EQ(bridged(curve, 9, 17, 40), curve);
}

TEST(GapBridge, WindowsOfOneDoNothing) {
  NoiseGenerator noise(8);
  Curve curve(100);
  for (double& value : curve) value = noise.uniform();
  EXPECT_EQ(bridged(curve, 1, 1, 1), curve);
}

}  // namespace
}  // namespace lacquer
