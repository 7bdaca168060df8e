#include "session/range_listening.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/decibels.h"
#include "core/error.h"
#include "session/exercises/changes.h"

namespace lacquer {
namespace {

// Above this share of the sample rate lies nothing that a converter passes.
constexpr double kMostOfRate = 0.45;
constexpr double kThirdOctave = 1.26;

// The power of the range, by column of the measurement.
std::vector<double> range_power(const SpectrumResult& spectrum, double low_hz, double high_hz) {
  const BandsOverTime& levels = spectrum.third_octaves_over_time;
  const auto bands = static_cast<std::size_t>(levels.bands);
  std::vector<double> power(bands == 0 ? 0 : levels.values.size() / bands, 0.0);
  const double half_band = std::sqrt(kThirdOctave);
  for (std::size_t band = 0; band < std::min(bands, spectrum.third_octaves.size()); ++band) {
    const double hz = spectrum.third_octaves[band].hz;
    if (hz * half_band <= low_hz || hz / half_band >= high_hz) continue;
    for (std::size_t column = 0; column < power.size(); ++column) {
      const auto level_db = static_cast<double>(levels.values[column * bands + band]);
      if (std::isfinite(level_db)) power[column] += db_to_power(level_db);
    }
  }
  return power;
}

Clip clip_of(const AudioBuffer& audio, const TimeRange& when, double rate_hz) {
  Clip clip{when, audio, 0.0, 0.0};
  fade_ends(clip.audio, rate_hz, kClipFadeS);
  return clip;
}

}  // namespace

TimeRange passage_of_range(const Measurements& measured, double low_hz, double high_hz, double seconds) {
  const double length_s = std::min(seconds, measured.duration_s);
  if (!measured.spectrum) return {0.0, length_s};
  const double column_s = measured.spectrum->third_octaves_over_time.column_s;
  const std::vector<double> power = range_power(*measured.spectrum, low_hz, high_hz);
  if (power.empty() || column_s <= 0.0) return {0.0, length_s};
  const auto window = std::clamp<std::size_t>(static_cast<std::size_t>(length_s / column_s), 1, power.size());
  double sum = 0.0, most = 0.0;
  std::size_t best = 0;
  for (std::size_t end = 1; end <= power.size(); ++end) {
    sum += power[end - 1];
    if (end > window) sum -= power[end - 1 - window];
    if (end >= window && sum > most) {
      most = sum;
      best = end - window;
    }
  }
  const double from_s = std::clamp(static_cast<double>(best) * column_s, 0.0, measured.duration_s - length_s);
  return {from_s, from_s + length_s};
}

std::array<Clip, kRangeWays.size()> hear_range(const PassageInContext& passage, const TimeRange& when,
                                               double low_hz, double high_hz, const RangeListening& how) {
  const double rate = passage.sample_rate_hz;
  if (low_hz >= kMostOfRate * rate)
    throw Error("its sample rate holds nothing of this range; bounce it at 44.1 kHz or more");
  const double first_s = passage.first_frame / rate;
  const auto with_more = [&](double gain_db) {
    // A range that reaches to the top of hearing is a shelf, whatever the rate.
    const double to_hz = high_hz >= kMostOfRate * rate && high_hz < 20000.0 ? kMostOfRate * rate : high_hz;
    const Sound changed = with_range_raised({passage.audio, rate}, low_hz, to_hz, gain_db);
    return part_of(changed, {first_s, first_s + passage.frames / rate}).audio;
  };
  const Audition alone = audition(passage, Band{low_hz, high_hz});
  std::vector<Clip> clips{clip_of(audition(passage, Part::kWhole).audio, when, rate),
                          clip_of(alone.audio, when, rate), clip_of(with_more(how.boost_db), when, rate),
                          clip_of(with_more(-how.cut_db), when, rate)};
  match_clips(clips, rate);
  clips[1].gain_db -= alone.short_of_lu;
  clips[1].short_of_lu += alone.short_of_lu;
  return {std::move(clips[0]), std::move(clips[1]), std::move(clips[2]), std::move(clips[3])};
}

}  // namespace lacquer
