#include "dsp/gliding_cascade.h"

#include <algorithm>
#include <array>

namespace lacquer {

void GlidingCascade::prepare(double sample_rate_hz, int rows) {
  rows_ = rows;
  warm_up_frames_ = static_cast<int>(kWarmUpMs * sample_rate_hz / 1000.0) + 1;
  fade_.prepare(sample_rate_hz);
  memory_now_.resize(static_cast<std::size_t>((rows + 1) / 2));
  memory_next_.resize(memory_now_.size());
  reset();
}

void GlidingCascade::reset() noexcept {
  now_ = wanted_;
  waiting_ = false;
  started_ = false;
  warm_up_left_ = 0;
  fade_.settle();
  std::fill(memory_now_.begin(), memory_now_.end(), Cascade::Memory{});
}

void GlidingCascade::set(const Cascade& wanted) noexcept {
  wanted_ = wanted;
  waiting_ = !(wanted_ == (changing() ? next_ : now_));
  if (!started_) reset();
}

void GlidingCascade::begin_change() noexcept {
  next_ = wanted_;
  waiting_ = false;
  warm_up_left_ = warm_up_frames_;
  std::fill(memory_next_.begin(), memory_next_.end(), Cascade::Memory{});
}

void GlidingCascade::process(double* const* rows, int frames) noexcept {
  started_ = frames > 0 || started_;
  for (int at = 0; at < frames;) {
    if (waiting_ && !changing()) begin_change();
    int part = frames - at;
    if (changing()) {
      part = std::min(part, warm_up_left_ > 0 ? warm_up_left_ : fade_.left());
      change(rows, at, part);
    } else {
      std::array<double, kMaxFrames> silence{};
      for (int c = 0; c < rows_; c += 2) {
        auto& memory = memory_now_[static_cast<std::size_t>(c / 2)];
        now_.process(rows[c] + at, c + 1 < rows_ ? rows[c + 1] + at : silence.data(), part, memory);
      }
    }
    at += part;
  }
}

void GlidingCascade::change(double* const* rows, int at, int frames) noexcept {
  const Ramp from = fade_;
  const bool fading = warm_up_left_ == 0;
  for (int c = 0; c < rows_; c += 2) {
    const auto pair = static_cast<std::size_t>(c / 2);
    std::array<double, kMaxFrames> spare{};
    std::array<std::array<double, kMaxFrames>, 2> coming;
    const std::array<double*, 2> lanes = {rows[c] + at, c + 1 < rows_ ? rows[c + 1] + at : spare.data()};
    for (std::size_t lane = 0; lane < 2; ++lane) std::copy_n(lanes[lane], frames, coming[lane].begin());
    next_.process(coming[0].data(), coming[1].data(), frames, memory_next_[pair]);
    now_.process(lanes[0], lanes[1], frames, memory_now_[pair]);
    if (!fading) continue;
    fade_ = from;
    for (int i = 0; i < frames; ++i) {
      const double weight = fade_.next();
      for (std::size_t lane = 0; lane < 2; ++lane)
        lanes[lane][i] += weight * (coming[lane][static_cast<std::size_t>(i)] - lanes[lane][i]);
    }
  }
  if (!fading) {
    warm_up_left_ -= frames;
    if (warm_up_left_ == 0) fade_.fade_in();
  } else if (!fade_.moving()) {
    now_ = next_;
    std::swap(memory_now_, memory_next_);
  }
}

}  // namespace lacquer
