#include "playback/heard.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/decibels.h"
#include "measure/k_weighting.h"

namespace lacquer {
namespace {

using ThirdPowers = std::array<double, kThirdOctaves>;

constexpr std::size_t kMostColumns = 96;  // check has to stay quick: 2.5 s of four minutes
constexpr double kGateLu = 10.0;
constexpr double kSilence = 1e-10;  // K-weighted mean square: -100 dB

double k_power(double hz) {
  constexpr double kRate = 48000.0;
  const std::complex<double> z = std::polar(1.0, -2.0 * std::numbers::pi * hz / kRate);
  double power = 1.0;
  for (const BiquadCoefficients& c : k_weighting(kRate))
    power *= std::norm((c.b0 + z * (c.b1 + z * c.b2)) / (1.0 + z * (c.a1 + z * c.a2)));
  return power;
}

const ThirdPowers& k_weights() {
  static const ThirdPowers weights = [] {
    ThirdPowers powers{};
    for (std::size_t t = 0; t < powers.size(); ++t) powers[t] = k_power(kThirdOctaveHz[t]);
    return powers;
  }();
  return weights;
}

const ThirdPowers& a_weights() {
  static const ThirdPowers weights = [] {
    ThirdPowers powers{};
    for (std::size_t t = 0; t < powers.size(); ++t)
      powers[t] = db_to_power(a_weighting_db(kThirdOctaveHz[t]));
    return powers;
  }();
  return weights;
}

double weighted(const ThirdPowers& power, const ThirdPowers& weights) {
  double sum = 0.0;
  for (std::size_t t = 0; t < power.size(); ++t) sum += power[t] * weights[t];
  return sum;
}

ThirdPowers whole(const MidSide& music) {
  ThirdPowers power{};
  for (std::size_t t = 0; t < power.size(); ++t) power[t] = music.mid[t] + music.side[t];
  return power;
}

MidSide column_of(const Measurements& audio, std::size_t column) {
  const BandsOverTime& levels = audio.spectrum->third_octaves_over_time;
  const bool stereo =
      audio.stereo && audio.stereo->side_share_over_time.values.size() == levels.values.size();
  MidSide music;
  for (std::size_t t = 0; t < kThirdOctaves; ++t) {
    const std::size_t at = column * kThirdOctaves + t;
    const double level = static_cast<double>(levels.values[at]);
    if (!std::isfinite(level)) continue;
    const double share = stereo ? static_cast<double>(audio.stereo->side_share_over_time.values[at]) : 0.0;
    const double side = std::isfinite(share) ? share : 0.0;
    music.mid[t] = db_to_power(level) * (1.0 - side);
    music.side[t] = db_to_power(level) * side;
  }
  return music;
}

MidSide mean_of(const Measurements& audio, std::size_t first, std::size_t end) {
  MidSide mean;
  for (std::size_t column = first; column < end; ++column) {
    const MidSide one = column_of(audio, column);
    for (std::size_t t = 0; t < kThirdOctaves; ++t) mean.mid[t] += one.mid[t], mean.side[t] += one.side[t];
  }
  const auto count = static_cast<double>(end - first);
  for (std::size_t t = 0; t < kThirdOctaves; ++t) mean.mid[t] /= count, mean.side[t] /= count;
  return mean;
}

// The mean of the columns that are loud enough to count.
MidSide gated_mean(const std::vector<MidSide>& columns) {
  std::vector<double> loudness;
  double sum = 0.0;
  for (const MidSide& column : columns) {
    loudness.push_back(weighted(whole(column), k_weights()));
    sum += loudness.back();
  }
  const double gate = sum / static_cast<double>(columns.size()) * db_to_power(-kGateLu);
  MidSide mean;
  double count = 0.0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (loudness[i] < gate) continue;
    count += 1.0;
    for (std::size_t t = 0; t < kThirdOctaves; ++t) {
      mean.mid[t] += columns[i].mid[t];
      mean.side[t] += columns[i].side[t];
    }
  }
  for (std::size_t t = 0; t < kThirdOctaves; ++t) mean.mid[t] /= count, mean.side[t] /= count;
  return mean;
}

// A system's response and width as power by third octave.
struct Gains {
  ThirdPowers mid{};
  ThirdPowers side{};
};

Gains gains_of(const PlaybackSystem& system, bool mono) {
  Gains gains;
  for (std::size_t t = 0; t < kThirdOctaves; ++t) {
    const double hz = kThirdOctaveHz[t];
    gains.mid[t] = db_to_power(system.curve.at_db(hz));
    const double width = mono ? system.side_gain(hz) : 1.0;
    gains.side[t] = gains.mid[t] * width * width;
  }
  return gains;
}

ThirdPowers played(const MidSide& music, const Gains& gains) {
  ThirdPowers power{};
  for (std::size_t t = 0; t < power.size(); ++t)
    power[t] = music.mid[t] * gains.mid[t] + music.side[t] * gains.side[t];
  return power;
}

BarkValues noise_of(const PlaybackSystem& system) {
  ThirdPowers power{};
  for (std::size_t t = 0; t < power.size(); ++t)
    power[t] = db_to_power(system.noise_db.at_db(kThirdOctaveHz[t]));
  return excitation(power, 0.0);
}

}  // namespace

MusicOverTime music_of(const Measurements& audio) {
  MusicOverTime music;
  if (!audio.spectrum) return music;
  const BandsOverTime& levels = audio.spectrum->third_octaves_over_time;
  if (levels.bands != kThirdOctaves || !(levels.column_s > 0.0)) return music;
  const std::size_t count = levels.values.size() / kThirdOctaves;
  const std::size_t joined = (count + kMostColumns - 1) / kMostColumns;
  music.column_s = levels.column_s * static_cast<double>(joined);
  double loudest = 0.0;
  for (std::size_t first = 0; first < count; first += joined) {
    music.columns.push_back(mean_of(audio, first, std::min(first + joined, count)));
    loudest = std::max(loudest, weighted(whole(music.columns.back()), k_weights()));
  }
  if (!(loudest > kSilence)) return {};
  music.mean = gated_mean(music.columns);
  return music;
}

MusicOverTime steady_music(const ThirdPowers& level_db, const ThirdPowers& side_to_mid_db) {
  MusicOverTime music;
  music.column_s = 1.0;
  for (std::size_t t = 0; t < kThirdOctaves; ++t) {
    const double side = db_to_power(side_to_mid_db[t]);
    music.mean.mid[t] = db_to_power(level_db[t]) / (1.0 + side);
    music.mean.side[t] = music.mean.mid[t] * side;
  }
  music.columns = {music.mean};
  return music;
}

double full_scale_spl_db(const MusicOverTime& music, const PlaybackSystem& system) {
  return system.music_dba - 10.0 * std::log10(weighted(whole(music.mean), a_weights()));
}

Heard hear(const MusicOverTime& music, const PlaybackSystem& system, const PlaybackSystem& reference,
           Traits traits) {
  constexpr double kLeastChangeDb = -60.0;  // no gain makes up for more: the system plays nothing of it
  const Gains gains = gains_of(system, traits.mono);
  const ThirdPowers plain = whole(music.mean);
  const double before = weighted(plain, k_weights());
  const double after = weighted(played(music.mean, gains), k_weights());
  Heard heard;
  heard.loudness_change_lu = std::max(kLeastChangeDb, 10.0 * std::log10(after / before + 1e-30));
  const double spl_db = full_scale_spl_db(music, system);
  const BarkValues noise = noise_of(traits.noise ? system : reference);
  const BarkValues quiet = noise_of(reference);
  for (const MidSide& column : music.columns) {
    heard.on_reference.push_back(heard_loudness(excitation(whole(column), spl_db), quiet));
    heard.on_system.push_back(
        heard_loudness(excitation(played(column, gains), spl_db - heard.loudness_change_lu), noise));
  }
  return heard;
}

}  // namespace lacquer
