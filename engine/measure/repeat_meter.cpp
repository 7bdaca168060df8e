#include "measure/repeat_meter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "measure/source_kernels.h"

namespace lacquer {

namespace {
constexpr std::size_t kTable = 1024;  // four times the landmarks within reach
constexpr int kHashed = 4;            // frames that two landmarks must have in common
constexpr int kBack = 512;            // from a landmark back to where the copy begins: 32 times the usual
constexpr int kMostCopies = 8;
constexpr int kSlack = 2;  // frames at either end that are equal by chance
constexpr int kWindow = 256;
constexpr double kLeastPower = 1e-5;  // -50 dBFS
constexpr double kAttack = 25.0;      // energy within over energy before the first copy: a sound begins
constexpr int kRoll = 1024;           // from here on a drum may be struck again ...
constexpr double kDecay = 10.0;       // ... and falls that much from stroke to stroke
constexpr double kHeldShare = 0.25;   // of samples equal to the one before: steps, not sound
constexpr double kBreak = 16.0;       // squared second difference against its mean: four times

bool equal_frames(const SourceCell& cell, int at, int lag) {
  return std::all_of(cell.channels.begin(), cell.channels.end(),
                     [&](const float* x) { return x[at] == x[at - lag]; });
}

double squared_jerk(const float* x) {
  const double jerk = static_cast<double>(x[0]) - 2.0 * x[-1] + x[-2];
  return jerk * jerk;
}

double energy(const SourceCell& cell, int at, int frames) {
  double sum = 0.0;
  for (const float* x : cell.channels)
    for (int i = at; i < at + frames; ++i) sum += static_cast<double>(x[i]) * x[i];
  return sum;
}

// Whether the frames from `at` on, `lag` of which are repeated, are cut out of the middle of a sound.
bool cut_from_sound(const SourceCell& cell, int at, int lag) {
  const int frames = std::min(lag, kWindow);
  const double within = energy(cell, at, frames);
  const auto count = static_cast<double>(frames) * static_cast<double>(cell.channels.size());
  if (within < kLeastPower * count || within > kAttack * energy(cell, at - frames, frames)) return false;
  if (lag >= kRoll && within > kDecay * energy(cell, at + lag - frames, frames)) return false;
  int held = 0;
  double jerk = 0.0, entry = 0.0;
  for (const float* x : cell.channels) {
    entry = std::max({entry, squared_jerk(x + at), squared_jerk(x + at + 1)});
    for (int i = at + 2; i < at + frames; ++i) {
      held += x[i] == x[i - 1] ? 1 : 0;
      jerk += squared_jerk(x + i);
    }
  }
  return held < kHeldShare * count && entry < kBreak * jerk / count;
}
}  // namespace

RepeatMeter::RepeatMeter(double sample_rate_hz, int cell_frames)
    : sample_rate_hz_(sample_rate_hz), landmarks_(kTable), places_(static_cast<std::size_t>(cell_frames)) {}

void RepeatMeter::add(const SourceCell& cell) {
  const float* left = cell.channels[0];
  const float* right = cell.channels[cell.channels.size() > 1 ? 1 : 0];
  int at = 0;  // compared up to here
  const auto follow = [&] {
    while (at < cell.frames && equal_frames(cell, at, lag_)) ++at;
    if (at < cell.frames) end(cell.first_frame + at);
  };
  if (lag_ > 0) follow();
  const int found = find_landmarks(left, right, cell.frames, places_.data());
  for (int i = 0; i < found && lag_ == 0; ++i) {
    const int place = places_[static_cast<std::size_t>(i)];
    if (place < at) continue;
    const std::uint32_t hash = landmark_hash(left + place, right + place, kHashed);
    const auto frame = static_cast<std::uint32_t>(cell.first_frame + place);
    Landmark& landmark = landmarks_[hash % kTable];
    const std::uint32_t lag = frame - landmark.frame;
    const bool known = landmark.hash == hash && lag >= kShortest && lag <= kLongest;
    landmark = {hash, frame};
    if (!known) continue;
    begin(cell, place, static_cast<int>(lag));
    at = place;
    if (lag_ > 0) follow();
  }
}

void RepeatMeter::begin(const SourceCell& cell, int at, int lag) {
  int from = at + 1;
  while (from > at - kBack && equal_frames(cell, from - 1, lag)) --from;
  if (at + 1 - from < kHashed) return;
  lag_ = lag;
  from_ = cell.first_frame + from;
  cut_ = cut_from_sound(cell, from - lag, lag);
}

void RepeatMeter::end(std::int64_t to) {
  const std::int64_t frames = to - from_;
  const std::int64_t copies = (frames + kSlack) / lag_;
  if (cut_ && copies >= 1 && copies <= kMostCopies && std::abs(frames - copies * lag_) <= kSlack) {
    ++count_;
    when_.add(static_cast<double>(from_) / sample_rate_hz_, static_cast<double>(to) / sample_rate_hz_);
  }
  lag_ = 0;
}

}  // namespace lacquer
