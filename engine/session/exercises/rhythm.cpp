#include "session/exercises/rhythm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "core/decibels.h"

namespace lacquer {
namespace {

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

double deviation(const std::vector<double>& values, double freedom) {
  double mean = 0.0, sum = 0.0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / std::max(1.0, static_cast<double>(values.size()) - freedom));
}

// The level every millisecond: RMS of the differences of (L+R)/2, which favours the edges of sounds.
constexpr double kStepS = 0.001;
std::vector<double> edge_levels(const Sound& sound) {
  const std::vector<double> middle = middle_of(sound);
  const double step = kStepS * sound.rate_hz;
  std::vector<double> levels(static_cast<std::size_t>(static_cast<double>(middle.size()) / step), 0.0);
  for (std::size_t k = 0; k < levels.size(); ++k) {
    const auto from = static_cast<std::size_t>(static_cast<double>(k) * step);
    const auto to = std::min(middle.size(), static_cast<std::size_t>(static_cast<double>(k + 1) * step));
    for (std::size_t i = std::max<std::size_t>(from, 1); i < to; ++i)
      levels[k] += (middle[i] - middle[i - 1]) * (middle[i] - middle[i - 1]) / step;
  }
  return levels;
}

}  // namespace

std::optional<Tapping> read_taps(const std::vector<double>& taps_s) {
  constexpr std::size_t kLeastTaps = 4;
  if (taps_s.size() < kLeastTaps) return std::nullopt;
  std::vector<double> gaps;
  for (std::size_t i = 1; i < taps_s.size(); ++i) gaps.push_back(taps_s[i] - taps_s[i - 1]);
  const double beat = median(gaps);
  if (!(beat >= 60.0 / 400.0 && beat <= 3.0)) return std::nullopt;
  // The straight line through (beat number, time), least squares.
  std::vector<double> number{0.0};
  for (const double gap : gaps) number.push_back(number.back() + std::max(1.0, std::round(gap / beat)));
  const auto count = static_cast<double>(taps_s.size());
  double mean_n = 0.0, mean_t = 0.0, up = 0.0, down = 0.0;
  for (std::size_t i = 0; i < taps_s.size(); ++i) {
    mean_n += number[i] / count;
    mean_t += taps_s[i] / count;
  }
  for (std::size_t i = 0; i < taps_s.size(); ++i) {
    up += (number[i] - mean_n) * (taps_s[i] - mean_t);
    down += (number[i] - mean_n) * (number[i] - mean_n);
  }
  const double period = up / down;
  std::vector<double> off;
  for (std::size_t i = 0; i < taps_s.size(); ++i)
    off.push_back(1000.0 * (taps_s[i] - mean_t - period * (number[i] - mean_n)));
  return Tapping{60.0 / period, deviation(off, 2.0), static_cast<int>(taps_s.size())};
}

std::vector<double> attacks_of(const Sound& sound) {
  constexpr std::size_t kAfter = 5, kBefore = 15, kApart = 50;  // ms
  constexpr double kRise = 4.0, kFloor = 3.2e-4;                // 6 dB; -35 dB
  const std::vector<double> levels = edge_levels(sound);
  std::vector<double> before(levels.size(), 0.0), after(levels.size(), 0.0);
  for (std::size_t k = kBefore; k + kAfter < levels.size(); ++k) {
    for (std::size_t i = 0; i < kBefore; ++i) before[k] += levels[k - 1 - i] / kBefore;
    for (std::size_t i = 0; i < kAfter; ++i) after[k] += levels[k + i] / kAfter;
  }
  // The first milliseconds have nothing before them.
  for (std::size_t k = 0; k < std::min(kBefore, levels.size()); ++k)
    for (std::size_t i = 0; i < kAfter && k + i < levels.size(); ++i) after[k] += levels[k + i] / kAfter;
  const double loudest = after.empty() ? 0.0 : *std::max_element(after.begin(), after.end());
  std::vector<double> attacks;
  std::size_t last = 0;
  for (std::size_t k = 0; k + kAfter < levels.size(); ++k) {
    if (after[k] < kFloor * loudest || after[k] <= 0.0 || after[k] < kRise * before[k]) continue;
    if (!attacks.empty() && k < last + kApart) continue;
    // The steepest millisecond of the rise.
    std::size_t steepest = k;
    double most = -1.0;
    for (std::size_t i = k; i < std::min(k + kBefore, levels.size()); ++i) {
      const double rise = levels[i] - (i > 0 ? levels[i - 1] : 0.0);
      if (rise > most) {
        most = rise;
        steepest = i;
      }
    }
    attacks.push_back(static_cast<double>(steepest) * kStepS);
    last = steepest;
  }
  return attacks;
}

std::optional<GridOffset> grid_offset(const std::vector<double>& attacks_s, double bpm) {
  if (attacks_s.empty()) return std::nullopt;
  const double sixteenth = 60.0 / bpm / 4.0;
  std::vector<double> off;
  for (const double at : attacks_s) off.push_back(1000.0 * (at - sixteenth * std::round(at / sixteenth)));
  return GridOffset{median(off), deviation(off, 1.0), static_cast<int>(off.size())};
}

std::vector<int> equal_bars(const Sound& sound, double bpm, int beats_in_bar, double same_dbfs) {
  const double bar = 60.0 / bpm * beats_in_bar * sound.rate_hz;
  // A bounce may end some milliseconds short of its last bar line.
  const int count = static_cast<int>(sound.audio.frames() / bar + 0.01);
  const double most = db_to_power(same_dbfs);
  const auto start = [&](int index) { return static_cast<int>(std::lround(index * bar)); };
  const auto same = [&](int a, int b) {
    const int frames =
        std::min({static_cast<int>(bar), sound.audio.frames() - start(a), sound.audio.frames() - start(b)});
    const double limit = most * frames * sound.audio.channels();
    double sum = 0.0;
    for (int c = 0; c < sound.audio.channels(); ++c) {
      const auto samples = sound.audio.channel(c);
      for (int i = 0; i < frames && sum <= limit; ++i) {
        const double d = static_cast<double>(samples[static_cast<std::size_t>(start(a) + i)]) -
                         static_cast<double>(samples[static_cast<std::size_t>(start(b) + i)]);
        sum += d * d;
      }
    }
    return sum <= limit;
  };
  std::vector<int> first;
  for (int b = 0; b < count; ++b) {
    first.push_back(b);
    for (int a = 0; a < b && first.back() == b; ++a)
      if (first[static_cast<std::size_t>(a)] == a && same(a, b)) first.back() = a;
  }
  return first;
}

int longest_run(const std::vector<int>& bars) {
  int longest = 0, run = 0;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    run = i > 0 && bars[i] == bars[i - 1] ? run + 1 : 1;
    longest = std::max(longest, run);
  }
  return longest;
}

Drum read_drum(const Sound& sound) {
  constexpr double kSettledS = 0.05, kLongestS = 0.5, kDownDb = 20.0, kCycles = 3.0;
  const std::vector<double> middle = middle_of(sound);
  const auto step = static_cast<std::size_t>(0.005 * sound.rate_hz);
  if (middle.size() < 4 * step) return {};
  std::vector<double> level(middle.size() / step, 0.0);
  for (std::size_t k = 0; k < level.size(); ++k)
    for (std::size_t i = 0; i < step; ++i) level[k] += middle[k * step + i] * middle[k * step + i];
  const auto peak = static_cast<std::size_t>(std::max_element(level.begin(), level.end()) - level.begin());
  // A low note's power dips twice a cycle: the decay is that of the highest of the next 20 ms.
  const auto reached = [&](std::size_t k) {
    return *std::max_element(level.begin() + static_cast<std::ptrdiff_t>(k),
                             level.begin() + static_cast<std::ptrdiff_t>(std::min(k + 4, level.size())));
  };
  std::size_t end = peak;
  while (end < level.size() && reached(end) > level[peak] * db_to_power(-kDownDb)) ++end;
  Drum drum;
  drum.decay_s = 0.005 * static_cast<double>(end - peak);
  const std::size_t from = peak * step + static_cast<std::size_t>(kSettledS * sound.rate_hz);
  const std::size_t to =
      std::min({end * step, middle.size(), from + static_cast<std::size_t>(kLongestS * sound.rate_hz)});
  if (to <= from || static_cast<double>(to - from) / sound.rate_hz * 30.0 < 1.0) return drum;
  // The strongest frequency under a Hann window, in steps of a hundredth of a semitone around the best of
  // coarser ones.
  const auto strength = [&](double hz) {
    double re = 0.0, im = 0.0;
    const auto count = static_cast<double>(to - from);
    for (std::size_t i = from; i < to; ++i) {
      const auto n = static_cast<double>(i - from);
      const double window = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (n + 0.5) / count);
      const double turn = 2.0 * std::numbers::pi * hz * n / sound.rate_hz;
      re += window * middle[i] * std::cos(turn);
      im += window * middle[i] * std::sin(turn);
    }
    return re * re + im * im;
  };
  double best = 30.0, most = -1.0;
  const auto search = [&](double low, double high, double ratio) {
    for (double hz = low; hz <= high; hz *= ratio)
      if (const double found = strength(hz); found > most) {
        most = found;
        best = hz;
      }
  };
  search(30.0, 400.0, std::pow(2.0, 1.0 / 48.0));
  search(best * std::pow(2.0, -1.0 / 48.0), best * std::pow(2.0, 1.0 / 48.0), std::pow(2.0, 1.0 / 1200.0));
  if (static_cast<double>(to - from) / sound.rate_hz * best >= kCycles) drum.hz = best;
  return drum;
}

NoteName nearest_note(double hz) {
  static constexpr std::array<const char*, 12> kNames = {"C",  "C#", "D",  "D#", "E",  "F",
                                                         "F#", "G",  "G#", "A",  "A#", "B"};
  const double number = 69.0 + 12.0 * std::log2(hz / 440.0);  // MIDI: A4 is 69
  const int nearest = static_cast<int>(std::lround(number));
  return {kNames[static_cast<std::size_t>(((nearest % 12) + 12) % 12)] + std::to_string(nearest / 12 - 1),
          100.0 * (number - nearest)};
}

}  // namespace lacquer
