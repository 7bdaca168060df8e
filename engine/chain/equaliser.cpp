#include "chain/equaliser.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"

namespace lacquer {

namespace {

void add(Cascade& cascade, const AnalogueSection& section, double rate, BandChannels channels) {
  const Biquad filter = matched(section, rate);
  cascade.add(channels == BandChannels::kSide ? Biquad{} : filter,
              channels == BandChannels::kMid ? Biquad{} : filter);
}

Cascade filters_of(const EqualiserParams& params, double rate) {
  Cascade cascade;
  if (params.remove_dc) add(cascade, analogue_first_order_high_pass(1.0), rate, BandChannels::kStereo);
  if (params.high_pass_hz > 0.0F) {
    const double hz = std::clamp(params.high_pass_hz, 5.0F, 500.0F);
    const int order = std::clamp(static_cast<int>(std::lround(params.high_pass_db_per_octave / 6.0F)), 1, 4);
    for (int k = 0; k < order / 2; ++k)
      add(cascade, analogue_high_pass(hz, butterworth_q(order, k)), rate, BandChannels::kStereo);
    if (order % 2 == 1) add(cascade, analogue_first_order_high_pass(hz), rate, BandChannels::kStereo);
  }
  for (const EqualiserBand& band : params.bands) {
    const double hz = std::clamp(band.frequency_hz, 10.0F, 20000.0F);
    const double gain_db = std::clamp(band.gain_db, -12.0F, 12.0F);
    const double q = std::clamp(band.q, 0.1F, 12.0F);
    if (gain_db == 0.0) continue;
    switch (band.shape) {
      case BandShape::kBell:
        add(cascade, analogue_bell(hz, gain_db, q), rate, band.channels);
        break;
      case BandShape::kLowShelf:
        add(cascade, analogue_low_shelf(hz, gain_db, q), rate, band.channels);
        break;
      case BandShape::kHighShelf:
        add(cascade, analogue_high_shelf(hz, gain_db, q), rate, band.channels);
        break;
      case BandShape::kTilt:
      case BandShape::kOff:
        break;
    }
  }
  return cascade;
}

}  // namespace

void Equaliser::prepare(const StreamFormat& format) {
  format_ = format;
  filters_.prepare(format.sample_rate_hz, format.channels);
  gain_.prepare(format.sample_rate_hz);
}

void Equaliser::set_params(const Params& params) noexcept {
  filters_.set(filters_of(params, format_.sample_rate_hz));
  gain_.aim(db_to_gain(std::clamp(params.output_gain_db, -24.0F, 24.0F)));
}

void Equaliser::process(AudioBlock block) noexcept {
  if (block.channels() != 2) return;
  const auto left = block.channel(0), right = block.channel(1);
  for (std::size_t at = 0; at < left.size(); at += GlidingCascade::kMaxFrames) {
    const std::size_t count = std::min<std::size_t>(GlidingCascade::kMaxFrames, left.size() - at);
    std::array<double, GlidingCascade::kMaxFrames> mid;
    std::array<double, GlidingCascade::kMaxFrames> side;
    for (std::size_t i = 0; i < count; ++i) {
      mid[i] = 0.5 * (static_cast<double>(left[at + i]) + static_cast<double>(right[at + i]));
      side[i] = 0.5 * (static_cast<double>(left[at + i]) - static_cast<double>(right[at + i]));
    }
    const std::array<double*, 2> rows = {mid.data(), side.data()};
    filters_.process(rows.data(), static_cast<int>(count));
    for (std::size_t i = 0; i < count; ++i) {
      const double gain = gain_.next();
      left[at + i] = static_cast<float>(gain * (mid[i] + side[i]));
      right[at + i] = static_cast<float>(gain * (mid[i] - side[i]));
    }
  }
  if (block.frames() > 0) gain_.start();
}

void Equaliser::reset() noexcept {
  filters_.reset();
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
  params.output_gain_db = value("output_gain_db");
  return params;
}

}  // namespace lacquer
