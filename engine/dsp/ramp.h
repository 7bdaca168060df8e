#pragma once

namespace lacquer {

// A value that glides to its target in a straight line over a fixed time: what every parameter that is heard
// goes through, so that no processor smooths by hand. Before the first sample it is simply there.
class Ramp {
 public:
  static constexpr double kGlideMs = 20.0;

  explicit Ramp(double value = 1.0) noexcept : value_(value), target_(value) {}

  void prepare(double sample_rate_hz) noexcept {
    frames_ = static_cast<int>(kGlideMs * sample_rate_hz / 1000.0) + 1;
    settle();
  }
  void aim(double target) noexcept {
    if (target == target_) return;
    target_ = target;
    left_ = started_ ? frames_ : 0;
    step_ = left_ > 0 ? (target_ - value_) / left_ : 0.0;
    if (left_ == 0) value_ = target_;
  }
  void settle() noexcept {
    value_ = target_;
    left_ = 0;
    started_ = false;
  }
  bool moving() const noexcept { return left_ > 0; }
  double value() const noexcept { return value_; }
  int left() const noexcept { return left_; }  // frames until it is there
  // From 0 to 1, from now on: the weight of a new setting that fades in over an old one.
  void fade_in() noexcept {
    value_ = 0.0;
    target_ = 0.0;
    started_ = true;
    aim(1.0);
  }
  // Audio has passed: from now on a change glides.
  void start() noexcept { started_ = true; }
  double next() noexcept {
    if (left_ > 0) {
      --left_;
      value_ = left_ == 0 ? target_ : value_ + step_;
    }
    return value_;
  }

 private:
  double value_;
  double target_;
  double step_ = 0.0;
  int frames_ = 1;
  int left_ = 0;
  bool started_ = false;
};

}  // namespace lacquer
