#include "measure/overview_meter.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "dsp/span_stats.h"

namespace lacquer {

namespace {
constexpr float kSilence = 0.001F;  // -60 dBFS
}

void OverviewMeter::Column::join(const Column& other) {
  low = frames == 0 ? other.low : std::min(low, other.low);
  high = frames == 0 ? other.high : std::max(high, other.high);
  sum_squares += other.sum_squares;
  frames += other.frames;
}

OverviewMeter::OverviewMeter(const StreamFormat& format)
    : format_(format), sums_(static_cast<std::size_t>(format.channels), 0.0) {}

void OverviewMeter::add(ConstAudioBlock block) {
  for (int done = 0; done < block.frames();) {
    const int part =
        static_cast<int>(std::min<std::int64_t>(block.frames() - done, column_frames_ - current_.frames));
    const auto slice = block.slice(done, part);
    Column column;
    for (int c = 0; c < format_.channels; ++c) {
      const SpanStats stats = span_stats(slice.channel(c));
      Column of_channel{stats.low, stats.high, stats.sum_squares, part};
      column.join(of_channel);
      sums_[static_cast<std::size_t>(c)] += stats.sum;
    }
    column.frames = part;
    sum_squares_ += column.sum_squares;
    note_silence(slice, std::max(-column.low, column.high) > kSilence);
    current_.join(column);
    frame_ += part;
    done += part;
    if (current_.frames == column_frames_) end_column();
  }
}

void OverviewMeter::note_silence(ConstAudioBlock block, bool loud) {
  if (!loud) return;
  const auto sounds = [&](int i) {
    for (int c = 0; c < format_.channels; ++c)
      if (std::abs(block.channel(c)[static_cast<std::size_t>(i)]) > kSilence) return true;
    return false;
  };
  if (first_sound_ < 0)
    for (int i = 0; i < block.frames() && first_sound_ < 0; ++i)
      if (sounds(i)) first_sound_ = frame_ + i;
  for (int i = block.frames() - 1; i >= 0; --i)
    if (sounds(i)) {
      last_sound_ = frame_ + i;
      break;
    }
}

void OverviewMeter::end_column() {
  columns_.push_back(current_);
  current_ = {};
  if (columns_.size() < kMostColumns) return;
  for (std::size_t i = 0; i < columns_.size() / 2; ++i) {
    Column joined = columns_[2 * i];
    joined.join(columns_[2 * i + 1]);
    columns_[i] = joined;
  }
  columns_.resize(columns_.size() / 2);
  column_frames_ *= 2;
}

Overview OverviewMeter::overview() const {
  Overview overview;
  overview.column_s = static_cast<double>(column_frames_) / format_.sample_rate_hz;
  auto columns = columns_;
  if (current_.frames > 0) columns.push_back(current_);
  for (const Column& column : columns) {
    overview.low.push_back(column.low);
    overview.high.push_back(column.high);
    const double samples = static_cast<double>(column.frames) * format_.channels;
    overview.rms.push_back(static_cast<float>(std::sqrt(column.sum_squares / samples)));
  }
  return overview;
}

std::optional<double> OverviewMeter::rms_dbfs() const {
  if (frame_ == 0) return std::nullopt;
  return power_to_db(sum_squares_ / (static_cast<double>(frame_) * format_.channels));
}

std::optional<double> OverviewMeter::dc_offset_dbfs() const {
  if (frame_ == 0) return std::nullopt;
  double largest = 0.0;
  for (const double sum : sums_) largest = std::max(largest, std::abs(sum) / static_cast<double>(frame_));
  constexpr double kFloor =
      1e-6;  // -120 dBFS: below it the mean says more about rounding than about the file
  return gain_to_db(std::max(largest, kFloor));
}

double OverviewMeter::head_silence_s() const {
  return static_cast<double>(first_sound_ < 0 ? frame_ : first_sound_) / format_.sample_rate_hz;
}

double OverviewMeter::tail_silence_s() const {
  return static_cast<double>(last_sound_ < 0 ? frame_ : frame_ - 1 - last_sound_) / format_.sample_rate_hz;
}

}  // namespace lacquer
