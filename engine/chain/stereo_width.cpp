#include "chain/stereo_width.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "dsp/guards.h"
#include "dsp/matched.h"
#include "dsp/scale.h"

namespace lacquer {

namespace {
constexpr double kShelfQ = 0.7;
constexpr double kMakeupAbove = 4.0 / 3.0;

Cascade side_filters(const StereoWidthParams& params, double rate) {
  const auto db = [](float value) { return static_cast<double>(bounded(value, -12.0F, 6.0F)); };
  const std::array<double, 4> plateaus = {db(params.side_low_db), db(params.side_120_500_db),
                                          db(params.side_500_4000_db), db(params.side_4000_up_db)};
  constexpr std::array<double, 3> kBorders = {120.0, 500.0, 4000.0};
  Cascade cascade;
  if (plateaus[0] != 0.0) {
    const double gain = db_to_gain(plateaus[0]);
    cascade.add({gain}, {gain});
  }
  for (std::size_t i = 0; i < kBorders.size(); ++i) {
    const double step = plateaus[i + 1] - plateaus[i];
    if (step == 0.0) continue;
    const Biquad shelf = matched(analogue_high_shelf(kBorders[i], step, kShelfQ), rate);
    cascade.add(shelf, shelf);
  }
  if (params.mono_below_hz > 0.0F) {
    const double hz = bounded(params.mono_below_hz, 1.0F, 500.0F);
    for (int k = 0; k < 2; ++k) {
      const Biquad high_pass = bilinear(analogue_high_pass(hz, butterworth_q(4, k)), rate);
      cascade.add(high_pass, high_pass);
    }
  }
  return cascade;
}

Cascade mid_filters(const StereoWidthParams& params, double rate) {
  Cascade cascade;
  const auto gain_db = static_cast<double>(bounded(params.low_makeup_db, 0.0F, 3.0F));
  if (!(params.mono_below_hz > 0.0F) || gain_db == 0.0) return cascade;
  // Above the crossover some of the side is missing still.
  const double hz = kMakeupAbove * bounded(params.mono_below_hz, 1.0F, 500.0F);
  const Biquad shelf = matched(analogue_low_shelf(hz, gain_db, kShelfQ), rate);
  cascade.add(shelf, shelf);
  return cascade;
}
}  // namespace

void StereoWidth::prepare(const StreamFormat& format) {
  format_ = format;
  side_.prepare(format.sample_rate_hz, 1);
  mid_.prepare(format.sample_rate_hz, 1);
  gain_.prepare(format.sample_rate_hz);
}

void StereoWidth::set_params(const Params& params) noexcept {
  side_.set(side_filters(params, format_.sample_rate_hz));
  mid_.set(mid_filters(params, format_.sample_rate_hz));
  gain_.aim(db_to_gain(bounded(params.output_gain_db, -24.0F, 24.0F)));
}

void StereoWidth::process(AudioBlock block) noexcept {
  for (int c = 0; c < block.channels(); ++c) clean(block.channel(c));
  if (block.channels() != 2 || block.frames() == 0) return;
  const auto in_parts = [&](GlidingCascade& filters, auto filter) {
    if (filters.at_rest()) return filters.start();
    for (int at = 0; at < block.frames(); at += GlidingCascade::kMaxFrames)
      filter(block.slice(at, std::min(GlidingCascade::kMaxFrames, block.frames() - at)));
  };
  in_parts(side_, [this](AudioBlock part) { filter_side(part); });
  in_parts(mid_, [this](AudioBlock part) { filter_mid(part); });
  scale(block, gain_);
}

// Adds to the left and takes from the right what the filters change of the side, so that their sum stays
// what it was.
void StereoWidth::filter_side(AudioBlock block) noexcept {
  const auto left = block.channel(0), right = block.channel(1);
  std::array<double, GlidingCascade::kMaxFrames> side;
  for (std::size_t i = 0; i < left.size(); ++i)
    side[i] = 0.5 * (static_cast<double>(left[i]) - static_cast<double>(right[i]));
  double* const row = side.data();
  side_.process(&row, block.frames());
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double l = left[i], r = right[i];
    const double change = side[i] - 0.5 * (l - r);
    left[i] = static_cast<float>(l + change);
    right[i] = static_cast<float>(r - change);
  }
}

// Adds to both channels alike what the shelf changes of the mid, so that their difference stays what it was.
void StereoWidth::filter_mid(AudioBlock block) noexcept {
  const auto left = block.channel(0), right = block.channel(1);
  std::array<double, GlidingCascade::kMaxFrames> mid;
  for (std::size_t i = 0; i < left.size(); ++i)
    mid[i] = 0.5 * (static_cast<double>(left[i]) + static_cast<double>(right[i]));
  double* const row = mid.data();
  mid_.process(&row, block.frames());
  for (std::size_t i = 0; i < left.size(); ++i) {
    const double l = left[i], r = right[i];
    const double change = mid[i] - 0.5 * (l + r);
    left[i] = static_cast<float>(l + change);
    right[i] = static_cast<float>(r + change);
  }
}

void StereoWidth::reset() noexcept {
  side_.reset();
  mid_.reset();
  gain_.settle();
}

StereoWidthParams stereo_width_params(const PlanStage& stage) {
  const auto value = [&](std::string_view id) { return static_cast<float>(parameter_value(stage, id)); };
  return {value("mono_below_hz"),   value("low_makeup_db"),    value("side_low_db"),
          value("side_120_500_db"), value("side_500_4000_db"), value("side_4000_up_db"),
          value("output_gain_db")};
}

}  // namespace lacquer
