#include "measure/peak_meter.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/decibels.h"
#include "dsp/cells.h"
#include "dsp/span_stats.h"

namespace lacquer {

namespace {
constexpr int kChunkFrames = 4096;
constexpr double kTenthS = 0.1;
// A 16-bit file's largest sample is 32767/32768: everything from half an LSB below it counts as full scale.
constexpr float kFullScale = 32766.5F / 32768.0F;
constexpr float kEqual = 1e-4F;  // at full scale: a 16-bit step, dither, a rounded conversion
constexpr float kEqualAbove =
    1e-6F;  // above it, in float: only a clipper repeats a value, a bass crest just nears it
constexpr int kClippedRun = 3;
constexpr double kOverGapS = 0.001;  // excursions closer than this are one
constexpr double kMergeS = 0.1;
constexpr std::size_t kMostRanges = 1000;
constexpr std::size_t kPlaces = 10;
}  // namespace

PeakMeter::PeakMeter(const StreamFormat& format, bool keep_cells)
    : format_(format),
      interpolator_(format.sample_rate_hz),
      channels_(static_cast<std::size_t>(format.channels)),
      cell_frames_(cell_frames_for(format.sample_rate_hz)),
      grid_(kTenthS, format.sample_rate_hz),
      tenth_end_(grid_.frame(1)),
      keep_cells_(keep_cells),
      last_over_frame_(std::numeric_limits<std::int64_t>::min() / 2) {
  scanned_.reserve(kChunkFrames + 2 * kMargin + 256);
  linked_.reserve(kChunkFrames + 2 * kMargin + 256);
  for (Channel& channel : channels_) {
    channel.samples.reserve(kChunkFrames + 4 * kMargin + 256);
    channel.samples.assign(kMargin, 0.0F);
  }
}

void PeakMeter::add(ConstAudioBlock block) {
  for (int first = 0; first < block.frames(); first += kChunkFrames) {
    append(block.slice(first, std::min(kChunkFrames, block.frames() - first)));
    const auto ready = static_cast<int>(received_ - next_) - PeakRefiner::kLookAheadFrames;
    if (ready >= cell_frames_) scan_pending(ready / cell_frames_ * cell_frames_);
  }
}

void PeakMeter::finish() {
  if (finished_) return;
  finished_ = true;
  const auto left = static_cast<int>(received_ - next_);
  for (Channel& channel : channels_) channel.samples.resize(channel.samples.size() + kMargin, 0.0F);
  if (left > 0) scan_pending(left);
  if (tenth_peak_ > 0.0F) tenths_.push_back(tenth_peak_);
}

void PeakMeter::append(ConstAudioBlock block) {
  for (int c = 0; c < format_.channels; ++c) {
    Channel& channel = channels_[static_cast<std::size_t>(c)];
    const auto from = block.channel(c);
    channel.samples.insert(channel.samples.end(), from.begin(), from.end());
    const SpanStats stats = span_stats(from);
    const float highest = std::max(-stats.low, stats.high);
    sample_peak_ = std::max(sample_peak_, highest);
    if (highest >= kFullScale || channel.equal_run > 0) count_clipped(channel, from);
    channel.last = from.empty() ? channel.last : from.back();
  }
  received_ += block.frames();
}

void PeakMeter::count_clipped(Channel& channel, std::span<const float> samples) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float x = samples[i];
    const bool full = std::abs(x) >= kFullScale;
    const float near = std::abs(x) > 1.0F ? kEqualAbove * std::abs(x) : kEqual;
    const bool flat = channel.equal_run > 0 && std::abs(x - channel.last) <= near;
    channel.equal_run = !full ? 0 : flat ? channel.equal_run + 1 : 1;
    channel.last = x;
    if (channel.equal_run < kClippedRun) continue;
    const double end =
        static_cast<double>(received_ + static_cast<std::int64_t>(i) + 1) / format_.sample_rate_hz;
    if (channel.equal_run == kClippedRun) ++clipped_runs_;
    mark(clipped_when_, end - kClippedRun / format_.sample_rate_hz, end);
  }
}

// Scans `frames` frames from next_ on, in whole cells (the last may be shorter at the end of the stream).
void PeakMeter::scan_pending(int frames) {
  std::vector<float>& linked = linked_;
  std::vector<float>& scanned = scanned_;
  linked.assign(static_cast<std::size_t>(frames), 0.0F);
  scanned.resize(static_cast<std::size_t>(frames));
  const std::int64_t start = next_;
  for (int c = 0; c < format_.channels; ++c) {
    const float* samples = channels_[static_cast<std::size_t>(c)].samples.data() + kMargin;
    interpolator_.scan(samples, frames, scanned.data());
    for (int i = 0; i < frames; ++i) {
      auto& peak = scanned[static_cast<std::size_t>(i)];
      if (peak >= refine_floor_ && peak > 0.0F) {
        peak = std::max(peak, refiner_.highest(samples + i, 1));
        if (peak > true_peak_) {
          true_peak_ = peak;
          refine_floor_ = peak * static_cast<float>(db_to_gain(-kRefineMarginDb));
        }
        const double at_s = static_cast<double>(start + i) / format_.sample_rate_hz;
        const auto second = static_cast<std::size_t>(at_s);
        if (second_peaks_.empty() || static_cast<std::size_t>(second_peaks_.back().at_s) != second)
          second_peaks_.push_back({at_s, peak, c});
        else if (peak > second_peaks_.back().level_db)
          second_peaks_.back() = {at_s, peak, c};
      }
      linked[static_cast<std::size_t>(i)] = std::max(linked[static_cast<std::size_t>(i)], peak);
    }
  }
  for (int i = 0; i < frames; ++i) {
    const float peak = linked[static_cast<std::size_t>(i)];
    const std::int64_t frame = start + i;
    if (frame >= tenth_end_) {
      tenths_.push_back(tenth_peak_);
      tenth_peak_ = 0.0F;
      tenth_end_ = grid_.frame(static_cast<std::int64_t>(tenths_.size()) + 1);
    }
    tenth_peak_ = std::max(tenth_peak_, peak);
    if (peak > 1.0F) {
      const double at_s = static_cast<double>(frame) / format_.sample_rate_hz;
      if (static_cast<double>(frame - last_over_frame_) > kOverGapS * format_.sample_rate_hz) ++overs_;
      last_over_frame_ = frame;
      mark(overs_when_, at_s, at_s + 1.0 / format_.sample_rate_hz);
    }
  }
  if (keep_cells_)
    for (int i = 0; i < frames; i += cell_frames_) {
      const auto first = linked.begin() + i;
      cells_.push_back(*std::max_element(first, first + std::min(cell_frames_, frames - i)));
    }
  next_ += frames;
  for (Channel& channel : channels_)
    channel.samples.erase(channel.samples.begin(), channel.samples.begin() + frames);
}

void PeakMeter::mark(std::vector<TimeRange>& ranges, double from_s, double to_s) {
  if (!ranges.empty() && from_s - ranges.back().to_s <= kMergeS)
    ranges.back().to_s = std::max(ranges.back().to_s, to_s);
  else if (ranges.size() < kMostRanges)
    ranges.push_back({from_s, to_s});
}

PeakResult PeakMeter::result() const {
  PeakResult result;
  result.sample_dbfs = gain_to_db(sample_peak_);
  result.true_dbtp = gain_to_db(std::max(true_peak_, sample_peak_));
  result.clipped_runs = clipped_runs_;
  result.intersample_overs = overs_;
  result.clipped_when = clipped_when_;
  result.intersample_overs_when = overs_when_;
  result.highest = second_peaks_;
  std::stable_sort(result.highest.begin(), result.highest.end(),
                   [](const PeakPlace& a, const PeakPlace& b) { return a.level_db > b.level_db; });
  std::vector<PeakPlace> apart;
  for (const PeakPlace& place : result.highest) {
    const bool near = std::any_of(apart.begin(), apart.end(), [&](const PeakPlace& other) {
      return std::abs(other.at_s - place.at_s) < 1.0;
    });
    if (near || apart.size() == kPlaces) continue;
    apart.push_back({place.at_s, *gain_to_db(place.level_db), place.channel});
  }
  result.highest = std::move(apart);
  return result;
}

}  // namespace lacquer
