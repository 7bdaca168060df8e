#include <algorithm>
#include <cmath>
#include <limits>

#include "judge/match_tone.h"
#include "judge/nominations.h"
#include "judge/prose.h"
#include "judge/tonal_prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

constexpr double kLowHz = 39.0;  // 40 Hz to 16 kHz: what lies outside differs for reasons of its own
constexpr double kHighHz = 16500.0;

// How far each third-octave is to move: the share asked for of the distance to the references, leaning on its
// neighbours 1 to 2 to 1, since a single record's single bands are a matter of its key.
BandLevels wanted_change(const BandLevels& mix, const TargetCurve& reference, double amount,
                         const ChainRules::Match& rules) {
  BandLevels distance{};
  for (std::size_t band = 0; band < mix.size(); ++band) distance[band] = reference.level_db[band] - mix[band];
  BandLevels wanted{};
  for (std::size_t band = 0; band < mix.size(); ++band) {
    const double hz = target_band_hz(static_cast<int>(band));
    const double below = distance[band > 0 ? band - 1 : band];
    const double above = distance[std::min(band + 1, mix.size() - 1)];
    const double here = distance[band];
    const double even = (std::isfinite(below) ? below : here) * 0.25 + here * 0.5 +
                        (std::isfinite(above) ? above : here) * 0.25;
    const bool absent = here > rules.absent_db;
    wanted[band] = hz < kLowHz || hz > kHighHz || !std::isfinite(here)
                       ? std::numeric_limits<double>::quiet_NaN()
                       : (absent ? 0.0 : amount * std::clamp(even, -rules.most_cut_db, rules.most_boost_db));
  }
  return wanted;
}

std::string move_text(const ToneMove& move) {
  const std::string there = tonal_prose::around(move.frequency_hz);
  const std::string place = move.shape == ToneMove::Shape::kBell       ? "around " + there
                            : move.shape == ToneMove::Shape::kLowShelf ? "below " + there
                                                                       : "above " + there;
  return change_db(move.gain_db) + " " + place;
}

Claim nearer(const TargetCurve& reference, double promised_db) {
  Claim claim;
  claim.reading = Claim::Reading::kDistance;
  claim.name = "distance_to_reference";
  claim.finding = "playback";
  claim.low_hz = kLowHz;
  claim.high_hz = kHighHz;
  claim.target_db = reference.level_db;
  claim.promised_db = promised_db;
  return claim;
}

double root_mean_square(const BandLevels& levels) {
  double sum = 0.0;
  int count = 0;
  for (const double level : levels)
    if (std::isfinite(level)) sum += level * level, ++count;
  return count > 0 ? std::sqrt(sum / count) : 0.0;
}

std::optional<Nomination> match_tone(const Grounds& grounds, const TargetCurve& reference, double amount) {
  const auto& rules = grounds.rules().match;
  const BandLevels mix = average_levels(grounds.judged.audio);
  const BandLevels wanted = wanted_change(mix, reference, amount, rules);
  std::vector<ToneMove> moves =
      fit_moves(wanted, {static_cast<int>(rules.bands), rules.most_cut_db, rules.most_boost_db,
                         grounds.rules().corrective_eq.least_move_db});
  if (moves.empty()) return std::nullopt;
  for (ToneMove& move : moves) move.frequency_hz = to_step(move.frequency_hz);
  Nomination made;
  made.stage = stage_for(Stage::kCorrectiveEq, Treatment::kCorrective, "");
  std::string list;
  int number = 0;
  for (const ToneMove& move : moves) {
    add_band(made.stage, ++number, move);
    list += (list.empty() ? "" : ", ") + move_text(move);
  }
  const BandLevels response = response_db(moves);
  BandLevels left = wanted;
  for (std::size_t band = 0; band < left.size(); ++band) left[band] -= response[band];
  made.stage.reason = "Towards your reference by " + share(amount) + " of the distance: " + list +
                      ". A range the mix hardly has is left as it is.";
  made.stage.findings = {"playback"};
  made.stage.parameters.push_back(
      {"output_gain_db", std::round(-loudness_change_lu(grounds.judged.audio, response) * 100.0) / 100.0});
  made.claims.push_back(
      nearer(reference, std::max(0.0, root_mean_square(wanted) - root_mean_square(left)) * 0.5));
  return made;
}

std::optional<Nomination> match_width(const Grounds& grounds, const ReferenceSound& reference,
                                      double amount) {
  const auto& audio = grounds.judged.audio;
  const auto& rules = grounds.rules();
  if (!audio.stereo || audio.channels < 2) return std::nullopt;
  // In the order of StereoResult::bands.
  constexpr std::array<const char*, 4> kIds = {"side_low_db", "side_120_500_db", "side_500_4000_db",
                                               "side_4000_up_db"};
  constexpr std::array<const char*, 4> kNames = {"below 120 Hz", "from 120 to 500 Hz", "from 500 Hz to 4 kHz",
                                                 "above 4 kHz"};
  Nomination made;
  made.stage = stage_for(Stage::kStereoWidth, Treatment::kCorrective, "");
  std::string list;
  for (std::size_t i = 0; i < kIds.size() && i < audio.stereo->bands.size(); ++i) {
    const auto mine = known(audio.stereo->bands[i].side_to_mid_db);
    const auto theirs = reference.side_to_mid_db[i];
    if (!mine || !theirs || *mine < rules.offers.widen_floor_db) continue;
    const double most_boost = i == 0 ? 0.0 : rules.match.most_side_boost_db;  // lows are never widened
    const double change =
        to_tenth(std::clamp(amount * (*theirs - *mine), -rules.match.most_side_cut_db, most_boost));
    if (std::abs(change) < rules.width.least_move_db) continue;
    made.stage.parameters.push_back({kIds[i], change});
    list += (list.empty() ? "" : ", ") + change_db(change) + " " + kNames[i];
    Claim claim;
    claim.reading = change < 0.0 ? Claim::Reading::kSide : Claim::Reading::kMiddle;
    claim.name = std::string("side_to_mid_") + (i == 0   ? "low"
                                                : i == 1 ? "low_mid"
                                                : i == 2 ? "mid"
                                                         : "high");
    claim.finding = "stereo-width";
    claim.stereo_band = i;
    claim.promised_db = std::abs(change) * 0.7;
    made.claims.push_back(claim);
  }
  if (made.claims.empty()) return std::nullopt;
  made.stage.reason =
      "Towards your reference's width by " + share(amount) + " of the distance, sides " + list + ".";
  made.stage.findings = {"stereo-width"};
  return made;
}

}  // namespace

std::vector<Nomination> nominate_match(const PlanCase& plan, double amount) {
  const Grounds grounds(plan);
  const auto& target = grounds.judged.tone.choice.target;
  if (!target || !target->sound || !(amount > 0.0)) return {};
  std::vector<Nomination> nominations;
  if (auto tone = match_tone(grounds, target->curve, amount)) nominations.push_back(std::move(*tone));
  if (auto width = match_width(grounds, *target->sound, amount)) nominations.push_back(std::move(*width));
  return nominations;
}

}  // namespace lacquer
