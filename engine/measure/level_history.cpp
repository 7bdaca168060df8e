#include "measure/level_history.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lacquer {

namespace {
constexpr std::size_t kTenths = 30;  // of a second in a block
constexpr double kTenthS = 0.1;
constexpr double kLowestLufs = -70.0;
constexpr int kClasses = 80;
}  // namespace

std::vector<LoudnessShare> loudness_histogram(std::span<const float> short_term_lufs) {
  std::array<int, kClasses> counts{};
  int all = 0;
  for (std::size_t i = kTenths; i <= short_term_lufs.size(); i += kTenths) {
    const double at = std::floor(static_cast<double>(short_term_lufs[i - 1]) - kLowestLufs);
    if (!(at >= 0.0)) continue;
    ++counts[static_cast<std::size_t>(std::min<double>(at, kClasses - 1))];
    ++all;
  }
  std::vector<LoudnessShare> histogram;
  const auto used = [](int count) { return count > 0; };
  const auto first = std::find_if(counts.begin(), counts.end(), used);
  const auto end = std::find_if(counts.rbegin(), counts.rend(), used).base();
  for (auto at = first; at < end; ++at)
    histogram.push_back(
        {kLowestLufs + static_cast<double>(at - counts.begin()), *at / static_cast<double>(all)});
  return histogram;
}

std::optional<LevelSteps> level_steps(std::span<const float> short_term_lufs, double gate_lufs) {
  std::vector<double> steps;
  LevelSteps result;
  for (std::size_t i = 2 * kTenths; i <= short_term_lufs.size(); i += kTenths) {
    const double before = short_term_lufs[i - 1 - kTenths];
    const double now = short_term_lufs[i - 1];
    if (!(before > gate_lufs) || !(now > gate_lufs)) continue;
    steps.push_back(std::abs(now - before));
    if (steps.back() < result.largest_lu) continue;
    result.largest_lu = steps.back();
    result.largest_at_s = static_cast<double>(i - kTenths) * kTenthS;
  }
  if (steps.empty()) return std::nullopt;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  result.median_lu = *middle;
  return result;
}

}  // namespace lacquer
