#include "chain/equaliser.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "dsp/guards.h"
#include "dsp/scale.h"

namespace lacquer {

namespace {
// To mid and side with a scale of 1/2, and back with 1.
void rotate(std::span<double> a, std::span<double> b, std::size_t frames, double scale) noexcept {
  for (std::size_t i = 0; i < frames; ++i) {
    const double sum = a[i] + b[i], difference = a[i] - b[i];
    a[i] = scale * sum;
    b[i] = scale * difference;
  }
}
}  // namespace

void Equaliser::prepare(const StreamFormat& format) {
  format_ = format;
  const auto channels = static_cast<std::size_t>(format.channels);
  minimum_.prepare(format.sample_rate_hz, format.channels);
  linear_.prepare(format.sample_rate_hz, format.channels);
  wanted_mid_.resize(static_cast<std::size_t>(linear_.bins()));
  wanted_side_.resize(wanted_mid_.size());
  rows_.resize(channels);
  row_pointers_.resize(channels);
  for (std::size_t c = 0; c < channels; ++c) row_pointers_[c] = rows_[c].data();
  channel_pointers_.resize(channels);
  gain_.prepare(format.sample_rate_hz);
  phase_ = params_.phase;
  design();
  reset();
}

void Equaliser::set_params(const Params& params) noexcept {
  gain_.aim(db_to_gain(bounded(params.output_gain_db, -24.0F, 24.0F)));
  if (params == params_) return;
  params_ = params;
  if (!started_) phase_ = params_.phase;
  design();
}

void Equaliser::design() noexcept {
  const EqualiserCurve curve(params_);
  if (!linear()) return minimum_.set(curve.filters(format_));
  if (curve.flat()) return linear_.set_flat();
  for (std::size_t k = 0; k < wanted_mid_.size(); ++k) {
    const double hz = linear_.bin_hz() * static_cast<double>(k);
    wanted_mid_[k] = curve.gain(hz, BandChannels::kMid);
    wanted_side_[k] = curve.gain(hz, BandChannels::kSide);
  }
  linear_.set(wanted_mid_, wanted_side_);
}

void Equaliser::process(AudioBlock block) noexcept {
  if (block.frames() == 0) return;
  started_ = true;
  for (int c = 0; c < block.channels(); ++c) clean(block.channel(c));
  if (linear()) {
    filter_linear(block);
  } else if (minimum_.at_rest()) {
    minimum_.start();
  } else {
    for (int at = 0; at < block.frames(); at += GlidingCascade::kMaxFrames)
      filter(block.slice(at, std::min(GlidingCascade::kMaxFrames, block.frames() - at)));
  }
  scale(block, gain_);
}

void Equaliser::filter(AudioBlock block) noexcept {
  const auto frames = static_cast<std::size_t>(block.frames());
  for (std::size_t c = 0; c < rows_.size(); ++c) {
    const auto samples = block.channel(static_cast<int>(c));
    std::copy(samples.begin(), samples.end(), rows_[c].begin());
  }
  if (rows_.size() == 2) rotate(rows_[0], rows_[1], frames, 0.5);
  minimum_.process(row_pointers_.data(), block.frames());
  if (rows_.size() == 2) rotate(rows_[0], rows_[1], frames, 1.0);
  for (std::size_t c = 0; c < rows_.size(); ++c) {
    const auto samples = block.channel(static_cast<int>(c));
    for (std::size_t i = 0; i < frames; ++i) samples[i] = static_cast<float>(rows_[c][i]);
  }
}

void Equaliser::filter_linear(AudioBlock block) noexcept {
  for (std::size_t c = 0; c < channel_pointers_.size(); ++c)
    channel_pointers_[c] = block.channel(static_cast<int>(c)).data();
  linear_.process(channel_pointers_.data(), block.frames());
}

void Equaliser::reset() noexcept {
  started_ = false;
  if (phase_ != params_.phase) {
    phase_ = params_.phase;
    design();
  }
  minimum_.reset();
  linear_.reset();
  gain_.settle();
}

EqualiserParams equaliser_params(const PlanStage& stage) {
  const auto value = [&](const std::string& id) { return static_cast<float>(parameter_value(stage, id)); };
  const auto choice = [&](const std::string& id) {
    return static_cast<int>(std::lround(parameter_value(stage, id)));
  };
  EqualiserParams params;
  params.phase = static_cast<EqualiserPhase>(choice("phase"));
  int bands = kEnhancingEqBands;
  if (stage.stage == Stage::kCorrectiveEq) {
    bands = kCorrectiveEqBands;
    params.remove_dc = choice("remove_dc") != 0;
    params.high_pass_hz = value("high_pass_hz");
    params.high_pass_db_per_octave = value("high_pass_db_per_octave");
  }
  for (int n = 1; n <= bands; ++n) {
    const std::string prefix = band_prefix(n);
    params.bands[static_cast<std::size_t>(n - 1)] = {static_cast<BandShape>(choice(prefix + "shape")),
                                                     value(prefix + "frequency_hz"),
                                                     value(prefix + "gain_db"), value(prefix + "q"),
                                                     static_cast<BandChannels>(choice(prefix + "channels"))};
  }
  if (stage.stage == Stage::kCorrectiveEq)
    for (std::size_t point = 0; point < kMatchPoints; ++point) {
      params.match.mid_db[point] = value(match_id("mid", point));
      params.match.side_db[point] = value(match_id("side", point));
    }
  params.output_gain_db = value("output_gain_db");
  return params;
}

}  // namespace lacquer
