#include "measure/spectrum_average.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"

namespace lacquer {

namespace {

constexpr double kLoudnessBinLu = 0.5;
constexpr double kLowestLoudnessLufs = -80.0;
// A band widens with its frequency: levels of third octaves rise this much faster than a power density.
constexpr double kDensityDbPerOctave = 3.0103;

// Least squares through the third octaves whose centres lie in the range, in dB an octave.
std::optional<double> slope(const std::vector<ThirdOctave>& bands, double low_hz, double high_hz) {
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (const ThirdOctave& band : bands) {
    if (!band.level_db || band.hz < low_hz || band.hz > high_hz) continue;
    const double x = std::log2(band.hz);
    n += 1.0, sx += x, sy += *band.level_db, sxx += x * x, sxy += x * *band.level_db;
  }
  if (n < 3.0) return std::nullopt;
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

// 0 dB is the mean of the eleven bands from 200 Hz to 2 kHz. False where none of them has a level.
bool make_relative(std::vector<ThirdOctave>& bands) {
  double mean = 0.0;
  int count = 0;
  for (const ThirdOctave& band : bands) {
    if (!band.level_db || band.hz < 200.0 || band.hz > 2000.0) continue;
    mean += *band.level_db;
    ++count;
  }
  for (ThirdOctave& band : bands) {
    if (count == 0) band.level_db.reset();
    if (band.level_db) *band.level_db -= mean / count;
  }
  return count > 0;
}

}  // namespace

SpectrumAverage::SpectrumAverage(int channels) : channels_(channels), sums_(kLoudnessBins) {}

void SpectrumAverage::on_block(const SpectrumBlock& block) {
  bands_below_nyquist_ = block.bands_below_nyquist;
  if (!(block.loudness_lufs >= kLowestLoudnessLufs)) return;
  const auto bin = static_cast<std::size_t>(
      std::min<double>(kLoudnessBins - 1, (block.loudness_lufs - kLowestLoudnessLufs) / kLoudnessBinLu));
  for (std::size_t b = 0; b < kBands; ++b) sums_[bin][b] += block.bands[b];
}

SpectrumAverage::Bands SpectrumAverage::gated(double gate_lufs) const {
  Bands total{};
  const double first =
      std::clamp<double>((gate_lufs - kLowestLoudnessLufs) / kLoudnessBinLu, 0.0, kLoudnessBins);
  for (auto bin = static_cast<std::size_t>(first); bin < kLoudnessBins; ++bin)
    for (std::size_t b = 0; b < kBands; ++b) total[b] += sums_[bin][b];
  return total;
}

SpectrumResult SpectrumAverage::spectrum(double gate_lufs) const {
  const Bands bands = gated(gate_lufs);
  SpectrumResult result;
  for (int third = 0; third < kThirdOctaves; ++third) {
    const int first = third * kBandsPerThirdOctave;
    const bool whole = first + kBandsPerThirdOctave <= bands_below_nyquist_;
    const BandPower power = sum_of({bands.data() + first, kBandsPerThirdOctave});
    result.third_octaves.push_back(
        {kThirdOctaveHz[static_cast<std::size_t>(third)], whole ? power_to_db(power.both()) : std::nullopt});
  }
  if (!make_relative(result.third_octaves)) return result;
  result.slope_third_octave_db_per_octave = slope(result.third_octaves, 100.0, 10000.0);
  result.mid_slope_third_octave_db_per_octave = slope(result.third_octaves, 100.0, 4000.0);
  if (result.slope_third_octave_db_per_octave)
    result.slope_psd_db_per_octave = *result.slope_third_octave_db_per_octave - kDensityDbPerOctave;
  if (result.mid_slope_third_octave_db_per_octave)
    result.mid_slope_psd_db_per_octave = *result.mid_slope_third_octave_db_per_octave - kDensityDbPerOctave;
  return result;
}

StereoBand SpectrumAverage::stereo_between(const Bands& bands, double low_hz, double high_hz, int first,
                                           int end) const {
  StereoBand result{low_hz, high_hz, {}, {}, {}};
  first = std::max(0, first);
  end = std::min(end, bands_below_nyquist_);
  if (channels_ != 2 || end <= first) return result;
  const BandPower sum = sum_of({bands.data() + first, static_cast<std::size_t>(end - first)});
  if (sum.both() <= 0.0) return result;
  if (sum.left > 0.0 && sum.right > 0.0)
    result.correlation = std::clamp(sum.cross / std::sqrt(sum.left * sum.right), -1.0, 1.0);
  result.side_to_mid_db = side_to_mid_db(sum);
  result.mono_loss_db = mono_loss_db(sum);
  return result;
}

std::vector<StereoBand> SpectrumAverage::stereo_bands(double gate_lufs) const {
  const Bands bands = gated(gate_lufs);
  std::vector<StereoBand> result;
  for (std::size_t i = 0; i + 1 < kStereoEdgesHz.size(); ++i)
    result.push_back(stereo_between(bands, kStereoEdgesHz[i], kStereoEdgesHz[i + 1],
                                    nearest_band_edge(kStereoEdgesHz[i]),
                                    nearest_band_edge(kStereoEdgesHz[i + 1])));
  return result;
}

std::vector<StereoBand> SpectrumAverage::stereo_octaves(double gate_lufs) const {
  const Bands bands = gated(gate_lufs);
  std::vector<StereoBand> result;
  for (int k = 0; k < kStereoOctaves; ++k) {
    const int first = octave_first_band(k);
    result.push_back(stereo_between(bands, band_edge_hz(first), band_edge_hz(first + kBandsPerOctave), first,
                                    first + kBandsPerOctave));
  }
  return result;
}

}  // namespace lacquer
