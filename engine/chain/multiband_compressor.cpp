#include "chain/multiband_compressor.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "dsp/cells.h"
#include "dsp/guards.h"

namespace lacquer {

namespace {

static_assert(kMostBands == kCompressorBands);

MultibandCompressorParams within_ranges(MultibandCompressorParams params) {
  for (float& hz : params.crossover_hz) hz = bounded(hz, 0.0F, 16000.0F);
  params.look_ahead_ms =
      bounded(params.look_ahead_ms, 0.0F, static_cast<float>(MultibandCompressor::kMostLookAheadMs));
  params.output_gain_db = bounded(params.output_gain_db, -12.0F, 12.0F);
  for (CompressorBandParams& band : params.bands) {
    band.threshold_dbfs = bounded(band.threshold_dbfs, -80.0F, 0.0F);
    band.ratio = bounded(band.ratio, 1.0F, 4.0F);
    band.knee_db = bounded(band.knee_db, 0.0F, 24.0F);
    band.attack_ms = bounded(band.attack_ms, 0.5F, 200.0F);
    band.release_ms = bounded(band.release_ms, 20.0F, 1000.0F);
    band.most_reduction_db = bounded(band.most_reduction_db, 0.0F, 12.0F);
    band.makeup_db = bounded(band.makeup_db, 0.0F, 6.0F);
    band.link_pct = bounded(band.link_pct, 0.0F, 100.0F);
  }
  return params;
}

}  // namespace

MultibandCompressorParams compressor_params(const PlanStage& stage) {
  const auto value = [&](const std::string& id) { return static_cast<float>(parameter_value(stage, id)); };
  MultibandCompressorParams params;
  params.crossover = value("crossover") < 0.5F ? MultibandCompressorParams::Crossover::kLinkwitzRiley
                                               : MultibandCompressorParams::Crossover::kLinearPhase;
  for (std::size_t i = 0; i < params.crossover_hz.size(); ++i)
    params.crossover_hz[i] = value("crossover_" + std::to_string(i + 1) + "_hz");
  params.look_ahead_ms = value("look_ahead_ms");
  params.output_gain_db = value("output_gain_db");
  for (std::size_t b = 0; b < params.bands.size(); ++b) {
    const std::string prefix = band_prefix(static_cast<int>(b) + 1);
    CompressorBandParams& band = params.bands[b];
    band.threshold_dbfs = value(prefix + "threshold_dbfs");
    band.ratio = value(prefix + "ratio");
    band.knee_db = value(prefix + "knee_db");
    band.attack_ms = value(prefix + "attack_ms");
    band.release_ms = value(prefix + "release_ms");
    band.most_reduction_db = value(prefix + "most_reduction_db");
    band.makeup_db = value(prefix + "makeup_db");
    band.channels = static_cast<CompressorBandParams::Channels>(
        std::clamp(std::lround(value(prefix + "channels")), 0L, 2L));
    band.link_pct = value(prefix + "link_pct");
  }
  return params;
}

void MultibandCompressor::prepare(const StreamFormat& format) {
  assert(format.channels == 1 || format.channels == 2);
  sample_rate_hz_ = format.sample_rate_hz;
  cell_frames_ = cell_frames_for(format.sample_rate_hz);
  const auto cells = [&](double ms) {
    return static_cast<int>(std::ceil(ms * format.sample_rate_hz / (1000.0 * cell_frames_)));
  };
  delay_cells_ = cells(kMostLookAheadMs);
  fade_cells_ = cells(kFadeMs);
  change_cells_ = cells(kWarmUpMs) + fade_cells_;
  for (CompressorBands& bands : bands_) bands.prepare(format.sample_rate_hz, cell_frames_, delay_cells_);
  output_gain_.prepare(format.sample_rate_hz);
  in_.resize(static_cast<std::size_t>(cell_frames_));
  out_.resize(in_.size());
  other_.resize(in_.size());
  set_params(params_);
  reset();
}

void MultibandCompressor::set_params(const Params& params) noexcept {
  params_ = within_ranges(params);
  output_gain_.aim(db_to_gain(params_.output_gain_db));
  if (change_left_ > 0) return;  // taken when the change in progress is done
  take_params();
}

void MultibandCompressor::take_params() noexcept {
  const CompressorLayout layout(params_, sample_rate_hz_);
  if (layout == bands_[current_].layout()) {
    bands_[current_].tune(params_);
  } else if (!started_ || layout.linear_phase != bands_[current_].layout().linear_phase) {
    bands_[current_].set(layout, params_);
  } else {
    bands_[1 - current_].set(layout, params_);
    change_left_ = change_cells_;
  }
}

void MultibandCompressor::reset() noexcept {
  change_left_ = 0;
  started_ = false;
  take_params();
  bands_[current_].reset();
  output_gain_.settle();
  std::fill(in_.begin(), in_.end(), StereoFrame{});
  std::fill(out_.begin(), out_.end(), StereoFrame{});
  filled_ = 0;
}

void MultibandCompressor::process_cell() noexcept {
  bands_[current_].process(in_, out_.data());
  if (change_left_ == 0) return;
  bands_[1 - current_].process(in_, other_.data());
  if (change_left_ <= fade_cells_) {
    const double whole = static_cast<double>(fade_cells_) * cell_frames_;
    double share = static_cast<double>(fade_cells_ - change_left_) * cell_frames_ / whole;
    for (std::size_t i = 0; i < out_.size(); ++i, share += 1.0 / whole)
      for (std::size_t lane = 0; lane < 2; ++lane) out_[i][lane] += share * (other_[i][lane] - out_[i][lane]);
  }
  if (--change_left_ > 0) return;
  current_ = 1 - current_;
  take_params();
}

void MultibandCompressor::process(AudioBlock block) noexcept {
  if (block.frames() == 0) return;
  started_ = true;
  output_gain_.start();
  const bool stereo = block.channels() > 1;
  float* const left = block.channel(0).data();
  float* const right = stereo ? block.channel(1).data() : left;
  for (int i = 0; i < block.frames(); ++i) {
    const auto at = static_cast<std::size_t>(filled_);
    in_[at] = {clean(left[i]), clean(right[i])};
    const double gain = output_gain_.next();
    if (stereo) right[i] = static_cast<float>(gain * out_[at][1]);
    left[i] = static_cast<float>(gain * out_[at][0]);
    if (++filled_ < cell_frames_) continue;
    filled_ = 0;
    process_cell();
  }
}

}  // namespace lacquer
