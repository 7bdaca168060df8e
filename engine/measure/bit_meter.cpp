#include "measure/bit_meter.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "measure/source_kernels.h"

namespace lacquer {

namespace {
constexpr double kFullScale = 8388608.0;  // 2^23 steps
constexpr int kReach = 1 << 17;           // values within -36 dBFS are looked at
constexpr int kEveryCell = 4;  // one cell in four is enough for the lattice, one in sixteen later on
constexpr int kEveryCellLater = 16;
constexpr std::int64_t kLaterCells = 256;
constexpr std::int64_t kChunkValues = 16384;
constexpr std::int64_t kLeastValues = 2048;
constexpr int kDitherGap = 3;  // values this close belong to one dithered step
constexpr int kLeastStep = 8;  // 21 bits: finer steps and dither look alike
constexpr int kWidestCluster = 5;
constexpr double kEvidence = 20.0;  // gaps that chance would have filled
constexpr double kSteady = 0.8;     // share of the chunks that must agree

// The step of the lattice that ascending `values` stand on; empty when they stand on none.
std::optional<double> lattice_step(const std::vector<int>& values) {
  if (values.size() < 32) return std::nullopt;
  std::vector<double> clusters;
  int first = values.front(), narrowest = 2 * kReach;
  for (std::size_t i = 1; i <= values.size(); ++i) {
    const int gap = i < values.size() ? values[i] - values[i - 1] : 2 * kReach;
    if (gap <= kDitherGap) continue;
    if (values[i - 1] - first > kWidestCluster) return std::nullopt;
    clusters.push_back(0.5 * (first + values[i - 1]));
    if (i == values.size()) break;
    narrowest = std::min(narrowest, gap);
    first = values[i];
  }
  const double range = clusters.back() - clusters.front();
  const auto count = static_cast<double>(clusters.size());
  if (clusters.size() < 32 || narrowest < kLeastStep ||
      count * count * (narrowest - kDitherGap) / range < kEvidence)
    return std::nullopt;
  // The narrowest gap is the step less what rounding and dither took; the whole range refines it.
  double step = 0.0, steps = 0.0;
  for (std::size_t i = 1; i < clusters.size(); ++i) {
    const double gap = clusters[i] - clusters[i - 1];
    if (gap < 1.5 * narrowest) step += gap, steps += 1.0;
  }
  step /= steps;
  double index = 0.0;
  for (std::size_t i = 1; i < clusters.size(); ++i) {
    index += std::max(1.0, std::rint((clusters[i] - clusters[i - 1]) / step));
    if (index >= 8.0) step = (clusters[i] - clusters.front()) / index;
  }
  int off = 0;
  for (const double value : clusters) {
    const double place = (value - clusters.front()) / step;
    if (std::abs(place - std::rint(place)) * step > kWidestCluster * 0.5 + 1.0) ++off;
  }
  if (off * 100 > static_cast<int>(clusters.size())) return std::nullopt;
  return step;
}
}  // namespace

BitMeter::BitMeter() : seen_(2 * kReach / 64) {}

void BitMeter::add(const SourceCell& cell) {
  for (const float* x : cell.channels) {
    if (on_grid_ && (used_ & 1U) == 0) {
      const SampleBits bits = sample_bits(x, cell.frames);
      used_ |= bits.used;
      on_grid_ = on_grid_ && bits.on_grid;
    }
  }
  if (const auto number = cells_++; number % (number < kLaterCells ? kEveryCell : kEveryCellLater) != 0)
    return;
  constexpr float kLimit = (kReach - 1) / 8388608.0F;
  for (const float* x : cell.channels)
    for (int i = 0; i < cell.frames; ++i) {
      if (!(std::abs(x[i]) < kLimit) || x[i] == 0.0F) continue;
      const auto value = static_cast<unsigned>(static_cast<int>(std::lrintf(x[i] * 8388608.0F)) + kReach);
      seen_[value / 64] |= std::uint64_t{1} << (value % 64);
      ++recorded_;
    }
  if (recorded_ >= kChunkValues) evaluate();
}

void BitMeter::evaluate() {
  std::vector<int> values;
  for (std::size_t word = 0; word < seen_.size(); ++word)
    for (std::uint64_t bits = seen_[word]; bits != 0; bits &= bits - 1)
      values.push_back(static_cast<int>(word * 64) + std::countr_zero(bits) - kReach);
  std::fill(seen_.begin(), seen_.end(), 0);
  recorded_ = 0;
  if (values.size() < 32) return;
  ++chunks_;
  const auto step = lattice_step(values);
  if (!step) return;
  finest_step_ = lattice_chunks_ == 0 ? *step : std::min(finest_step_, *step);
  coarsest_step_ = std::max(coarsest_step_, *step);
  ++lattice_chunks_;
}

void BitMeter::finish() {
  if (recorded_ >= kLeastValues) evaluate();
}

std::optional<double> BitMeter::step() const {
  if (lattice_chunks_ == 0 || static_cast<double>(lattice_chunks_) < kSteady * static_cast<double>(chunks_))
    return std::nullopt;
  if (coarsest_step_ > 1.02 * finest_step_) return std::nullopt;
  return finest_step_ / kFullScale;
}

std::optional<int> BitMeter::effective_bits() const {
  std::optional<int> exact;
  if (on_grid_ && used_ != 0) exact = 24 - std::min(23, std::countr_zero(used_));
  if (const auto lattice = step()) {
    const int bits = std::clamp(static_cast<int>(std::ceil(-std::log2(*lattice) + 1.0 - 0.02)), 1, 24);
    return exact ? std::min(*exact, bits) : bits;
  }
  return exact;
}

}  // namespace lacquer
