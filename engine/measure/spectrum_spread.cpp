#include "measure/spectrum_spread.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"

namespace lacquer {

namespace {
constexpr double kLowestLufs = -70.0;
constexpr double kLowestDb = -118.0;
constexpr double kStepDb = 0.5;
constexpr std::uint64_t kFewestBlocks = 10;

// The level below which `share` of the counted blocks lie, within its half decibel by proportion.
double percentile(const std::array<std::uint64_t, 256>& counts, std::uint64_t total, double share) {
  const double rank = share * static_cast<double>(total);
  double below = 0.0;
  for (std::size_t level = 0; level < counts.size(); ++level) {
    const auto here = static_cast<double>(counts[level]);
    if (here > 0.0 && below + here >= rank)
      return kLowestDb + kStepDb * (static_cast<double>(level) + (rank - below) / here);
    below += here;
  }
  return kLowestDb;
}
}  // namespace

SpectrumSpread::SpectrumSpread() : counts_(static_cast<std::size_t>(kLoudnessClasses) * kThirdOctaves) {}

void SpectrumSpread::on_block(const SpectrumBlock& block) {
  bands_below_nyquist_ = block.bands_below_nyquist;
  if (!(block.loudness_lufs >= kLowestLufs)) return;
  const auto row = static_cast<std::size_t>(
      std::min<double>(kLoudnessClasses - 1, (block.loudness_lufs - kLowestLufs) / kStepDb));
  for (std::size_t third = 0; third < kThirdOctaves; ++third) {
    const double power =
        sum_of(block.bands.subspan(third * kBandsPerThirdOctave, kBandsPerThirdOctave)).both();
    const double level = (power_to_db(power).value_or(kLowestDb) - kLowestDb) / kStepDb;
    ++counts_[row * kThirdOctaves + third]
             [static_cast<std::size_t>(std::clamp<double>(level, 0, kLevels - 1))];
  }
}

std::array<std::optional<double>, kThirdOctaves> SpectrumSpread::spread_db(double gate_lufs) const {
  std::array<std::optional<double>, kThirdOctaves> result;
  const auto first = static_cast<std::size_t>(
      std::clamp<double>((gate_lufs - kLowestLufs) / kStepDb, 0.0, kLoudnessClasses));
  for (std::size_t third = 0; third < kThirdOctaves; ++third) {
    if (static_cast<int>(third + 1) * kBandsPerThirdOctave > bands_below_nyquist_) break;
    std::array<std::uint64_t, kLevels> counts{};
    std::uint64_t total = 0;
    for (std::size_t row = first; row < kLoudnessClasses; ++row)
      for (std::size_t level = 0; level < kLevels; ++level) {
        const std::uint32_t here = counts_[row * kThirdOctaves + third][level];
        counts[level] += here;
        total += here;
      }
    if (total >= kFewestBlocks)
      result[third] = percentile(counts, total, 0.95) - percentile(counts, total, 0.10);
  }
  return result;
}

}  // namespace lacquer
