#include "chain/equaliser_curve.h"

#include <algorithm>
#include <cmath>

#include "chain/equaliser.h"
#include "dsp/guards.h"
#include "dsp/matched.h"

namespace lacquer {

namespace {

constexpr double kDcCornerHz = 1.0;
// A tilt is this many slopes in a row, each of two shelves, from 20 Hz up.
constexpr int kTiltParts = 4;
constexpr double kTiltFromHz = 20.0;
constexpr double kTiltStepOctaves = 1.5;

BandChannels known(BandChannels channels) {
  return channels == BandChannels::kMid || channels == BandChannels::kSide ? channels : BandChannels::kStereo;
}

std::size_t place(BandChannels channels) { return static_cast<std::size_t>(channels); }

bool acts_on(BandChannels part, BandChannels channels) {
  return part == BandChannels::kStereo || part == channels;
}

}  // namespace

EqualiserCurve::EqualiserCurve(const EqualiserParams& params) noexcept {
  if (params.remove_dc) add({analogue_first_order_high_pass(kDcCornerHz), BandChannels::kStereo, true});
  if (params.high_pass_hz > 0.0F)
    add_high_pass(bounded(params.high_pass_hz, 1.0F, 500.0F),
                  static_cast<int>(std::lround(bounded(params.high_pass_db_per_octave, 6.0F, 24.0F) / 6.0F)));
  for (const EqualiserBand& band : params.bands) {
    const double hz = bounded(band.frequency_hz, 10.0F, 20000.0F);
    const double gain_db = bounded(band.gain_db, -6.0F, 6.0F);
    const double q = bounded(band.q, 0.1F, 12.0F), shelf_q = std::min(q, 1.0);
    const BandChannels channels = known(band.channels);
    if (gain_db == 0.0) continue;
    switch (band.shape) {
      case BandShape::kBell:
        add({analogue_bell(hz, gain_db, q), channels});
        break;
      case BandShape::kLowShelf:
        add({analogue_low_shelf(hz, gain_db, shelf_q), channels});
        break;
      case BandShape::kHighShelf:
        add({analogue_high_shelf(hz, gain_db, shelf_q), channels});
        break;
      case BandShape::kTilt:
        add_tilt(hz, std::clamp(gain_db, -3.0, 3.0), channels);
        break;
      default:
        break;
    }
  }
  add_match(params.match);
}

void EqualiserCurve::add_match(const MatchCurve& match) noexcept {
  const auto mid = match_bells(match.mid_db);
  const auto side = match_bells(match.side_db);
  const auto bell = [](std::size_t point, double gain_db) {
    return analogue_bell(match_point_hz(static_cast<int>(point)), gain_db, kMatchBellQ);
  };
  for (std::size_t point = 0; point < mid.size(); ++point) {
    if (mid[point] == side[point]) {
      if (mid[point] != 0.0) add({bell(point, mid[point]), BandChannels::kStereo});
      continue;
    }
    add({bell(point, mid[point]), BandChannels::kMid});
    add({bell(point, side[point]), BandChannels::kSide});
  }
}

void EqualiserCurve::add(const Part& part) noexcept {
  if (count_ < parts_.size()) parts_[count_++] = part;
}

void EqualiserCurve::add_high_pass(double hz, int order) noexcept {
  for (int k = 0; k < order / 2; ++k)
    add({analogue_high_pass(hz, butterworth_q(order, k)), BandChannels::kStereo, true});
  if (order % 2 == 1) add({analogue_first_order_high_pass(hz), BandChannels::kStereo, true});
}

void EqualiserCurve::add_tilt(double hz, double db_per_octave, BandChannels channels) noexcept {
  double power = 1.0;
  for (int k = 0; k < kTiltParts; ++k) {
    const double centre_hz = kTiltFromHz * std::exp2((2.0 * k + 0.5) * kTiltStepOctaves);
    const auto slope = analogue_slope(centre_hz, 2.0 * kTiltStepOctaves * db_per_octave, kTiltStepOctaves);
    power *= slope.power(hz);
    add({slope, channels});
  }
  level_[place(channels)] /= std::sqrt(power);
}

double EqualiserCurve::gain(double hz, BandChannels channels) const noexcept {
  double power = 1.0;
  for (std::size_t i = 0; i < count_; ++i)
    if (acts_on(parts_[i].channels, channels)) power *= parts_[i].section.power(hz);
  double level = level_[place(BandChannels::kStereo)];
  if (channels != BandChannels::kStereo) level *= level_[place(channels)];
  return level * std::sqrt(power);
}

Cascade EqualiserCurve::filters(const StreamFormat& format) const noexcept {
  Cascade cascade;
  std::array<double, 2> level = {level_[0] * level_[1], level_[0] * level_[2]};
  const auto filter_of = [&](const Part& part) {
    return part.far_below ? bilinear(part.section, format.sample_rate_hz)
                          : matched(part.section, format.sample_rate_hz);
  };
  for (std::size_t i = 0; i < count_; ++i) {
    const Part& part = parts_[i];
    const Biquad filter = filter_of(part);
    std::array<Biquad, 2> lanes;
    if (part.channels != BandChannels::kSide) lanes[0] = filter;
    if (part.channels != BandChannels::kMid) lanes[1] = filter;
    const bool shared = part.channels == BandChannels::kMid && i + 1 < count_ &&
                        parts_[i + 1].channels == BandChannels::kSide;
    if (shared) lanes[1] = filter_of(parts_[++i]);
    for (std::size_t lane = 0; lane < 2; ++lane) {  // the first filter carries the level as well
      lanes[lane].b0 *= level[lane];
      lanes[lane].b1 *= level[lane];
      lanes[lane].b2 *= level[lane];
      level[lane] = 1.0;
    }
    cascade.add(lanes[0], lanes[format.channels == 2 ? 1 : 0]);
  }
  return cascade;
}

}  // namespace lacquer
