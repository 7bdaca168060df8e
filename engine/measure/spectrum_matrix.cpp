#include "measure/spectrum_matrix.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/decibels.h"

namespace lacquer {

namespace {
constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();
constexpr double kSilence = 1e-12;  // mean square; what is quieter has no width worth drawing
}  // namespace

void BandMatrix::add(std::span<const BandPower> powers) {
  for (std::size_t b = 0; b < bands_; ++b) current_[b] += powers[b];
  if (++fill_ < blocks_per_column_) return;
  cells_.insert(cells_.end(), current_.begin(), current_.end());
  std::fill(current_.begin(), current_.end(), BandPower{});
  fill_ = 0;
  if (cells_.size() < kMostColumns * bands_) return;
  for (std::size_t column = 0; column < kMostColumns / 2; ++column)
    for (std::size_t b = 0; b < bands_; ++b) {
      BandPower joined = cells_[2 * column * bands_ + b];
      joined += cells_[(2 * column + 1) * bands_ + b];
      cells_[column * bands_ + b] = joined;
    }
  cells_.resize(kMostColumns / 2 * bands_);
  blocks_per_column_ *= 2;
}

BandPower BandMatrix::mean(std::size_t column, std::size_t band) const {
  const bool whole = column < cells_.size() / bands_;
  const BandPower& sum = whole ? cells_[column * bands_ + band] : current_[band];
  return sum.scaled(1.0 / (whole ? blocks_per_column_ : fill_));
}

void SpectrumMatrix::on_block(const SpectrumBlock& block) {
  block_s_ = std::max(block_s_, block.to_s - block.from_s);  // the last one may be shorter
  std::array<BandPower, kThirdOctaves> thirds;
  for (std::size_t third = 0; third < thirds.size(); ++third)
    thirds[third] = sum_of(block.bands.subspan(third * kBandsPerThirdOctave, kBandsPerThirdOctave));
  thirds_.add(thirds);
  if (channels_ != 2) return;
  std::array<BandPower, kStereoEdgesHz.size() - 1> image;
  for (std::size_t i = 0; i < image.size(); ++i) {
    const auto first = static_cast<std::size_t>(nearest_band_edge(kStereoEdgesHz[i]));
    const auto end = static_cast<std::size_t>(nearest_band_edge(kStereoEdgesHz[i + 1]));
    image[i] = sum_of(block.bands.subspan(first, end - first));
  }
  image_.add(image);
}

BandsOverTime SpectrumMatrix::shape(const BandMatrix& matrix, std::size_t bands) const {
  BandsOverTime over_time;
  over_time.bands = static_cast<int>(bands);
  over_time.column_s = block_s_ * matrix.blocks_per_column();
  over_time.values.assign(matrix.columns() * bands, kNothing);
  return over_time;
}

BandsOverTime SpectrumMatrix::levels_dbfs() const {
  BandsOverTime result = shape(thirds_, kThirdOctaves);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const double power = thirds_.mean(i / kThirdOctaves, i % kThirdOctaves).both() / channels_;
    if (const auto level = power_to_db(power)) result.values[i] = static_cast<float>(*level);
  }
  return result;
}

BandsOverTime SpectrumMatrix::side_to_mid_db() const {
  const std::size_t bands = kStereoEdgesHz.size() - 1;
  BandsOverTime result = shape(image_, bands);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const BandPower power = image_.mean(i / bands, i % bands);
    if (power.both() > kSilence) result.values[i] = static_cast<float>(lacquer::side_to_mid_db(power));
  }
  return result;
}

BandsOverTime SpectrumMatrix::side_share() const {
  if (channels_ != 2) return {};
  BandsOverTime result = shape(thirds_, kThirdOctaves);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const BandPower power = thirds_.mean(i / kThirdOctaves, i % kThirdOctaves);
    if (power.both() > kSilence)
      result.values[i] = static_cast<float>(std::clamp(0.5 - power.cross / power.both(), 0.0, 1.0));
  }
  return result;
}

}  // namespace lacquer
