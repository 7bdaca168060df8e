#include "session/exercises/sound.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/decibels.h"
#include "core/error.h"
#include "measure/meters.h"
#include "session/clips.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kSeriesS = 0.1;     // LoudnessResult's series …
constexpr double kMomentaryS = 0.4;  // … of windows that end there

Measurements measured(const Sound& sound, MeasureGroups groups) {
  Meters meters({sound.rate_hz, sound.audio.channels(), kBlockFrames}, groups, false);
  for (int at = 0; at < sound.audio.frames(); at += kBlockFrames)
    meters.add(sound.audio.block().slice(at, std::min(kBlockFrames, sound.audio.frames() - at)));
  meters.finish();
  return meters.result();
}

}  // namespace

SoundLevel level_of(const Sound& sound) {
  const Measurements result = measured(sound, MeasureGroups::kLoudness);
  return {result.loudness.integrated_lufs, result.peak.true_dbtp};
}

Measurements measure_sound(const Sound& sound) { return measured(sound, MeasureGroups::kAll); }

Sound part_of(const Sound& sound, const TimeRange& when) {
  const auto frame = [&](double seconds) {
    return static_cast<int>(
        std::clamp(std::round(seconds * sound.rate_hz), 0.0, static_cast<double>(sound.audio.frames())));
  };
  const int from = frame(when.from_s);
  const int count = std::max(0, frame(when.to_s) - from);
  Sound part{AudioBuffer(sound.audio.channels(), count), sound.rate_hz};
  for (int c = 0; c < sound.audio.channels(); ++c)
    std::copy_n(sound.audio.channel(c).begin() + from, count, part.audio.channel(c).begin());
  return part;
}

void scale(Sound& sound, double gain_db) {
  const auto gain = static_cast<float>(db_to_gain(gain_db));
  for (int c = 0; c < sound.audio.channels(); ++c)
    for (float& sample : sound.audio.channel(c)) sample *= gain;
}

void fade_ends(AudioBuffer& audio, double sample_rate_hz, double seconds) {
  const int frames = audio.frames();
  const int length = std::min(frames / 2, static_cast<int>(seconds * sample_rate_hz));
  for (int i = 0; i < length; ++i) {
    const double turn = std::numbers::pi * (i + 0.5) / length;
    const auto gain = static_cast<float>(0.5 - 0.5 * std::cos(turn));
    for (int c = 0; c < audio.channels(); ++c) {
      const auto samples = audio.channel(c);
      samples[static_cast<std::size_t>(i)] *= gain;
      samples[static_cast<std::size_t>(frames - 1 - i)] *= gain;
    }
  }
}

std::vector<double> middle_of(const Sound& sound) {
  std::vector<double> middle(static_cast<std::size_t>(sound.audio.frames()), 0.0);
  const double share = 1.0 / std::max(1, sound.audio.channels());
  for (int c = 0; c < sound.audio.channels(); ++c) {
    const auto samples = sound.audio.channel(c);
    for (std::size_t i = 0; i < middle.size(); ++i) middle[i] += share * static_cast<double>(samples[i]);
  }
  return middle;
}

double mean_square(const Sound& sound) {
  double sum = 0.0;
  for (int c = 0; c < sound.audio.channels(); ++c)
    for (const float sample : sound.audio.channel(c)) sum += static_cast<double>(sample) * sample;
  const double count = static_cast<double>(sound.audio.frames()) * sound.audio.channels();
  return count > 0.0 ? sum / count : 0.0;
}

double sample_peak(const Sound& sound) {
  float peak = 0.0F;
  for (int c = 0; c < sound.audio.channels(); ++c)
    for (const float sample : sound.audio.channel(c)) peak = std::max(peak, std::abs(sample));
  return static_cast<double>(peak);
}

double match_loudness(const std::vector<Sound*>& sounds, double lufs) {
  std::vector<SoundLevel> levels;
  double common = lufs;
  for (const Sound* sound : sounds) {
    levels.push_back(level_of(*sound));
    if (levels.back().lufs)
      common = std::min(common, *levels.back().lufs + kClipCeilingDbtp - levels.back().dbtp.value_or(0.0));
  }
  for (std::size_t i = 0; i < sounds.size(); ++i)
    if (levels[i].lufs) scale(*sounds[i], common - *levels[i].lufs);
  return common;
}

TimeRange loudest_stretch(const Measurements& measured, double seconds) {
  const std::vector<float>& series = measured.loudness.momentary_lufs;
  if (!measured.loudness.integrated_lufs)
    throw Error("there is nothing in it to listen to; check the export");
  if (measured.duration_s <= seconds) return {0.0, measured.duration_s};
  const auto window = static_cast<std::size_t>(std::max(1.0, (seconds - kMomentaryS) / kSeriesS));
  double sum = 0.0, best = -1.0;
  std::size_t best_end = 0;
  const auto power = [&](std::size_t i) { return std::pow(10.0, static_cast<double>(series[i]) / 10.0); };
  for (std::size_t i = 0; i < series.size(); ++i) {
    sum += power(i);
    if (i >= window) sum -= power(i - window);
    if (i + 1 >= window && sum > best) {
      best = sum;
      best_end = i;
    }
  }
  const double end = std::min(measured.duration_s, static_cast<double>(best_end + 1) * kSeriesS);
  const double from = std::clamp(end - seconds, 0.0, measured.duration_s - seconds);
  return {from, from + seconds};
}

}  // namespace lacquer
