#include "measure/flat_top_meter.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/decibels.h"
#include "dsp/span_stats.h"
#include "measure/ceiling.h"

namespace lacquer {

namespace {

constexpr float kNear = 0.99885F;  // -0.01 dB
constexpr float kTop = 0.8913F;    // -1 dB
constexpr int kShortest = 4;
constexpr float kSameLevel = 0.9943F;  // -0.05 dB
constexpr std::size_t kBreakTenths = 100;
constexpr std::int64_t kFewestCrests = 12;
constexpr int kFewestTenths = 5;
constexpr float kCut = 8.0F;                       // fall outside over sag within
constexpr float kFullScale = 32766.5F / 32768.0F;  // as PeakMeter has it: from here up it is plain clipping
constexpr double kLowestDb = -30.0, kStepDb = 0.1;
constexpr double kTenthS = 0.1, kMergeS = 0.1;
constexpr std::size_t kMostRanges = 1000;
constexpr std::size_t kGroup = 32;

// Whether any magnitude reaches `level`: on the bits of the floats, where the compiler can use vectors.
bool reaches(const float* x, float level) {
  const auto least = std::bit_cast<std::int32_t>(level);
  std::int32_t any = 0;
  for (std::size_t i = 0; i < kGroup; ++i)
    any |= static_cast<std::int32_t>((std::bit_cast<std::int32_t>(x[i]) & 0x7fffffff) >= least);
  return any != 0;
}

}  // namespace

FlatTopMeter::FlatTopMeter(const StreamFormat& format)
    : sample_rate_hz_(format.sample_rate_hz),
      channels_(static_cast<std::size_t>(format.channels)),
      grid_(kTenthS, format.sample_rate_hz) {}

void FlatTopMeter::add(ConstAudioBlock block) {
  for (int done = 0; done < block.frames();) {
    const auto end = grid_.frame(static_cast<std::int64_t>(tenths_.size()) + 1);
    const int part = static_cast<int>(std::min<std::int64_t>(block.frames() - done, end - frame_));
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      const auto x = block.channel(static_cast<int>(c))
                         .subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(part));
      scan(channels_[c], x, frame_);
      const SpanStats stats = span_stats(x);
      const float peak = std::max(-stats.low, stats.high);
      channels_[c].now = std::max(channels_[c].now, peak);
      tenth_peak_ = std::max(tenth_peak_, peak);
    }
    frame_ += part;
    done += part;
    if (frame_ < end) continue;
    tenths_.push_back(tenth_peak_);
    tenth_peak_ = 0.0F;
    for (Channel& channel : channels_) end_tenth(channel);
  }
}

void FlatTopMeter::scan(Channel& channel, std::span<const float> x, std::int64_t first_frame) {
  std::size_t i = 0;
  while (i < x.size()) {
    const bool whole = i + kGroup <= x.size();
    const float least = kTop * std::max(channel.recent, channel.now);
    if (whole && channel.length == 0 && !reaches(x.data() + i, least)) {
      i += kGroup;
      channel.before = std::abs(x[i - 2]);
      channel.last = std::abs(x[i - 1]);
      continue;
    }
    for (const std::size_t end = whole ? i + kGroup : x.size(); i < end; ++i)
      take(channel, x[i], first_frame + static_cast<std::int64_t>(i));
  }
}

void FlatTopMeter::end_tenth(Channel& channel) {
  const bool at_peak = channel.cut > 0.0F && channel.cut >= kSameLevel * channel.now;
  channel.tenths.push_back({channel.now, at_peak ? channel.cut : 0.0F,
                            static_cast<std::int32_t>(std::min<std::int64_t>(channel.crests, 1 << 30))});
  channel.recent = channel.now;
  channel.now = 0.0F;
  channel.cut = 0.0F;
  channel.crests = 0;
}

void FlatTopMeter::take(Channel& channel, float x, std::int64_t frame) {
  const float level = std::abs(x);
  channel.now = std::max(channel.now, level);
  const float least = kTop * std::max(channel.recent, channel.now);
  if (channel.length == 0 && level < least) {
    channel.before = channel.last;
    channel.last = level;
    return;
  }
  channel.highest = std::max(channel.highest, level);
  if (channel.ended) end_run(channel, level, frame);
  if (channel.length > 0 && !channel.ended) {
    const float high = std::max(channel.high, level);
    const float low = std::min(channel.low, level);
    if (low >= kNear * high && std::signbit(x) == channel.negative) {
      ++channel.length;
      channel.high = high;
      channel.low = low;
    } else if (level < channel.high) {
      channel.ended = channel.length >= kShortest;
      if (!channel.ended) channel.length = 0;
    } else {
      channel.length = 0;  // still rising: a new run may begin here
    }
  }
  if (channel.length == 0 && level > 0.0F && level >= least) {
    channel.length = 1;
    channel.negative = std::signbit(x);
    channel.high = channel.low = level;
    channel.entry = channel.before;
  }
  channel.before = channel.last;
  channel.last = level;
}

void FlatTopMeter::end_run(Channel& channel, float exit, std::int64_t frame) {
  const float sag = channel.high - channel.low;
  const float fall = channel.high - std::max(channel.entry, exit);
  const bool cut = fall > kCut * sag && fall > (1.0F - kNear) * channel.high;
  const double db = gain_to_db(channel.high).value_or(kLowestDb);
  if (cut && channel.high < kFullScale && db >= kLowestDb) {
    const auto row = static_cast<std::size_t>(std::min<double>(kLevels - 1, (db - kLowestDb) / kStepDb));
    ++channel.counts[row];
    if (channel.high * kSameLevel > channel.cut) channel.cut = channel.high, channel.crests = 0;
    if (channel.high >= kSameLevel * channel.cut) ++channel.crests;
    const double to = static_cast<double>(frame - 1) / sample_rate_hz_;
    const double from = to - channel.length / sample_rate_hz_;
    auto& places = channel.places;
    if (!places.empty() && from - places.back().to_s <= kMergeS) {
      places.back().to_s = to;
      places.back().level = std::max(places.back().level, channel.high);
    } else {
      if (places.size() == kMostPlaces)
        std::erase_if(places, [&](const Place& place) { return place.level < kTop * channel.highest; });
      if (places.size() < kMostPlaces) places.push_back({from, to, channel.high});
    }
  }
  channel.length = 0;
  channel.ended = false;
}

void FlatTopMeter::add_cut_stretches(const Channel& channel, std::vector<CutStretch>& into) {
  CutStretch stretch;
  float level = 0.0F;
  int cut_tenths = 0;
  std::size_t last = 0;
  const auto close = [&] {
    if (stretch.crests >= kFewestCrests && cut_tenths >= kFewestTenths && into.size() < kMostRanges)
      into.push_back(stretch);
    level = 0.0F;
  };
  for (std::size_t i = 0; i < channel.tenths.size(); ++i) {
    const Tenth& tenth = channel.tenths[i];
    const bool passed = tenth.peak * kSameLevel > level;
    const bool same = tenth.cut > 0.0F && !passed && tenth.cut >= kSameLevel * level;
    if (level > 0.0F && (passed || (i - last > kBreakTenths && !same))) close();
    if (tenth.cut <= 0.0F || (level > 0.0F && !same)) continue;
    const double at_s = static_cast<double>(i) * kTenthS;
    if (level <= 0.0F) {
      level = tenth.cut;
      stretch = {{at_s, at_s}, gain_to_db(level).value_or(kLowestDb), 0};
      cut_tenths = 0;
    }
    stretch.when.to_s = at_s + kTenthS;
    stretch.crests += tenth.crests;
    ++cut_tenths;
    last = i;
  }
  if (level > 0.0F) close();
}

void FlatTopMeter::report(PeakResult& into) const {
  float highest = 0.0F;
  for (const Channel& channel : channels_) highest = std::max(highest, channel.highest);
  const auto top = gain_to_db(kTop * highest);
  if (!top || frame_ == 0) return;
  const auto first =
      static_cast<std::size_t>(std::clamp<double>(std::floor((*top - kLowestDb) / kStepDb), 0.0, kLevels));
  std::int64_t count = 0;
  std::vector<TimeRange> when;
  for (const Channel& channel : channels_) {
    for (std::size_t row = first; row < kLevels; ++row) count += channel.counts[row];
    for (const Place& place : channel.places)
      if (place.level >= kTop * highest) when.push_back({place.from_s, place.to_s});
  }
  std::sort(when.begin(), when.end(),
            [](const TimeRange& a, const TimeRange& b) { return a.from_s < b.from_s; });
  for (const TimeRange& range : when) {
    auto& ranges = into.flat_tops_when;
    if (!ranges.empty() && range.from_s - ranges.back().to_s <= kMergeS)
      ranges.back().to_s = std::max(ranges.back().to_s, range.to_s);
    else if (ranges.size() < kMostRanges)
      ranges.push_back(range);
  }
  into.flat_tops = count;
  into.flat_tops_per_minute =
      static_cast<double>(count) * 60.0 * sample_rate_hz_ / static_cast<double>(frame_);
  for (const Channel& channel : channels_) add_cut_stretches(channel, into.cut_stretches);
  std::stable_sort(into.cut_stretches.begin(), into.cut_stretches.end(),
                   [](const CutStretch& a, const CutStretch& b) { return a.when.from_s < b.when.from_s; });
  into.sample_ceiling = find_ceiling(tenths_);
}

}  // namespace lacquer
