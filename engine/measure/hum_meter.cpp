#include "measure/hum_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include "core/decibels.h"

namespace lacquer {

namespace {
constexpr std::array<double, 2> kMainsHz = {50.0, 60.0};
constexpr double kReachHz = 0.3;  // mains keep to 0.2 Hz; tape and resampling add their own
constexpr double kStretchS = 8.0;
constexpr double kHopS = 4.0;
constexpr int kBeside = 2;               // moments on either side whose power is the weight
constexpr double kQuietest = 1e-11;      // -110 dBFS: quieter moments weigh no more
constexpr double kSilence = 1e-13;       // -130 dBFS: what is left of digital silence
constexpr int kEdge = 4;                 // moments that reach into it
constexpr double kNearHz = 0.2;          // the line itself
constexpr double kFarHz = 4.2;           // its neighbours reach this far
constexpr double kFloorFromHz = 0.4;     // for the search alone
constexpr double kMedianOfMean = 0.69;   // of noise power: ln 2
constexpr float kSideband = 0.008F;      // -21 dB
constexpr float kSidebandClear = 16.0F;  // over the noise
constexpr double kLineFromDb = 1.0;      // over the highest neighbour
constexpr double kLineMostDb = 10.0;
constexpr double kLineCountsDb = 1.0;     // over kLineFromDb
constexpr double kFaintestLine = 6.3e-8;  // power of a peak level of -72 dBFS
constexpr double kSkirt = 1.6e-4;         // -38 dB
constexpr double kLoudestReachHz = 24.0;
// In mains hum one of the first three lines is the strongest; in music it may be any.
constexpr double kUpperLinesBelow = 0.63;  // -2 dB
constexpr double kSureScore = 16.0;
constexpr double kTwiceScore = 12.0;  // within three looks
constexpr double kSuspectScore = 8.0;
// Two looks far apart.
constexpr double kFarApartScore = 10.0;
constexpr double kSameHz = 0.02;
constexpr float kSameDb = 2.5F;
constexpr int kSameLines = 3;
constexpr std::size_t kMostLonely = 16;
// The middles of two looks in a row are 8.2 s at most: as long as a chord is held.
constexpr double kLeastS = 9.0;
// No mains: multiples of 2, 3, 4, 5 and 6 Hz, where music that repeats two to six times a second has lines.
constexpr std::array<double, 13> kControlsHz = {44, 48, 52, 56, 45, 55, 54, 42, 66, 64, 65, 46, 58};
constexpr int kTrusted = 3;
constexpr double kControlShare = 0.5;  // of the score
constexpr double kTopHz = 400.0;       // 6 * 66 Hz

double to_db(double power_ratio) { return 10.0 * std::log10(power_ratio + 1e-12); }
}  // namespace

HumMeter::HumMeter(double low_rate_hz)
    : low_rate_hz_(low_rate_hz),
      moment_rate_hz_(low_rate_hz / kHopFrames),
      bin_hz_(low_rate_hz / kMomentFrames),
      step_hz_(moment_rate_hz_ / kTransform),
      moment_fft_(kMomentFrames),
      fft_(kTransform),
      window_(kMomentFrames),
      samples_(kMomentFrames),
      bins_(static_cast<int>(kTopHz / bin_hz_) + 2),
      moments_(static_cast<int>(kStretchS * moment_rate_hz_)),
      ring_(static_cast<std::size_t>(bins_ * moments_)),
      levels_(static_cast<std::size_t>(moments_)),
      powers_(static_cast<std::size_t>(moments_)),
      harmonics_(kHarmonics) {
  for (int i = 0; i < kMomentFrames; ++i)
    window_[static_cast<std::size_t>(i)] =
        static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / kMomentFrames));
}

void HumMeter::add(std::span<const float> samples) {
  while (!samples.empty()) {
    const auto part = std::min(samples.size(), kMomentFrames - filled_);
    std::copy_n(samples.begin(), part, samples_.begin() + static_cast<std::ptrdiff_t>(filled_));
    samples = samples.subspan(part);
    filled_ += part;
    if (filled_ == kMomentFrames) end_moment();
  }
}

void HumMeter::end_moment() {
  const auto input = moment_fft_.input();
  for (std::size_t i = 0; i < input.size(); ++i) input[i] = samples_[i] * window_[i];
  const auto spectrum = moment_fft_.transform();
  auto* row = &ring_[static_cast<std::size_t>(count_ % moments_) * static_cast<std::size_t>(bins_)];
  std::copy_n(spectrum.begin(), bins_, row);
  std::copy(samples_.begin() + kHopFrames, samples_.end(), samples_.begin());
  filled_ -= kHopFrames;
  ++count_;
  ++since_look_;
  if (count_ == moments_ || (count_ > moments_ && since_look_ >= static_cast<int>(kHopS * moment_rate_hz_)))
    look(false);
}

void HumMeter::finish() {
  if (count_ >= moments_) look(true);
}

std::size_t HumMeter::place(double offset_hz) const {
  const auto at = static_cast<int>(std::lround(offset_hz / step_hz_));
  // An inverse transform: its k-th value is the component at -k.
  return static_cast<std::size_t>((kTransform - at) % kTransform);
}

// The levels at `hz` over the stretch, weighted and transformed. False where there is nothing.
bool HumMeter::transform_harmonic(double hz, Harmonic& into) {
  const int bin = static_cast<int>(std::lround(hz / bin_hz_));
  const double off = hz / bin_hz_ - bin;
  // Response of the Hann window `off` bins away, and that of a sine's one half.
  const double x = std::numbers::pi * off;
  const double response = (off == 0.0 ? 1.0 : std::sin(x) / x) / (1.0 - off * off);
  const double scale = 4.0 / (kMomentFrames * response);
  const std::complex<double> turn = std::polar(1.0, -2.0 * std::numbers::pi * hz / moment_rate_hz_);
  std::complex<double> phase = scale;
  for (int i = 0; i < moments_; ++i) {
    const auto row = static_cast<std::size_t>((count_ + i) % moments_) * static_cast<std::size_t>(bins_);
    const std::complex<double> level(ring_[row + static_cast<std::size_t>(bin)]);
    const double power = std::norm(level);
    levels_[static_cast<std::size_t>(i)] = std::isfinite(power) ? level * phase : 0.0;
    phase *= turn;
  }
  double lowest = HUGE_VAL;
  int heard = 0;
  for (int i = 0; i < moments_; ++i) {
    double sum = 0.0;
    for (int k = i - kBeside; k <= i + kBeside; ++k)
      sum += std::norm(levels_[static_cast<std::size_t>(std::clamp(k, 0, moments_ - 1))]);
    const double power = sum / (2 * kBeside + 1);
    // Digital silence says nothing: hum that was there has been cut with the rest. Nor do its edges.
    bool silent = false;
    for (int k = std::max(0, i - kEdge); k <= std::min(moments_ - 1, i + kEdge); ++k)
      silent = silent || std::norm(levels_[static_cast<std::size_t>(k)]) < kSilence;
    powers_[static_cast<std::size_t>(i)] = silent ? HUGE_VAL : power + kQuietest;
    if (silent) continue;
    ++heard;
    lowest = std::min(lowest, power + kQuietest);
  }
  if (2 * heard < moments_) return false;
  into.weight = 0.0;
  const auto input = fft_.input();
  std::fill(input.begin(), input.end(), 0.0F);
  for (std::size_t i = 0; i < powers_.size(); ++i) {
    const double weight = lowest / powers_[i];
    into.weight += weight;
    input[i] = static_cast<float>(weight);
  }
  auto spectrum = fft_.transform();
  std::copy(spectrum.begin(), spectrum.end(), into.weights.begin());
  // Scaled so that floats hold it, however loud: the weights have a largest of 1.
  const double unit = 1.0 / std::sqrt(lowest);
  for (std::size_t i = 0; i < powers_.size(); ++i)
    input[i] = std::complex<float>(levels_[i] * (unit * lowest / powers_[i]));
  spectrum = fft_.transform();
  std::copy(spectrum.begin(), spectrum.end(), into.weighted.begin());
  into.weight *= unit;  // a level is weighted / weight
  for (auto& value : into.weights) value *= static_cast<float>(unit);

  std::array<float, kTransform> beside;
  std::size_t count = 0;
  for (int k = 0; k < kTransform; ++k) {
    const double distance_hz = std::min(k, kTransform - k) * step_hz_;
    if (distance_hz > kFloorFromHz && distance_hz < kFarHz)
      beside[count++] = std::norm(into.weighted[static_cast<std::size_t>(k)]);
  }
  const auto middle = beside.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(beside.begin(), middle, beside.begin() + static_cast<std::ptrdiff_t>(count));
  into.floor = static_cast<double>(*middle) / kMedianOfMean;
  return into.floor > 0.0;
}

double HumMeter::best_offset_hz(std::span<const Harmonic> harmonics) const {
  double best = 0.0, most = -1.0;
  for (double offset = -kReachHz; offset <= kReachHz; offset += 0.25 * step_hz_) {
    double sum = 0.0;
    for (std::size_t k = 0; k < harmonics.size(); ++k) {
      const auto value = harmonics[k].weighted[place(static_cast<double>(k + 1) * offset)];
      // The logarithm: no single line decides where the comb is.
      sum += std::log1p(static_cast<double>(std::norm(value)) / harmonics[k].floor);
    }
    if (sum > most) most = sum, best = offset;
  }
  return best;
}

// The strongest mean power of a peak level within 24 Hz: the skirts of the window lie 40 dB below it.
double HumMeter::loudest_near(double hz) const {
  const int middle = static_cast<int>(std::lround(hz / bin_hz_));
  const int reach = static_cast<int>(kLoudestReachHz / bin_hz_);
  double loudest = 0.0;
  for (int bin = std::max(1, middle - reach); bin <= std::min(bins_ - 1, middle + reach); ++bin) {
    double sum = 0.0;
    for (int i = 0; i < moments_; ++i)
      sum += static_cast<double>(std::norm(ring_[static_cast<std::size_t>(i * bins_ + bin)]));
    loudest = std::max(loudest, sum);
  }
  return loudest * 16.0 / (static_cast<double>(kMomentFrames) * kMomentFrames * moments_);
}

HumMeter::Comb HumMeter::comb_near(double hz) {
  Comb comb;
  for (int k = 0; k < kHarmonics; ++k)
    if (!transform_harmonic((k + 1) * hz, harmonics_[static_cast<std::size_t>(k)])) return comb;
  const double offset = best_offset_hz(harmonics_);
  std::array<double, kHarmonics> power{};  // of the peak level
  std::array<double, kHarmonics> over_db{};
  int divisor = 0;
  for (std::size_t k = 0; k < kHarmonics; ++k) {
    const Harmonic& harmonic = harmonics_[k];
    const double at_hz = static_cast<double>(k + 1) * offset;
    const std::size_t at = place(at_hz);
    const std::complex<float> level = harmonic.weighted[at] / static_cast<float>(harmonic.weight);
    power[k] = static_cast<double>(std::norm(level));
    // What is left of the neighbours without the line and the sidebands that the weights give it.
    float highest = 0.0F, pair = 0.0F;
    const auto far = static_cast<std::size_t>(kFarHz / step_hz_);
    for (auto d = static_cast<std::size_t>(kNearHz / step_hz_) + 1; d <= far; ++d) {
      const auto rest = [&](std::size_t i) {
        return std::norm(harmonic.weighted[i] - level * harmonic.weights[(i + kTransform - at) % kTransform]);
      };
      const float under = rest((at + d) % kTransform), over = rest((at + kTransform - d) % kTransform);
      highest = std::max({highest, under, over});
      pair = std::max(pair, std::min(under, over));
    }
    const float here = std::norm(harmonic.weighted[at]);
    // Sidebands: a vibrato, or notes struck again and again. Hum has none.
    if (pair > kSideband * here && pair > kSidebandClear * static_cast<float>(harmonic.floor)) continue;
    if (power[k] < std::max(kFaintestLine, kSkirt * loudest_near((static_cast<double>(k) + 1.0) * hz)) ||
        !(highest > 0.0F))
      continue;
    const double ratio = static_cast<double>(here) / static_cast<double>(highest);
    over_db[k] = std::clamp(to_db(ratio) - kLineFromDb, 0.0, kLineMostDb);
    comb.line_db[k] = static_cast<float>(to_db(power[k]));
    comb.over_db[k] = static_cast<float>(over_db[k]);
    if (over_db[k] > kLineCountsDb) ++comb.lines, divisor = std::gcd(divisor, static_cast<int>(k) + 1);
  }
  const double lower = std::max({power[0], power[1], power[2]});
  const double upper = std::max({power[3], power[4], power[5]});
  // Lines on 2, 4 and 6 or 3 and 6 are those of one note an octave or a twelfth up.
  if ((over_db[0] <= 0.0 && over_db[2] <= 0.0) || divisor != 1 || upper > kUpperLinesBelow * lower)
    return comb;
  comb.hz = hz + offset;
  for (std::size_t k = 0; k < kHarmonics; ++k) {
    comb.score += over_db[k];
    if (over_db[k] > 0.0) comb.power += 0.5 * power[k];
  }
  return comb;
}

bool HumMeter::repeats(double score) {
  int found = 0;
  for (const double hz : kControlsHz)
    if (comb_near(hz).score >= std::max(0.7 * kSuspectScore, kControlShare * score) && ++found == 2)
      return true;
  return false;
}

void HumMeter::look(bool at_end) {
  since_look_ = 0;
  const double length_s = ((moments_ - 1) * kHopFrames + kMomentFrames) / low_rate_hz_;
  const double from_s = static_cast<double>(count_ - moments_) * kHopFrames / low_rate_hz_;
  Look newest;
  // Hum that fills half of the stretch is found: what is certain is its middle.
  newest.from_s = count_ == moments_ ? 0.0 : from_s + 0.25 * length_s;
  newest.to_s = from_s + (at_end ? 1.0 : 0.75) * length_s;
  newest.counted = false;
  for (std::size_t i = 0; i < kMainsHz.size(); ++i) {
    newest.comb = comb_near(kMainsHz[i]);
    int& trusted = mains_[i].trusted;
    if (newest.comb.score < kSuspectScore)
      trusted = 0;
    else if (trusted > 0)
      --trusted;
    else if (repeats(newest.comb.score))
      newest.comb.score = 0.0, mains_[i].repeating = true;
    else
      trusted = kTrusted;
    judge(mains_[i], newest);
  }
}

void HumMeter::judge(Mains& mains, const Look& newest) {
  auto& recent = mains.recent;
  std::rotate(recent.begin(), recent.end() - 1, recent.end());
  recent[0] = newest;
  if (newest.comb.score >= kTwiceScore)
    for (std::size_t ago = recent.size(); --ago > 0;) {
      if (recent[ago].comb.score < kTwiceScore) continue;
      for (std::size_t i = ago + 1; i-- > 0;) count(mains, recent[i]);
    }
  if (newest.comb.score >= kSureScore) count(mains, recent[0]);
  compare_far_apart(mains, recent[0]);
}

// The same frequency, and the same lines equally strong: no line that both have differs.
bool HumMeter::agree(const Comb& a, const Comb& b) {
  if (std::abs(a.hz - b.hz) > kSameHz) return false;
  int same = 0;
  for (std::size_t k = 0; k < kHarmonics; ++k) {
    if (!(a.over_db[k] > 0.0F && b.over_db[k] > 0.0F)) continue;
    if (std::abs(a.line_db[k] - b.line_db[k]) > kSameDb) return false;
    ++same;
  }
  return same >= kSameLines;
}

void HumMeter::compare_far_apart(Mains& mains, const Look& newest) {
  if (newest.comb.score < kFarApartScore || mains.repeating) return;
  Look here = newest;
  for (Look& other : mains.lonely) {
    if (here.from_s < other.to_s || !agree(here.comb, other.comb)) continue;
    mains.constant = true;
    count(mains, other);
    count(mains, here);
  }
  auto& lonely = mains.lonely;
  if (lonely.size() < kMostLonely) {
    lonely.push_back(here);
    return;
  }
  const auto weakest = std::min_element(
      lonely.begin(), lonely.end(), [](const Look& a, const Look& b) { return a.comb.score < b.comb.score; });
  if (weakest->comb.score < here.comb.score) *weakest = here;
}

void HumMeter::count(Mains& mains, Look& look) {
  if (look.counted) return;
  look.counted = true;
  mains.when.add(look.from_s, look.to_s);
  mains.hz_sum += look.comb.hz * look.comb.score;
  mains.score_sum += look.comb.score;
  if (!(look.comb.score > 0.0)) return;
  mains.power_sum += look.comb.power;
  ++mains.looks;
  mains.lines = std::max(mains.lines, look.comb.lines);
}

HumResult HumMeter::result() const {
  HumResult result;
  const Mains& mains = mains_[mains_[1].score_sum > mains_[0].score_sum ? 1 : 0];
  if (mains.looks == 0) return result;
  const std::vector<TimeRange> when = mains.when.ranges();
  double longest_s = 0.0;
  for (const TimeRange& range : when) longest_s = std::max(longest_s, range.to_s - range.from_s);
  const double whole_s = static_cast<double>(count_ * kHopFrames) / low_rate_hz_;
  const bool goes_on = longest_s >= std::min(kLeastS, whole_s);
  if (!goes_on && !(mains.constant && !mains.repeating)) return result;
  result.present = true;
  result.hz = mains.hz_sum / mains.score_sum;
  result.level_dbfs = power_to_db(mains.power_sum / mains.looks);
  result.lines = mains.lines;
  result.when = when;
  return result;
}

}  // namespace lacquer
