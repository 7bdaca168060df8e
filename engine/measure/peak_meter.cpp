#include "measure/peak_meter.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/decibels.h"
#include "dsp/cells.h"
#include "dsp/span_stats.h"

namespace lacquer {

namespace {
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

void raise_to(std::span<float> levels, std::span<const float> peaks) {
  for (std::size_t i = 0; i < peaks.size(); ++i) levels[i] = levels[i] < peaks[i] ? peaks[i] : levels[i];
}
}  // namespace

PeakMeter::PeakMeter(const StreamFormat& format, bool keep_cells)
    : format_(format),
      interpolator_(format.sample_rate_hz),
      channels_(static_cast<std::size_t>(format.channels)),
      scanned_(kSpanFrames),
      linked_(kSpanFrames),
      group_peaks_(kSpanFrames / kGroup + 1),
      linked_groups_(kSpanFrames / kGroup + 1),
      cell_frames_(cell_frames_for(format.sample_rate_hz)),
      grid_(kTenthS, format.sample_rate_hz),
      tenth_end_(grid_.frame(1)),
      keep_cells_(keep_cells),
      last_over_frame_(std::numeric_limits<std::int64_t>::min() / 2) {
  for (Channel& channel : channels_) channel.samples.assign(kBufferFrames, 0.0F);
}

void PeakMeter::add(ConstAudioBlock block) {
  for (int done = 0; done < block.frames();) {
    const int part = std::min(block.frames() - done, kBufferFrames - buffered_);
    append(block.slice(done, part));
    done += part;
    while (buffered_ >= 2 * kMargin + kSpanFrames) scan_span(kSpanFrames);
  }
}

void PeakMeter::finish() {
  if (finished_) return;
  finished_ = true;
  for (int left = buffered_ - kMargin; left > 0; left = buffered_ - kMargin) {
    const int frames = std::min(left, kSpanFrames);
    for (Channel& channel : channels_)
      std::fill(channel.samples.begin() + buffered_, channel.samples.end(), 0.0F);
    scan_span(frames);
  }
  if (tenth_peak_ > 0.0F) tenths_.push_back(tenth_peak_);
}

void PeakMeter::append(ConstAudioBlock block) {
  for (int c = 0; c < format_.channels; ++c) {
    const auto from = block.channel(c);
    std::copy(from.begin(), from.end(), channels_[static_cast<std::size_t>(c)].samples.begin() + buffered_);
  }
  buffered_ += block.frames();
}

// Scans the next `frames` frames and forgets them. Spans begin at multiples of kSpanFrames, so that nothing
// depends on how the stream was cut.
void PeakMeter::scan_span(int frames) {
  std::fill(linked_.begin(), linked_.end(), 0.0F);
  for (int done = 0; done < frames;) {
    const auto part = static_cast<int>(std::min<std::int64_t>(frames - done, tenth_end_ - next_));
    scan_part(done, part);
    done += part;
    next_ += part;
    if (next_ < tenth_end_) continue;
    tenths_.push_back(tenth_peak_);
    tenth_peak_ = 0.0F;
    tenth_end_ = grid_.frame(static_cast<std::int64_t>(tenths_.size()) + 1);
  }
  if (keep_cells_)
    for (int i = 0; i < frames; i += cell_frames_)
      cells_.push_back(highest_magnitude(std::span(linked_).subspan(
          static_cast<std::size_t>(i), static_cast<std::size_t>(std::min(cell_frames_, frames - i)))));
  buffered_ -= frames;
  for (Channel& channel : channels_)
    std::copy_n(channel.samples.begin() + frames, buffered_, channel.samples.begin());
}

// `frames` frames from next_ on, within one tenth of a second; they stand `offset` frames into the span.
void PeakMeter::scan_part(int offset, int frames) {
  for (Channel& channel : channels_) {
    const std::span<const float> samples(channel.samples.data() + kMargin + offset,
                                         static_cast<std::size_t>(frames));
    const float highest = highest_magnitude(samples);
    if (highest >= kFullScale || channel.equal_run > 0) count_clipped(channel, samples);
    channel.last = samples.back();
    sample_peak_ = std::max(sample_peak_, highest);
    tenth_peak_ = std::max(tenth_peak_, highest);
  }
  const auto groups = static_cast<std::ptrdiff_t>((frames + kGroup - 1) / kGroup);
  std::fill_n(linked_groups_.begin(), groups, 0.0F);
  for (int c = 0; c < format_.channels; ++c) scan_channel(c, offset, frames);
  for (std::ptrdiff_t g = 0; g < groups; ++g)
    if (linked_groups_[static_cast<std::size_t>(g)] > 1.0F) {
      const int first = static_cast<int>(g) * kGroup;
      count_overs(offset, first, std::min(first + kGroup, frames));
    }
}

void PeakMeter::scan_channel(int channel, int offset, int frames) {
  const float* samples = channels_[static_cast<std::size_t>(channel)].samples.data() + kMargin + offset;
  // What stays below all of these changes no result. Cells need every peak.
  const float level = keep_cells_ ? -1.0F : std::min({tenth_peak_, refine_floor_, 1.0F});
  interpolator_.scan_above(samples, frames, level, scanned_.data(), group_peaks_.data());
  for (int first = 0; first < frames; first += kGroup) {
    const auto group = static_cast<std::size_t>(first / kGroup);
    if (group_peaks_[group] <= level) continue;
    const int end = std::min(first + kGroup, frames);
    float highest = 0.0F;
    if (group_peaks_[group] < refine_floor_) {
      highest = group_peaks_[group];
      raise_to(std::span(linked_).subspan(static_cast<std::size_t>(offset + first)),
               std::span(scanned_).subspan(static_cast<std::size_t>(first),
                                           static_cast<std::size_t>(end - first)));
    } else {
      for (int i = first; i < end; ++i) {
        float peak = scanned_[static_cast<std::size_t>(i)];
        if (peak >= refine_floor_ && peak > 0.0F && beside_crest(i, frames))
          peak = refine(channel, samples + i, next_ + i);
        float& linked = linked_[static_cast<std::size_t>(offset + i)];
        linked = std::max(linked, peak);
        highest = std::max(highest, peak);
      }
    }
    linked_groups_[group] = std::max(linked_groups_[group], highest);
    tenth_peak_ = std::max(tenth_peak_, highest);
  }
}

// Whether one of the scanned frames i - 1, i, i + 1 is as high as those next to it: the finer reading of a
// crest lies in the frame where the scan found it, or in the next.
bool PeakMeter::beside_crest(int i, int frames) const {
  const auto peak = [&](int k) {
    const bool known = k >= 0 && k < frames && group_peaks_[static_cast<std::size_t>(k / kGroup)] > 0.0F;
    return known ? scanned_[static_cast<std::size_t>(k)] : 0.0F;
  };
  for (int k = i - 1; k <= i + 1; ++k)
    if (peak(k) >= peak(k - 1) && peak(k) >= peak(k + 1)) return true;
  return false;
}

// The 32-fold reading of one frame. It may be lower than the scan's, whose filter is the shorter one.
float PeakMeter::refine(int channel, const float* samples, std::int64_t frame) {
  const float peak = refiner_.highest(samples, 1);
  if (peak > true_peak_) {
    true_peak_ = peak;
    refine_floor_ = peak * static_cast<float>(db_to_gain(-kRefineMarginDb));
  }
  note_place(frame, peak, channel);
  return peak;
}

void PeakMeter::note_place(std::int64_t frame, float peak, int channel) {
  const double at_s = static_cast<double>(frame) / format_.sample_rate_hz;
  const auto second = static_cast<std::int64_t>(at_s);
  if (second_peaks_.empty() || static_cast<std::int64_t>(second_peaks_.back().at_s) != second)
    second_peaks_.push_back({at_s, peak, channel});
  else if (peak > second_peaks_.back().level_db)
    second_peaks_.back() = {at_s, peak, channel};
}

// Frames [first, end) of the part: linked peaks above full scale.
void PeakMeter::count_overs(int offset, int first, int end) {
  for (int i = first; i < end; ++i) {
    if (!(linked_[static_cast<std::size_t>(offset + i)] > 1.0F)) continue;
    const std::int64_t frame = next_ + i;
    const double at_s = static_cast<double>(frame) / format_.sample_rate_hz;
    if (static_cast<double>(frame - last_over_frame_) > kOverGapS * format_.sample_rate_hz) ++overs_;
    last_over_frame_ = frame;
    mark(overs_when_, at_s, at_s + 1.0 / format_.sample_rate_hz);
  }
}

// Flattened samples in the part that begins at next_.
void PeakMeter::count_clipped(Channel& channel, std::span<const float> samples) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float x = samples[i];
    const bool full = std::abs(x) >= kFullScale;
    const float near = std::abs(x) > 1.0F ? kEqualAbove * std::abs(x) : kEqual;
    const bool flat = channel.equal_run > 0 && std::abs(x - channel.last) <= near;
    channel.equal_run = !full ? 0 : flat ? channel.equal_run + 1 : 1;
    channel.last = x;
    if (channel.equal_run < kClippedRun) continue;
    const double end = static_cast<double>(next_ + static_cast<std::int64_t>(i) + 1) / format_.sample_rate_hz;
    if (channel.equal_run == kClippedRun) ++clipped_runs_;
    mark(clipped_when_, end - kClippedRun / format_.sample_rate_hz, end);
  }
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
