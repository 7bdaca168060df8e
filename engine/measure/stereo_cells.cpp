#include "measure/stereo_cells.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "measure/loudness_meter.h"

namespace lacquer {

namespace {

constexpr double kOpposed = -0.8;     // correlation
constexpr double kTogether = 0.0;     // the rest of the spectrum, when only the lows are inverted
constexpr double kWideDb = -8.0;      // side to mid below 120 Hz
constexpr double kTooWeak = 0.001;    // an octave 30 dB under the strongest says nothing
constexpr double kSilentLows = 1e-4;  // of the whole power: lows 40 dB down have no image
constexpr std::size_t kMostRanges = 1000;
constexpr double kMergeS = 0.1;

std::size_t end_of_lows() { return static_cast<std::size_t>(nearest_band_edge(kStereoEdgesHz[1])); }

double correlation_of(const BandPower& power) {
  if (power.left <= 0.0 || power.right <= 0.0) return 0.0;
  return std::clamp(power.cross / std::sqrt(power.left * power.right), -1.0, 1.0);
}

void mark(std::vector<TimeRange>& ranges, double from_s, double to_s) {
  if (!ranges.empty() && from_s - ranges.back().to_s < kMergeS)
    ranges.back().to_s = to_s;
  else if (ranges.size() < kMostRanges)
    ranges.push_back({from_s, to_s});
}

}  // namespace

void StereoCells::on_block(const SpectrumBlock& block) {
  if (blocks_ == 0) from_s_ = block.from_s;
  to_s_ = block.to_s;
  for (std::size_t b = 0; b < kBands; ++b) sum_[b] += block.bands[b];
  power_ += std::isfinite(block.loudness_lufs) ? power_of_loudness(block.loudness_lufs) : 0.0;
  if (++blocks_ == kBlocksPerCell) end_cell();
}

void StereoCells::end_cell() {
  if (const auto loudness = loudness_of_power(power_ / blocks_)) {
    const std::span<const BandPower> bands(sum_);
    const BandPower lows = sum_of(bands.first(end_of_lows()));
    const BandPower whole = sum_of(bands);
    Cell cell{.from_s = from_s_, .to_s = to_s_, .loudness_lufs = *loudness};
    cell.correlation = static_cast<float>(correlation_of(whole));
    const bool has_lows = lows.both() > kSilentLows * whole.both();
    cell.low_correlation = has_lows ? static_cast<float>(correlation_of(lows)) : 0.0F;
    cell.low_side_to_mid_db = has_lows ? static_cast<float>(side_to_mid_db(lows)) : -120.0F;
    std::array<BandPower, kStereoOctaves> octaves;
    double strongest = 0.0;
    for (int k = 0; k < kStereoOctaves; ++k) {
      BandPower& octave = octaves[static_cast<std::size_t>(k)];
      octave = sum_of(bands.subspan(static_cast<std::size_t>(octave_first_band(k)), kBandsPerOctave));
      strongest = std::max(strongest, octave.both());
    }
    for (int k = 0; k < kStereoOctaves; ++k) {
      const BandPower& octave = octaves[static_cast<std::size_t>(k)];
      if (octave.both() <= kTooWeak * strongest) continue;
      const auto loss = static_cast<float>(mono_loss_db(octave));
      if (loss > cell.worst_loss_db) cell.worst_loss_db = loss, cell.worst_octave = k;
    }
    cells_.push_back(cell);
  }
  sum_ = {};
  power_ = 0.0;
  blocks_ = 0;
}

void StereoCells::report(const SpectrumAverage::Bands& average, double gate_lufs, StereoResult& into) const {
  const std::span<const BandPower> bands(average);
  const BandPower whole = sum_of(bands);
  if (whole.both() <= 0.0) return;
  const BandPower lows = sum_of(bands.first(end_of_lows()));
  const BandPower rest = sum_of(bands.subspan(end_of_lows()));
  PolarityResult polarity;
  polarity.whole_inverted = correlation_of(whole) < kOpposed;
  if (lows.both() > kSilentLows * whole.both()) {
    into.low_side_to_mid_db = side_to_mid_db(lows);
    polarity.lows_inverted = correlation_of(lows) < kOpposed && correlation_of(rest) > kTogether;
  }
  int active = 0, opposed = 0, lows_opposed = 0, wide = 0;
  const Cell* worst = nullptr;
  for (const Cell& cell : cells_) {
    if (cell.loudness_lufs <= gate_lufs) continue;
    ++active;
    const bool lows_are = cell.low_correlation < kOpposed;
    opposed += cell.correlation < kOpposed;
    lows_opposed += lows_are;
    if (cell.correlation < kOpposed || lows_are) mark(polarity.when, cell.from_s, cell.to_s);
    if (cell.low_side_to_mid_db > kWideDb) {
      ++wide;
      mark(into.low_wide_when, cell.from_s, cell.to_s);
    }
    if (worst == nullptr || cell.worst_loss_db > worst->worst_loss_db) worst = &cell;
  }
  if (active > 0) {
    polarity.whole_share = opposed / static_cast<double>(active);
    polarity.lows_share = lows_opposed / static_cast<double>(active);
    into.low_wide_share = wide / static_cast<double>(active);
    const int first = octave_first_band(worst->worst_octave);
    into.worst_mono_loss = MonoLossCell{band_edge_hz(first),
                                        band_edge_hz(first + kBandsPerOctave),
                                        worst->worst_loss_db,
                                        {worst->from_s, worst->to_s}};
  }
  into.polarity = polarity;
}

}  // namespace lacquer
