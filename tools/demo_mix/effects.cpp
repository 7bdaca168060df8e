#include "effects.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/decibels.h"
#include "synthesis.h"

namespace lacquer::demo {
namespace {

class DelayLine {
 public:
  explicit DelayLine(double seconds) : line_(std::max<std::size_t>(1, to_frames(seconds)), 0.0F) {}
  double read() const { return line_[position_]; }
  void write(double x) {
    // Far below the last bit of 24; keeps the tail out of the slow subnormal range.
    line_[position_] = std::abs(x) < 1e-12 ? 0.0F : static_cast<float>(x);
    if (++position_ == line_.size()) position_ = 0;
  }

 private:
  std::vector<float> line_;
  std::size_t position_ = 0;
};

class OnePole {
 public:
  explicit OnePole(double hz) : step_(1.0 - std::exp(-2.0 * kPi * hz / kSampleRateHz)) {}
  double low(double x) { return level_ += step_ * (x - level_); }

 private:
  double step_;
  double level_ = 0.0;
};

class Diffuser {
 public:
  explicit Diffuser(double seconds) : line_(seconds) {}
  double next(double x) {
    constexpr double kAmount = 0.6;
    const double delayed = line_.read();
    const double into = x - kAmount * delayed;
    line_.write(into);
    return delayed + kAmount * into;
  }

 private:
  DelayLine line_;
};

constexpr std::size_t kLines = 8;

void hadamard(std::array<double, kLines>& x) {
  for (std::size_t half = 1; half < kLines; half *= 2) {
    for (std::size_t i = 0; i < kLines; ++i) {
      if ((i & half) != 0) continue;
      const double a = x[i];
      const double b = x[i + half];
      x[i] = a + b;
      x[i + half] = a - b;
    }
  }
  const double scale = 1.0 / std::sqrt(static_cast<double>(kLines));
  for (double& value : x) value *= scale;
}

// Both channels in one loop: two chains of recursions take little longer than one.
template <typename Change>
void change_both(Stereo& audio, const Change& fresh) {
  Change left = fresh;
  Change right = fresh;
  for (std::size_t i = 0; i < audio.frames(); ++i) {
    audio.left[i] = static_cast<float>(left(audio.left[i]));
    audio.right[i] = static_cast<float>(right(audio.right[i]));
  }
}

}  // namespace

Stereo reverberate(const Stereo& in, const ReverbSettings& settings) {
  // Lengths without a common rhythm.
  constexpr std::array<double, kLines> kLengths_s = {0.0311, 0.0373, 0.0427, 0.0491,
                                                     0.0577, 0.0673, 0.0787, 0.0893};
  std::vector<DelayLine> lines;
  std::vector<OnePole> damping;
  std::array<double, kLines> gain{};
  for (std::size_t i = 0; i < kLines; ++i) {
    const double length_s = kLengths_s[i] * settings.size;
    lines.emplace_back(length_s);
    damping.emplace_back(settings.damping_hz);
    gain[i] = std::pow(10.0, -3.0 * length_s / settings.decay_s);
  }
  std::array<DelayLine, 2> pre = {DelayLine(settings.pre_delay_s), DelayLine(settings.pre_delay_s * 1.13)};
  std::array<Diffuser, 4> diffusers = {Diffuser(0.0047), Diffuser(0.0053), Diffuser(0.0119),
                                       Diffuser(0.0127)};
  std::array<Filter, 2> cut;
  for (Filter& filter : cut) filter.set(settings.low_cut_hz, 0.7);

  Stereo out(in.frames());
  std::array<double, kLines> x{};
  for (std::size_t frame = 0; frame < in.frames(); ++frame) {
    const double l = diffusers[2].next(diffusers[0].next(pre[0].read()));
    const double r = diffusers[3].next(diffusers[1].next(pre[1].read()));
    pre[0].write(cut[0].high(in.left[frame]));
    pre[1].write(cut[1].high(in.right[frame]));
    for (std::size_t i = 0; i < kLines; ++i) x[i] = gain[i] * damping[i].low(lines[i].read());
    out.left[frame] = static_cast<float>(0.5 * (x[0] + x[2] - x[4] + x[6]));
    out.right[frame] = static_cast<float>(0.5 * (x[1] + x[3] - x[5] + x[7]));
    hadamard(x);
    for (std::size_t i = 0; i < kLines; ++i) lines[i].write(x[i] + 0.5 * (i % 2 == 0 ? l : r));
  }
  return out;
}

Stereo echo(const Stereo& in, double time_s, double feedback) {
  DelayLine first(time_s);
  DelayLine second(time_s);
  std::array<OnePole, 2> dark = {OnePole(3600.0), OnePole(3600.0)};
  std::array<Filter, 2> cut;
  for (Filter& filter : cut) filter.set(260.0, 0.7);
  Stereo out(in.frames());
  for (std::size_t frame = 0; frame < in.frames(); ++frame) {
    const double l = dark[0].low(cut[0].high(first.read()));
    const double r = dark[1].low(cut[1].high(second.read()));
    first.write(0.5 * (in.left[frame] + in.right[frame]) + feedback * r);
    second.write(l);
    // Not hard to the sides: an echo should not vanish for someone on one loudspeaker.
    out.left[frame] = static_cast<float>(0.9 * l + 0.35 * r);
    out.right[frame] = static_cast<float>(0.35 * l + 0.9 * r);
  }
  return out;
}

void duck(Stereo& audio, const std::vector<Hit>& kicks, double depth_db) {
  const double down = 1.0 - std::exp(-1.0 / (0.002 * kSampleRateHz));
  const double up = std::exp(-1.0 / (0.09 * kSampleRateHz));
  double target_db = 0.0;
  double now_db = 0.0;
  std::size_t next = 0;
  double gain = 1.0;
  for (std::size_t frame = 0; frame < audio.frames(); ++frame) {
    while (next < kicks.size() && to_frames(kicks[next].start_s) <= frame) {
      target_db = std::max(target_db, depth_db * kicks[next++].velocity);
    }
    target_db *= up;
    now_db += target_db > now_db ? down * (target_db - now_db) : target_db - now_db;
    if (frame % 8 == 0) gain = db_to_gain(-now_db);
    audio.left[frame] = static_cast<float>(gain * audio.left[frame]);
    audio.right[frame] = static_cast<float>(gain * audio.right[frame]);
  }
}

void low_cut(Stereo& audio, double hz) {
  Filter filter;
  filter.set(hz, std::sqrt(0.5));
  change_both(audio, [filter](double x) mutable { return filter.high(x); });
}

void bell(Stereo& audio, double hz, double q, double gain_db) {
  Filter filter;
  filter.set(hz, q);
  change_both(audio, [filter, gain = db_to_gain(gain_db)](double x) mutable { return filter.bell(x, gain); });
}

void narrow_below(Stereo& audio, double hz) {
  // Butterworth of the fourth order as two sections.
  Filter first;
  Filter second;
  first.set(hz, 0.5412);
  second.set(hz, 1.3066);
  for (std::size_t i = 0; i < audio.frames(); ++i) {
    const double mid = 0.5 * (audio.left[i] + audio.right[i]);
    const double side = second.high(first.high(0.5 * (audio.left[i] - audio.right[i])));
    audio.left[i] = static_cast<float>(mid + side);
    audio.right[i] = static_cast<float>(mid - side);
  }
}

void fade_out(Stereo& audio, double from_s) {
  const std::size_t from = to_frames(from_s);
  for (std::size_t i = from; i < audio.frames(); ++i) {
    const double left =
        static_cast<double>(audio.frames() - 1 - i) / static_cast<double>(audio.frames() - from);
    const double gain = left * left;
    audio.left[i] = static_cast<float>(gain * audio.left[i]);
    audio.right[i] = static_cast<float>(gain * audio.right[i]);
  }
}

}  // namespace lacquer::demo
