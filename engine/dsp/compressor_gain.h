#pragma once

namespace lacquer {

struct CompressorGainParams {
  double threshold_dbfs = 0.0;  // of the level below
  double ratio = 1.0;           // 1 and more
  double knee_db = 6.0;
  double attack_ms = 20.0;
  double release_ms = 150.0;
  double most_reduction_db = 3.0;
  double averaging_ms = 5.0;  // of the power that the level is read from
  bool operator==(const CompressorGainParams&) const = default;
};

// How much a compressor takes, one number a cell, from the mean power of each cell.
//
//   level    the power averaged over averaging_ms, in dB re full scale (a full-scale sine reads -3.01)
//   curve    feed-forward with a soft knee (Giannoulis, Massberg, Reiss, "Digital Dynamic Range Compressor
//            Design - A Tutorial and Analysis", JAES 60(6), 2012, equation 4), never above most_reduction_db
//   attack   one pole towards what the curve asks for
//   release  one pole with release_ms down to what has been asked for lately, and from there as slowly as
//   that
//            is forgotten (kMemoryFactor release times): a short moment is let go quickly, long ones without
//            pumping
class CompressorGain {
 public:
  static constexpr double kMemoryFactor = 4.0;

  void prepare(double cells_per_second) noexcept;
  void set_params(const CompressorGainParams& params) noexcept;
  void reset() noexcept;
  // Reduction in dB, 0 and more, after a cell of this mean power. Real-time safe.
  double push(double power) noexcept;
  double level_dbfs() const noexcept { return level_dbfs_; }

 private:
  double asked_db() const noexcept;

  CompressorGainParams params_;
  double cells_per_second_ = 3000.0;
  double averaging_step_ = 1.0, attack_step_ = 1.0, release_step_ = 1.0, memory_step_ = 1.0;
  double power_ = 0.0;
  double level_dbfs_ = -200.0;
  double reduction_db_ = 0.0;
  double memory_db_ = 0.0;
};

}  // namespace lacquer
