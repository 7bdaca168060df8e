#include "measure/gap_meter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lacquer {

namespace {
constexpr double kNearS = 0.001;
constexpr double kFarS = 0.020;
// A gap of 1 ms (less the rounding to whole frames) to 1 s (Muehlbauer 2010 looks at 10 ms to 3.5 s; longer
// ones in music are pauses) ...
constexpr double kShortestS = 0.0009;
constexpr double kLongestS = 1.0;
constexpr double kSoundRms = 0.003;  // ... between sounds above -50 dBFS ...
// ... that stop and start at once: the millisecond beside the gap is no more than 10 dB below the 20 ms on
// one side and 20 dB on the other (a millisecond may fall on the zero crossing of a bass).
constexpr double kCut = 0.316;
constexpr double kCutBoth = 0.1;
constexpr double kSameSound = 4.0;  // and go on as they were, within 12 dB
// The first or last samples stand clear of zero: an onset from silence, however steep, passes through it.
constexpr double kStep = 0.1;
constexpr double kStepBoth = 0.04;
constexpr double kHeld = 0.5;  // a wave made of steps (square, pulse) is at zero for a while and cut anyway
constexpr double kAbruptRms = 0.01;  // -40 dBFS in the first or last millisecond
// A consonant, a hi-hat or a breath is all highs and may begin at once; what a cut leaves is the body of the
// music. So much of the amplitude must lie below: 5 to 9 kHz keep a twelfth, white noise a quarter, music
// most.
constexpr double kBody = 0.16;
constexpr double kBodyHz = 2000.0;  // the corner of two poles
}  // namespace

GapMeter::GapMeter(double sample_rate_hz, int channels)
    : sample_rate_hz_(sample_rate_hz),
      near_frames_(std::max(2, static_cast<int>(sample_rate_hz * kNearS))),
      far_frames_(static_cast<int>(sample_rate_hz * kFarS)),
      runs_(static_cast<std::size_t>(channels)) {}

bool GapMeter::abrupt(const SoundEdge& edge) noexcept {
  return edge.near_rms >= kAbruptRms && edge.near_rms >= kCut * edge.far_rms &&
         edge.step >= kStep * edge.far_rms && edge.body_rms >= kBody * edge.near_rms;
}

SoundEdge GapMeter::edge(std::span<const float* const> channels, int at, int direction) const {
  SoundEdge result;
  const double pole = std::exp(-2.0 * std::numbers::pi * kBodyHz / sample_rate_hz_);
  double near = 0.0, body = 0.0, far = 0.0, moving = 0.0;
  for (const float* x : channels) {
    double once = 0.0, low = 0.0;  // beyond the edge is silence, whichever way time runs
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < far_frames_; ++i) {
      const double value = x[at + direction * i];
      sum += value;
      squares += value * value;
      if (i < near_frames_) {
        near += value * value;
        once = pole * once + (1.0 - pole) * value;
        low = pole * low + (1.0 - pole) * once;
        body += low * low;
      }
      if (i < 2) result.step = std::max(result.step, std::abs(value));
      if (x[at + direction * i] == x[at + direction * (i + 1)]) result.held += 1.0;
    }
    far += squares;
    moving += std::max(0.0, squares - sum * sum / far_frames_);
  }
  const auto count = static_cast<double>(channels.size());
  result.near_rms = std::sqrt(near / (count * near_frames_));
  result.body_rms = std::sqrt(body / (count * near_frames_));
  result.far_rms = std::sqrt(far / (count * far_frames_));
  result.moving_rms = std::sqrt(moving / (count * far_frames_));
  result.held /= count * far_frames_;
  return result;
}

void GapMeter::scan(const SourceCell& cell, std::span<const float* const> channels,
                    std::span<const std::uint8_t> quiet, Run& run, bool whole) {
  const auto silent = [&](int i) {
    return std::all_of(channels.begin(), channels.end(),
                       [&](const float* x) { return std::abs(x[i]) <= kQuiet; });
  };
  for (std::size_t s = 0; s < quiet.size(); ++s) {
    const int first = static_cast<int>(s) * 16;
    if (!run.open && quiet[s] != 0) {
      int at = first;
      while (at > first - 16 && silent(at - 1)) --at;
      run = {true, cell.first_frame + at, edge(channels, at - 1, -1)};
      if (whole) end_ = run.before;
    } else if (run.open && quiet[s] == 0) {
      int at = first;
      while (at < first + 15 && silent(at)) ++at;
      const SoundEdge after = edge(channels, at, 1);
      if (run.before && &run != &all_) close(run, cell.first_frame + at, after);
      if (whole && !start_) start_ = after;
      run.open = false;
    }
  }
}

void GapMeter::close(const Run& run, std::int64_t to, const SoundEdge& after) {
  const double from_s = static_cast<double>(run.from) / sample_rate_hz_;
  const double to_s = static_cast<double>(to) / sample_rate_hz_;
  const SoundEdge& before = *run.before;
  if (to_s - from_s < kShortestS || to_s - from_s > kLongestS) return;
  const auto cut = [](const SoundEdge& side, double near, double step) {
    return side.far_rms >= kSoundRms && side.near_rms >= near * side.far_rms &&
           side.step >= step * side.far_rms;
  };
  if (!cut(before, kCutBoth, kStepBoth) || !cut(after, kCutBoth, kStepBoth)) return;
  if (!cut(before, kCut, kStep) && !cut(after, kCut, kStep)) return;
  if (before.held > kHeld && after.held > kHeld) return;
  if (before.far_rms > kSameSound * after.far_rms || after.far_rms > kSameSound * before.far_rms) return;
  if (from_s > last_to_s_) ++count_;
  last_to_s_ = std::max(last_to_s_, to_s);
  dropouts_.add(from_s, to_s);
}

void GapMeter::add(const SourceCell& cell, std::span<const std::uint8_t> quiet) {
  const std::size_t count = runs_.size();
  const std::size_t each = quiet.size() / count;
  for (std::size_t c = 0; c < count; ++c)
    scan(cell, cell.channels.subspan(c, 1), quiet.subspan(c * each, each), runs_[c], count == 1);
  if (count == 1) return;
  std::array<std::uint8_t, 4096> all{};
  const std::size_t used = std::min(each, all.size());
  for (std::size_t s = 0; s < used; ++s) {
    all[s] = 1;
    for (std::size_t c = 0; c < count; ++c) all[s] = all[s] & quiet[c * each + s];
  }
  scan(cell, cell.channels, std::span(all).first(used), all_, true);
}

}  // namespace lacquer
