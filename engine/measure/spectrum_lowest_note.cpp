#include "measure/spectrum_lowest_note.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/decibels.h"

namespace lacquer {

namespace {
constexpr double kLowestHz = 25.0;
constexpr double kHighestHz = 295.0;
constexpr double kQuarterTonesPerOctave = 24.0;
constexpr double kLowestLevelDb = -100.0;
constexpr double kProminence = 16.0;  // power: 12 dB
constexpr double kSteady = 4.0;       // power: 6 dB from block to block
constexpr float kNarrow = 0.063F;     // power: -12 dB three bins away
constexpr int kNarrowBins = 3;
constexpr int kNeighbours = 8;
constexpr double kWeakestDb = -25.0;  // under the mean level of the piece
constexpr double kLeastSeconds = 2.0;
constexpr double kQuietLufs = -70.0;
}  // namespace

void LowestNoteMeter::on_block(const SpectrumBlock& block) {
  const auto before = std::exchange(before_, {});
  if (!(block.loudness_lufs > kQuietLufs)) return;
  power_ += sum_of(block.bands).both() / channels_;
  ++blocks_;
  const auto& bins = block.low_bins;
  const int first = std::max(kNeighbours, static_cast<int>(std::ceil(kLowestHz / block.low_bin_hz)));
  const int end =
      std::min(static_cast<int>(bins.size()) - kNeighbours, static_cast<int>(kHighestHz / block.low_bin_hz));
  for (int k = first; k < end; ++k) {
    const float* here = bins.data() + k;
    if (here[0] <= here[-1] || here[0] < here[1]) continue;
    if (here[-kNarrowBins] > kNarrow * here[0] || here[kNarrowBins] > kNarrow * here[0]) continue;
    std::array<float, 2 * kNeighbours + 1> around;
    std::copy(here - kNeighbours, here + kNeighbours + 1, around.begin());
    std::nth_element(around.begin(), around.begin() + kNeighbours, around.end());
    if (here[0] < kProminence * around[kNeighbours]) continue;
    // A Hann window spreads a tone over three bins, whose centre of gravity is within 0.03 bins of it.
    const double power = static_cast<double>(here[-1]) + here[0] + here[1];
    const auto found = power_to_db(power);
    if (!found) continue;
    const double level = *found;
    const double hz = block.low_bin_hz * (k + (static_cast<double>(here[1]) - here[-1]) / power);
    const double quarter = std::floor(kQuarterTonesPerOctave * std::log2(hz / kLowestHz));
    const auto n = static_cast<std::size_t>(std::clamp<double>(quarter, 0, kNotes - 1));
    before_[n + 1] = static_cast<float>(power);
    const double last = *std::max_element(before.begin() + static_cast<std::ptrdiff_t>(n),
                                          before.begin() + static_cast<std::ptrdiff_t>(n) + 3);
    if (last * kSteady < power || last > kSteady * power) continue;
    Note& note = notes_[n];
    note.seconds[static_cast<std::size_t>(std::clamp<double>(level - kLowestLevelDb, 0, kLevels - 1))] +=
        static_cast<float>(block.to_s - block.from_s);
    note.weight += power;
    note.weighted_hz += power * hz;
    if (level > note.loudest_db) note.loudest_db = level, note.at_s = block.from_s;
  }
}

std::optional<LowestNote> LowestNoteMeter::result() const {
  if (blocks_ == 0) return std::nullopt;
  const auto whole = power_to_db(power_ / static_cast<double>(blocks_));
  if (!whole) return std::nullopt;
  const double weakest = *whole + kWeakestDb;
  const auto first = static_cast<std::size_t>(std::clamp<double>(weakest - kLowestLevelDb, 0, kLevels - 1));
  const auto sounding = [&](const Note& note) {
    double seconds = 0.0;
    for (std::size_t level = first; level < kLevels; ++level) seconds += note.seconds[level];
    return seconds;
  };
  for (std::size_t n = 0; n < kNotes; ++n) {
    // A note on the border of two quarter tones is counted in both: they stand for it together.
    const double own = sounding(notes_[n]);
    const double next = n + 1 < kNotes ? sounding(notes_[n + 1]) : 0.0;
    if (own <= 0.0 || own + next < kLeastSeconds) continue;
    const bool upper = next > own;
    const Note& note = notes_[upper ? n + 1 : n];
    return LowestNote{note.weighted_hz / note.weight, note.loudest_db, note.at_s, own + next};
  }
  return std::nullopt;
}

}  // namespace lacquer
