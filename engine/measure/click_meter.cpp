#include "measure/click_meter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/decibels.h"

namespace lacquer {

namespace {
constexpr int kSpansAround = 8;
// First look: the peak of the second difference against its RMS in the eight spans on either side (about 10
// ms each), and against their peaks.
constexpr float kTriggerRatio = 7.0F;
constexpr float kTriggerOverPeaks = 1.8F;
constexpr int kLooksPerCell = 2;  // what triggers more often is texture
// Close look.
constexpr int kOrder = 16;
constexpr int kFitReach = 512;
constexpr double kHannPower = 0.375;
constexpr int kErrorReach = 320;
constexpr int kHole = 4;                   // half the width of what a click may cover
constexpr double kSigmaOfMedian = 0.6745;  // median |x| of a normal distribution
constexpr double kLeastStrength = 14.0;    // in usual errors, 23 dB
constexpr double kLeastOverOthers = 2.5;   // against the highest other error
constexpr int kRepair = 2;                 // samples on either side of the highest that a repair may replace
constexpr double kRepairedRms = 2.0;       // usual errors, RMS, that may remain after it
constexpr double kStepRms = 4.5;           // what a step leaves over, against what the repair leaves
constexpr double kLeastOverRms = 0.25;     // of the sound around it: a click 12 dB below is masked
constexpr float kLeastHeight = 0.003F;     // -50 dBFS (Essentia's ClickDetector skips below it too)
constexpr float kSilent = 1e-4F;
constexpr double kCrowdS = 0.1;  // three more within 100 ms: a tone or a texture
constexpr int kCrowd = 3;
constexpr double kEdgeS = 0.001;

// Levinson-Durbin on the autocorrelation; false where the signal is nothing.
bool fit_predictor(const std::array<double, kOrder + 1>& r, std::array<double, kOrder + 1>& a) {
  a.fill(0.0);
  a[0] = 1.0;
  double error = r[0] * (1.0 + 1e-9) + 1e-20;
  if (!(r[0] > 1e-14) || !std::isfinite(r[0])) return false;
  for (int i = 1; i <= kOrder; ++i) {
    double sum = r[static_cast<std::size_t>(i)];
    for (int j = 1; j < i; ++j) sum += a[static_cast<std::size_t>(j)] * r[static_cast<std::size_t>(i - j)];
    const double k = -sum / error;
    auto next = a;
    for (int j = 1; j < i; ++j) next[static_cast<std::size_t>(j)] += k * a[static_cast<std::size_t>(i - j)];
    next[static_cast<std::size_t>(i)] = k;
    a = next;
    error *= 1.0 - k * k;
    if (!(error > 0.0)) return false;
  }
  return true;
}

// The prediction errors around a place, and how much of them two explanations leave over, as RMS.
class Explanations {
 public:
  Explanations(const std::array<double, kOrder + 1>& a, const float* x) : a_(a) {
    double sum = 0.0;
    for (int n = 0; n < kErrors; ++n) {
      for (int k = 0; k <= kOrder; ++k) error(n) += tap(k) * x[n - kHole - k];
      sum += error(n) * error(n);
    }
    energy_ = sum;
  }

  // An impulse: the samples within kRepair of x[0] give way to those that predict best (least squares;
  // Janssen, Veldhuis & Vries, "Adaptive interpolation of discrete-time signals that can be modeled as
  // autoregressive processes", IEEE ASSP 34(2), 1986).
  double impulse() const {
    constexpr int kUnknown = 2 * kRepair + 1;
    constexpr int kFirst = kHole - kRepair;  // the first error that an unknown sample touches
    std::array<std::array<double, kUnknown + 1>, kUnknown> m{};
    for (int i = 0; i < kUnknown; ++i)
      for (int n = 0; n < kUnknown + kOrder; ++n) {
        auto& row = m[static_cast<std::size_t>(i)];
        for (int j = 0; j < kUnknown; ++j) row[static_cast<std::size_t>(j)] += tap(n - i) * tap(n - j);
        row[kUnknown] -= tap(n - i) * error(kFirst + n);
      }
    for (std::size_t i = 0; i < kUnknown; ++i)  // Gauss: symmetric positive definite, since a[0] is 1
      for (std::size_t j = i + 1; j < kUnknown; ++j) {
        const double factor = m[j][i] / m[i][i];
        for (std::size_t k = i; k <= kUnknown; ++k) m[j][k] -= factor * m[i][k];
      }
    std::array<double, kUnknown> change{};
    for (std::size_t i = kUnknown; i-- > 0;) {
      change[i] = m[i][kUnknown];
      for (std::size_t j = i + 1; j < kUnknown; ++j) change[i] -= m[i][j] * change[j];
      change[i] /= m[i][i];
    }
    double sum = 0.0;
    for (int n = 0; n < kUnknown + kOrder; ++n) {
      double e = error(kFirst + n);
      for (int j = 0; j < kUnknown; ++j) e += tap(n - j) * change[static_cast<std::size_t>(j)];
      sum += e * e;
    }
    return std::sqrt(sum / kOrder);
  }

  // A step up or down at the sample within kHole of x[0] where it explains most.
  double step() const {
    double most = 0.0;
    for (int at = 0; at <= 2 * kHole; ++at) {
      double response = 0.0, along = 0.0, length = 0.0;
      for (int n = at; n < kErrors; ++n) {
        response += tap(n - at);
        along += response * error(n);
        length += response * response;
      }
      most = std::max(most, along * along / length);  // the first response is 1
    }
    return std::sqrt(std::max(0.0, energy_ - most) / kErrors);
  }

 private:
  static constexpr int kErrors = 2 * kHole + 1 + kOrder;
  double tap(int k) const { return k < 0 || k > kOrder ? 0.0 : a_[static_cast<std::size_t>(k)]; }
  double& error(int n) { return errors_[static_cast<std::size_t>(n)]; }
  double error(int n) const { return errors_[static_cast<std::size_t>(n)]; }

  const std::array<double, kOrder + 1>& a_;
  std::array<double, kErrors> errors_{};  // from kHole before x[0] on
  double energy_ = 0.0;
};

double median(double* first, double* last) {
  double* middle = first + (last - first) / 2;
  std::nth_element(first, middle, last);
  return *middle;
}
}  // namespace

ClickMeter::ClickMeter(double sample_rate_hz, int span_frames)
    : sample_rate_hz_(sample_rate_hz), span_(span_frames) {}

void ClickMeter::add(const SourceCell& cell, int channel, std::span<const float> peaks,
                     std::span<const float> energies) {
  const int spans = cell.size / span_;
  int looks = 0;
  for (int s = spans; s < 2 * spans; ++s) {
    const auto at = static_cast<std::size_t>(s);
    const float peak = peaks[at];
    if (peak < 2.0F * kLeastHeight) continue;
    float before = 0.0F, after = 0.0F, highest = 0.0F;
    for (std::size_t k = 2; k <= kSpansAround; ++k) {
      before += energies[at - k];
      after += energies[at + k];
      highest = std::max({highest, peaks[at - k], peaks[at + k]});
    }
    const float mean = std::max(before, after) / static_cast<float>((kSpansAround - 1) * span_);
    if (peak * peak < kTriggerRatio * kTriggerRatio * mean || peak < kTriggerOverPeaks * highest) continue;
    if (peaks[at - 1] > peak || peaks[at + 1] >= peak) continue;
    if (++looks > kLooksPerCell) break;
    const float* x = cell.channels[static_cast<std::size_t>(channel)];
    int highest_at = 0;
    float found = -1.0F;
    for (int i = (s - spans) * span_; i < (s - spans + 1) * span_; ++i) {
      const float jerk = std::abs(x[i - 2] - 2.0F * x[i - 1] + x[i]);
      if (jerk > found) found = jerk, highest_at = i - 1;
    }
    look(cell, channel, highest_at);
  }
  settle(cell.first_frame - static_cast<std::int64_t>(2.0 * kCrowdS * sample_rate_hz_));
}

void ClickMeter::look(const SourceCell& cell, int channel, int at) {
  const float* x = cell.channels[static_cast<std::size_t>(channel)] + at;
  // The middle of what stands out from the line through its neighbours.
  double weight = 0.0, centre = 0.0;
  for (int i = -kHole; i <= kHole; ++i) {
    const double line = x[-kHole - 1] + (static_cast<double>(x[kHole + 1]) - x[-kHole - 1]) *
                                            (i + kHole + 1) / (2.0 * kHole + 2.0);
    const double off = (x[i] - line) * (x[i] - line);
    weight += off, centre += off * i;
  }
  if (!(weight > 0.0) || !std::isfinite(weight)) return;
  const int shift = static_cast<int>(std::lround(centre / weight));
  at += shift, x += shift;
  const auto silent = [&](int from, int to) {
    return std::all_of(x + from, x + to, [](float value) { return std::abs(value) <= kSilent; });
  };
  // Hard in from silence or out to it: an onset, a gate or a dropout.
  if (silent(-24, -kHole) != silent(kHole, 24)) return;
  // The surroundings, with the place itself bridged by a straight line.
  std::array<double, 2 * kFitReach> y;
  for (int i = -kFitReach; i < kFitReach; ++i) {
    double value = x[i];
    if (i > -kHole && i < kHole)
      value = x[-kHole] + (static_cast<double>(x[kHole]) - x[-kHole]) * (i + kHole) / (2.0 * kHole);
    y[static_cast<std::size_t>(i + kFitReach)] =
        value * (0.5 + 0.5 * std::cos(std::numbers::pi * i / kFitReach));
  }
  std::array<double, kOrder + 1> r{}, a{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag)
    for (std::size_t i = lag; i < y.size(); ++i) r[lag] += y[i] * y[i - lag];
  const float height = std::abs(x[0] - 0.5F * (x[-kHole] + x[kHole]));
  const auto error_at = [&](int i) {
    double e = 0.0;
    for (int k = 0; k <= kOrder; ++k) e += a[static_cast<std::size_t>(k)] * x[i - k];
    return std::abs(e);
  };
  double strength = 1e3;
  if (fit_predictor(r, a)) {
    std::array<double, kErrorReach> before{}, after{};
    double others = 0.0, peak = 0.0;
    std::size_t n_before = 0, n_after = 0;
    for (int i = -kErrorReach; i < -2 * kHole; ++i) before[n_before++] = error_at(i);
    for (int i = 2 * kHole + kOrder; i < kErrorReach; ++i) after[n_after++] = error_at(i);
    for (std::size_t i = 0; i < n_before; ++i) others = std::max(others, before[i]);
    for (std::size_t i = 0; i < n_after; ++i) others = std::max(others, after[i]);
    for (int i = -kHole; i <= kHole; ++i) peak = std::max(peak, error_at(i));
    const double usual = std::max(median(before.data(), before.data() + n_before),
                                  median(after.data(), after.data() + n_after)) /
                         kSigmaOfMedian;
    if (peak < kLeastStrength * usual || peak < kLeastOverOthers * others || peak < kLeastHeight) return;
    const double around = std::sqrt(r[0] / (kHannPower * static_cast<double>(y.size())));
    if (height < kLeastOverRms * around) return;
    const Explanations left(a, x);
    const double repaired = left.impulse();
    if (repaired > kRepairedRms * usual || left.step() < kStepRms * repaired) return;
    strength = std::min(strength, peak / std::max(usual, 1e-9));
  } else if (height < kLeastHeight) {
    return;
  }
  waiting_.push_back(
      {cell.first_frame + at, channel, static_cast<float>(20.0 * std::log10(strength)), height});
}

// Decides on every event before `before_frame`; those after may still gain company.
void ClickMeter::settle(std::int64_t before_frame) {
  if (waiting_.empty() || waiting_.front().frame >= before_frame) return;
  const auto crowd = static_cast<std::int64_t>(kCrowdS * sample_rate_hz_);
  for (Event& event : waiting_) {
    int company = 0;
    for (const Event& other : waiting_)
      if (other.channel == event.channel && std::abs(other.frame - event.frame) <= crowd) ++company;
    if (company > kCrowd) event.crowded = true;
  }
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [](const Event& a, const Event& b) { return a.frame < b.frame; });
  const auto same = static_cast<std::int64_t>(0.002 * sample_rate_hz_);
  for (Event& event : waiting_) {
    if (event.frame >= before_frame) break;
    if (event.settled) continue;
    event.settled = true;
    if (event.crowded) continue;
    if (last_frame_ >= 0 && event.frame - last_frame_ <= same) continue;  // the same click on another channel
    last_frame_ = event.frame;
    ++count_;
    if (places_.size() < kMost)
      places_.push_back({static_cast<double>(event.frame) / sample_rate_hz_, event.channel,
                         gain_to_db(event.height).value_or(-120.0), event.strength_db});
  }
  // Kept a while longer as company for those that follow.
  std::erase_if(waiting_, [&](const Event& event) { return event.frame < before_frame - crowd; });
}

void ClickMeter::finish(std::int64_t total_frames) {
  const auto edge = static_cast<std::int64_t>(kEdgeS * sample_rate_hz_);
  std::erase_if(waiting_, [&](const Event& event) { return event.frame + edge >= total_frames; });
  settle(total_frames + 1);
}

}  // namespace lacquer
