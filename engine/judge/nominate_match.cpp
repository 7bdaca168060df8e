#include <algorithm>
#include <cmath>

#include "judge/match_wish.h"
#include "judge/nominations.h"
#include "judge/prose.h"
#include "measure/spectrum_bands.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

constexpr double kLowHz = 39.0;  // what a match is judged by: 40 Hz to 16 kHz
constexpr double kHighHz = 16500.0;
constexpr double kPromisedShare = 0.5;  // of what the curve alone would do: a piece moves
constexpr double kToldDb = 0.5;         // smaller moves are in the plan's curve, not in its sentence

std::string place(std::size_t first, std::size_t last) {
  const auto hz = [](std::size_t band) { return frequency(kThirdOctaveHz[band]); };
  return first == last ? "at " + hz(first) : "from " + hz(first) + " to " + hz(last);
}

// Calls `told` with the first and the last of neighbouring bands for which `alike` holds from one to the
// next.
template <class Counts, class Alike, class Told>
void for_stretches(Counts counts, Alike alike, Told told) {
  for (std::size_t band = 0; band < kTargetBands; ++band) {
    if (!counts(band)) continue;
    std::size_t last = band;
    while (last + 1 < kTargetBands && counts(last + 1) && alike(last, last + 1)) ++last;
    told(band, last);
    band = last;
  }
}

// "up to −3.2 dB from 250 Hz to 1 kHz, up to +2.0 dB at 8 kHz".
std::string moves_text(const BandLevels& moves_db) {
  std::string list;
  for_stretches([&](std::size_t band) { return std::abs(moves_db[band]) >= kToldDb; },
                [&](std::size_t a, std::size_t b) { return (moves_db[a] > 0.0) == (moves_db[b] > 0.0); },
                [&](std::size_t first, std::size_t last) {
                  double most = 0.0;
                  for (std::size_t band = first; band <= last; ++band)
                    if (std::abs(moves_db[band]) > std::abs(most)) most = moves_db[band];
                  list += (list.empty() ? "" : ", ") + std::string(first == last ? "" : "up to ") +
                          change_db(most) + " " + place(first, last);
                });
  return list;
}

// Where the piece could not be brought as near as was asked, and why.
std::string holds_text(const MatchWish& wish) {
  std::string text;
  for_stretches([&](std::size_t band) { return wish.held[band] != MatchHold::kNone; },
                [&](std::size_t a, std::size_t b) { return wish.held[a] == wish.held[b]; },
                [&](std::size_t first, std::size_t last) {
                  std::string where = place(first, last);
                  where[0] = first == last ? 'A' : 'F';
                  text += " " + where + ", ";
                  switch (wish.held[first]) {
                    case MatchHold::kNothing:
                      text += "nothing was recorded that could be raised, so nothing is.";
                      break;
                    case MatchHold::kNoise:
                      text += "what is there is as faint and steady as noise, so it is not raised.";
                      break;
                    default:
                      text += "the move ends at its limit, short of the reference.";
                  }
                });
  return text;
}

Claim nearer(Claim::Reading reading, const char* name, const char* finding, const BandLevels& goal,
             double promised_db) {
  Claim claim;
  claim.reading = reading;
  claim.name = name;
  claim.finding = finding;
  claim.low_hz = kLowHz;
  claim.high_hz = kHighHz;
  claim.target_db = goal;
  claim.promised_db = promised_db * kPromisedShare;
  return claim;
}

double root_mean_square(const BandLevels& levels) {
  double sum = 0.0;
  int count = 0;
  for (const double level : levels)
    if (std::isfinite(level)) sum += level * level, ++count;
  return count > 0 ? std::sqrt(sum / count) : 0.0;
}

BandLevels sum_of(BandLevels a, const BandLevels& b, double sign) {
  for (std::size_t band = 0; band < a.size(); ++band) a[band] += sign * b[band];
  return a;
}

bool moves(const BandLevels& levels, double least_db) {
  return std::any_of(levels.begin(), levels.end(), [&](double level) { return std::abs(level) >= least_db; });
}

class Match {
 public:
  Match(const Grounds& grounds, const ChosenTarget& target, double amount)
      : grounds_(grounds), target_(target), amount_(amount) {}

  std::optional<Nomination> with(bool width) const {
    const auto& audio = grounds_.judged.audio;
    const MatchWish wish = wish_for(audio, target_.curve, *target_.sound, amount_, width, grounds_.rules());
    const bool of_tone = moves(wish.tone_db, grounds_.rules().corrective_eq.least_move_db);
    const bool of_width = width && moves(wish.width_db, grounds_.rules().width.least_move_db);
    if (!of_tone && !of_width) return std::nullopt;
    Nomination made;
    made.stage = stage_for(Stage::kCorrectiveEq, Treatment::kCorrective, reason(wish, of_width));
    add_removals(grounds_, made);
    const BandLevels sides = side_to_mid_levels(audio);
    const BandLevels response = wish.response_db(sides);
    add_curve(made.stage, wish, audio.channels == 2);
    made.stage.parameters.push_back(
        {"output_gain_db", std::round(-loudness_change_lu(audio, response) * 100.0) / 100.0});
    if (of_tone) {
      made.stage.findings.emplace_back("playback");
      made.claims.push_back(nearer(Claim::Reading::kDistance, "distance_to_reference", "playback",
                                   target_.curve.level_db, progress(wish.tone_distance_db, response)));
    }
    if (of_width) {
      made.stage.findings.emplace_back("stereo-width");
      made.claims.push_back(nearer(Claim::Reading::kImage, "width_distance_to_reference", "stereo-width",
                                   sum_of(sides, wish.width_distance_db, 1.0),
                                   progress(wish.width_distance_db, wish.width_db)));
    }
    return made;
  }

 private:
  static double progress(const BandLevels& distance_db, const BandLevels& moved_db) {
    return std::max(0.0,
                    root_mean_square(distance_db) - root_mean_square(sum_of(distance_db, moved_db, -1.0)));
  }

  static void add_curve(PlanStage& stage, const MatchWish& wish, bool two_channels) {
    const auto add = [&](const char* channels, const BandLevels& gains_db) {
      for (std::size_t band = 0; band < gains_db.size(); ++band)
        if (const double gain_db = to_tenth(gains_db[band]); gain_db != 0.0)
          stage.parameters.push_back({match_id(channels, band), gain_db});
    };
    add("mid", wish.tone_db);
    if (two_channels) add("side", sum_of(wish.tone_db, wish.width_db, 1.0));
  }

  std::string reason(const MatchWish& wish, bool of_width) const {
    const std::string tone = moves_text(wish.tone_db);
    std::string text = "Towards your reference by " + share(amount_) + " of the distance, by third-octaves";
    if (!tone.empty()) text += ": the tone " + tone;
    if (of_width)
      text += std::string(tone.empty() ? ": " : "; ") + "the sides against the middle " +
              moves_text(wish.width_db);
    return text + "." + holds_text(wish);
  }

  const Grounds& grounds_;
  const ChosenTarget& target_;
  double amount_;
};

}  // namespace

std::optional<Nomination> nominate_match(const PlanCase& plan, double amount, bool with_width) {
  const Grounds grounds(plan);
  const auto& target = grounds.judged.tone.choice.target;
  if (!target || !target->sound || !(amount > 0.0)) return std::nullopt;
  const Match match(grounds, *target, amount);
  std::optional<Nomination> made = match.with(with_width);
  if (!made || !with_width) return made;
  if (auto less = match.with(false)) made->less.push_back(*std::move(less));
  return made;
}

}  // namespace lacquer
