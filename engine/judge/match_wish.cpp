#include "judge/match_wish.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/decibels.h"

namespace lacquer {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kFirst = 3;  // 40 Hz
constexpr std::size_t kLast = 29;  // 16 kHz
constexpr double kLowsHz = 120.0;

double hz_of(std::size_t band) { return target_band_hz(static_cast<int>(band)); }

// The limit of a given amount: `most` up to a half, from there evenly to `whole`.
double limit_at(double amount, double most, double whole) {
  return most + std::clamp(2.0 * amount - 1.0, 0.0, 1.0) * (whole - most);
}

// Each band leans on its two neighbours, as far as they are known.
BandLevels evened(const BandLevels& levels, double own_share) {
  BandLevels even{};
  for (std::size_t band = 0; band < levels.size(); ++band) {
    const double here = levels[band];
    const double below = levels[band > 0 ? band - 1 : band];
    const double above = levels[std::min(band + 1, levels.size() - 1)];
    const double beside =
        ((std::isfinite(below) ? below : here) + (std::isfinite(above) ? above : here)) / 2.0;
    even[band] = own_share * here + (1.0 - own_share) * beside;
  }
  return even;
}

// How far the sides of the reference stand from the piece's: no wider than the rules allow, and only where
// the piece has sides at all.
BandLevels width_distance(const BandLevels& mine, const ReferenceSound& sound, const ChainRules& rules) {
  BandLevels distance{};
  distance.fill(kUnknown);
  for (std::size_t band = kFirst; band <= kLast; ++band) {
    const auto& theirs = sound.side_to_mid_db[band];
    if (!theirs || !std::isfinite(mine[band])) continue;
    const double widest = hz_of(band) < kLowsHz ? rules.width.low_side_to_mid_db : rules.match.widest_db;
    const double goal = *theirs > widest ? std::max(widest, std::min(*theirs, mine[band])) : *theirs;
    const bool none = mine[band] < rules.offers.widen_floor_db;
    distance[band] = none ? std::min(0.0, goal - mine[band]) : goal - mine[band];
  }
  return distance;
}

// Where raising the level would raise what was not recorded, or only noise.
MatchHold not_to_be_raised(const Measurements& audio, double level_db, std::size_t band,
                           const ChainRules::Match& rules) {
  if (level_db < -rules.nothing_db) return MatchHold::kNothing;
  const auto& lossy = audio.source ? audio.source->lossy.shelf_hz : std::nullopt;
  if (audio.source && audio.source->lossy.suspected && lossy && hz_of(band) > *lossy)
    return MatchHold::kNothing;
  const auto& thirds = audio.spectrum->third_octaves;
  const bool steady =
      band < thirds.size() && thirds[band].spread_db && *thirds[band].spread_db < rules.steady_db;
  return steady && level_db < -rules.faint_db ? MatchHold::kNoise : MatchHold::kNone;
}

// Power of mid and side together after the side moved, in dB.
double both_db(double side_to_mid_db, double width_db) {
  if (!std::isfinite(side_to_mid_db)) return 0.0;
  const double side = db_to_power(side_to_mid_db);
  return 10.0 * std::log10((1.0 + side * db_to_power(width_db)) / (1.0 + side));
}

void continue_cuts(BandLevels& levels) {
  for (std::size_t band = 0; band < kFirst; ++band) levels[band] = std::min(0.0, levels[kFirst]);
  for (std::size_t band = kLast + 1; band < levels.size(); ++band)
    levels[band] = std::min(0.0, levels[kLast]);
}

}  // namespace

BandLevels MatchWish::response_db(const BandLevels& side_to_mid_db) const {
  BandLevels response{};
  for (std::size_t band = 0; band < response.size(); ++band)
    response[band] = tone_db[band] + both_db(side_to_mid_db[band], width_db[band]);
  return response;
}

MatchWish wish_for(const Measurements& audio, const TargetCurve& reference, const ReferenceSound& sound,
                   double amount, bool with_width, const ChainRules& rules) {
  const ChainRules::Match& limits = rules.match;
  const BandLevels levels = average_levels(audio);
  const BandLevels sides = side_to_mid_levels(audio);
  MatchWish wish;
  wish.tone_distance_db.fill(kUnknown);
  wish.width_distance_db = width_distance(sides, sound, rules);
  for (std::size_t band = kFirst; band <= kLast; ++band)
    wish.tone_distance_db[band] = reference.level_db[band] - levels[band];

  const double narrower = limit_at(amount, limits.most_side_cut_db, limits.whole_side_cut_db);
  const double wider = limit_at(amount, limits.most_side_boost_db, limits.whole_side_boost_db);
  const double down = limit_at(amount, limits.most_cut_db, limits.whole_cut_db);
  const double up = limit_at(amount, limits.most_boost_db, limits.whole_boost_db);
  const BandLevels width = evened(wish.width_distance_db, limits.own_share);
  const BandLevels tone = evened(wish.tone_distance_db, limits.own_share);
  for (std::size_t band = kFirst; band <= kLast; ++band) {
    if (!std::isfinite(tone[band])) continue;
    if (with_width && std::isfinite(width[band]))
      wish.width_db[band] = std::clamp(amount * width[band], -narrower, wider);
    const double wanted = amount * tone[band] - both_db(sides[band], wish.width_db[band]);
    const MatchHold hold =
        wanted > 0.0 ? not_to_be_raised(audio, levels[band], band, limits) : MatchHold::kNone;
    wish.held[band] = hold;
    if (hold != MatchHold::kNone) {
      wish.width_db[band] = std::min(0.0, wish.width_db[band]);
      continue;
    }
    wish.tone_db[band] = std::clamp(wanted, -down, up);
    if (wish.tone_db[band] != wanted) wish.held[band] = MatchHold::kLimit;
    // The sides take no more than the middle may.
    wish.width_db[band] =
        std::clamp(wish.width_db[band], -down - wish.tone_db[band], up - wish.tone_db[band]);
  }
  continue_cuts(wish.tone_db);
  continue_cuts(wish.width_db);
  return wish;
}

}  // namespace lacquer
