#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "measure/measurements.h"
#include "measure/spectrum_block.h"

namespace lacquer {

// Power by time and band, in at most kMostColumns columns of equal length: whenever there would be more,
// neighbours are joined two by two, so memory is constant.
class BandMatrix {
 public:
  static constexpr std::size_t kMostColumns = 256;

  explicit BandMatrix(std::size_t bands) : bands_(bands), current_(bands) {}
  void add(std::span<const BandPower> powers);  // one block

  std::size_t columns() const { return cells_.size() / bands_ + (fill_ > 0 ? 1 : 0); }
  int blocks_per_column() const noexcept { return blocks_per_column_; }
  // Mean power of a cell; the last column may stand for fewer blocks.
  BandPower mean(std::size_t column, std::size_t band) const;

 private:
  std::size_t bands_;
  int blocks_per_column_ = 1;
  int fill_ = 0;  // blocks in current_
  std::vector<BandPower> current_;
  std::vector<BandPower> cells_;  // sums, column by column
};

// The two matrices that are kept of every piece: levels of third octaves, and side against mid.
class SpectrumMatrix : public BlockListener {
 public:
  explicit SpectrumMatrix(int channels)
      : channels_(channels), thirds_(kThirdOctaves), image_(kStereoEdgesHz.size() - 1) {}
  void on_block(const SpectrumBlock& block) override;

  BandsOverTime levels_dbfs() const;     // mean over the channels; a full-scale sine reads -3.01
  BandsOverTime side_to_mid_db() const;  // of kStereoEdgesHz; empty unless stereo
  BandsOverTime side_share() const;      // of third octaves: side power over mid and side; likewise

 private:
  BandsOverTime shape(const BandMatrix& matrix, std::size_t bands) const;

  int channels_;
  double block_s_ = 0.0;
  BandMatrix thirds_, image_;
};

}  // namespace lacquer
