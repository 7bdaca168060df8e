#include "measure/ceiling.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/decibels.h"

namespace lacquer {

namespace {

constexpr double kStepDb = 0.01;
constexpr int kHalfWindow = 5;  // +-0.05 dB
constexpr int kTop = 50;        // the ceiling lies within 0.5 dB of the highest peak
constexpr int kBelow = 100;     // what is compared: the 1 dB under the window
constexpr int kDepth = 2000;    // 20 dB: quieter tenths never came near the ceiling
constexpr int kFewest = 50;
// Per hundredth of a decibel, at the ceiling against under it: a smooth distribution falls towards its top.
constexpr double kPileUp = 4.0;
constexpr double kTenthS = 0.1;
constexpr double kMergeS = 1.0;
constexpr std::size_t kMostRanges = 1000;

}  // namespace

std::optional<Ceiling> find_ceiling(std::span<const float> tenths) {
  const float highest = tenths.empty() ? 0.0F : *std::max_element(tenths.begin(), tenths.end());
  const auto top_db = gain_to_db(highest);
  if (!top_db) return std::nullopt;
  // counts[i]: tenths i hundredths of a decibel below the top.
  std::array<int, kDepth + 1> counts{};
  const auto below_top = [&](float peak) {
    const double db = gain_to_db(peak).value_or(-1000.0);
    return static_cast<int>(std::lround(std::min((*top_db - db) / kStepDb, kDepth + 1.0)));
  };
  int all = 0;
  for (const float tenth : tenths) {
    const int at = below_top(tenth);
    if (at > kDepth) continue;
    ++counts[static_cast<std::size_t>(at)];
    ++all;
  }
  const auto between = [&](int first, int last) {
    int sum = 0;
    for (int i = std::max(0, first); i <= std::min(last, kDepth); ++i)
      sum += counts[static_cast<std::size_t>(i)];
    return sum;
  };
  int best = 0;
  for (int at = 0; at <= kTop; ++at)
    if (between(at - kHalfWindow, at + kHalfWindow) > between(best - kHalfWindow, best + kHalfWindow))
      best = at;
  const int here = between(best - kHalfWindow, best + kHalfWindow);
  if (here < kFewest) return std::nullopt;
  const int under = between(best + kHalfWindow + 1, best + kHalfWindow + kBelow);
  if (here * static_cast<double>(kBelow) < kPileUp * (2 * kHalfWindow + 1) * under) return std::nullopt;
  Ceiling ceiling{*top_db - best * kStepDb, here, here / static_cast<double>(all), {}};
  for (std::size_t i = 0; i < tenths.size(); ++i) {
    if (std::abs(below_top(tenths[i]) - best) > kHalfWindow) continue;
    const double from = static_cast<double>(i) * kTenthS;
    if (!ceiling.when.empty() && from - ceiling.when.back().to_s < kMergeS)
      ceiling.when.back().to_s = from + kTenthS;
    else if (ceiling.when.size() < kMostRanges)
      ceiling.when.push_back({from, from + kTenthS});
  }
  return ceiling;
}

}  // namespace lacquer
