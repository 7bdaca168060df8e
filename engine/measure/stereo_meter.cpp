#include "measure/stereo_meter.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dsp/span_stats.h"

namespace lacquer {

namespace {
constexpr double kActiveMeanSquare = 1e-6;  // -60 dBFS: below it a correlation says nothing about the music

std::optional<double> correlation_of(double left, double right, double cross) {
  if (left <= 0.0 || right <= 0.0) return std::nullopt;
  return std::clamp(cross / std::sqrt(left * right), -1.0, 1.0);
}
}  // namespace

StereoMeter::Sums& StereoMeter::Sums::operator+=(const Sums& other) {
  left += other.left;
  right += other.right;
  cross += other.cross;
  frames += other.frames;
  return *this;
}

StereoMeter::StereoMeter(const StreamFormat& format) : format_(format), grid_(1.0, format.sample_rate_hz) {}

void StereoMeter::add(ConstAudioBlock block) {
  if (format_.channels != 2) return;
  for (int done = 0; done < block.frames();) {
    const auto left_in_second = grid_.frame(second_ + 1) - frame_;
    const int part = static_cast<int>(std::min<std::int64_t>(block.frames() - done, left_in_second));
    const auto slice = block.slice(done, part);
    const auto l = slice.channel(0);
    const auto r = slice.channel(1);
    const Sums sums{dot_product(l, l), dot_product(r, r), dot_product(l, r), part};
    total_ += sums;
    current_ += sums;
    frame_ += part;
    done += part;
    if (part == left_in_second) end_second();
  }
}

void StereoMeter::end_second() {
  ring_[static_cast<std::size_t>(second_ % 3)] = current_;
  current_ = {};
  ++second_;
  Sums window;
  for (const Sums& sums : ring_) window += sums;
  const bool active = second_ >= 3 && (window.left + window.right) / 2.0 >
                                          kActiveMeanSquare * static_cast<double>(window.frames);
  const auto correlation = active ? correlation_of(window.left, window.right, window.cross) : std::nullopt;
  series_.push_back(correlation ? static_cast<float>(*correlation) : std::numeric_limits<float>::quiet_NaN());
}

StereoMeter::Result StereoMeter::result() const {
  Result result;
  if (format_.channels != 2) return result;
  result.correlation = correlation_of(total_.left, total_.right, total_.cross);
  const double both = total_.left + total_.right;
  if (both > 0.0) {
    constexpr double kLeast = 1e-12;
    const double mid = std::max(both + 2.0 * total_.cross, kLeast * both);
    const double side = std::max(both - 2.0 * total_.cross, kLeast * both);
    result.side_to_mid_db = 10.0 * std::log10(side / mid);
  }
  const auto known = std::count_if(series_.begin(), series_.end(), [](float c) { return !std::isnan(c); });
  const auto negative = std::count_if(series_.begin(), series_.end(), [](float c) { return c < 0.0F; });
  if (known > 0) result.negative_share = static_cast<double>(negative) / static_cast<double>(known);
  result.correlation_series = series_;
  return result;
}

}  // namespace lacquer
