#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/nominations.h"
#include "judge/prose.h"
#include "judge/tone_shape.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

Claim side_claim(std::size_t band, double promised_db) {
  Claim claim;
  claim.reading = Claim::Reading::kSide;
  claim.name = kWidthBands[band].metric;
  claim.finding = band == 0 ? "low-end" : "stereo-width";
  claim.stereo_band = band;
  claim.promised_db = promised_db;
  return claim;
}

// What the lows weigh less in both channels together once their sides are gone, as the height of the shelf
// that comes nearest to it from 40 to 160 Hz, each third-octave with the sides it has.
double lost_with_the_sides_db(const Measurements& audio, double below_hz) {
  constexpr double kShelfAbove = 4.0 / 3.0;  // as the stereo width stage has it
  constexpr double kUnitDb = 1.0;
  const BandLevels sides = side_to_mid_levels(audio);
  const BandLevels shelf =
      response_db(ToneMove{ToneMove::Shape::kLowShelf, kShelfAbove * below_hz, kUnitDb, 0.7});
  double product = 0.0;
  double squares = 0.0;
  for (std::size_t band = 0; band < kTargetBands; ++band) {
    if (!is_in_range(band, 39.0, 165.0) || !std::isfinite(sides[band])) continue;
    const double hz = target_band_hz(static_cast<int>(band));
    const double side = std::pow(10.0, sides[band] / 10.0);
    const double kept = 1.0 - 1.0 / (1.0 + std::pow(hz / below_hz, 8.0));  // Butterworth, fourth order
    product += shelf[band] * 10.0 * std::log10((1.0 + side) / (1.0 + side * kept));
    squares += shelf[band] * shelf[band];
  }
  return squares > 0.0 ? kUnitDb * product / squares : 0.0;
}

void narrow_lows(const Grounds& grounds, Nomination& to) {
  const auto& rules = grounds.rules().width;
  const auto side = low_side_to_mid_db(grounds.judged);
  if (!side || !(*side > rules.low_side_to_mid_db)) return;
  to.stage.parameters.push_back({"mono_below_hz", rules.mono_below_hz});
  const double makeup = to_tenth(
      std::min(rules.most_low_makeup_db, lost_with_the_sides_db(grounds.judged.audio, rules.mono_below_hz)));
  if (makeup > 0.0) to.stage.parameters.push_back({"low_makeup_db", makeup});
  to.stage.findings.emplace_back("low-end");
  to.stage.reason =
      "Below 120 Hz side to mid is " + db(*side) + ": below " + frequency(rules.mono_below_hz) +
      " both channels become the same, so that the bass stands in the middle" +
      (makeup > 0.0 ? ", and the middle gets " + db(makeup) + " there, so that the bass weighs what it did."
                    : ".");
  constexpr double kPromisedDb = 3.0;  // far less than mono takes away; the rest is the crossover's slope
  to.claims.push_back(side_claim(0, kPromisedDb));
}

void narrow_rest(const Grounds& grounds, Nomination& to) {
  if (!find_too_wide(grounds.judged)) return;
  constexpr std::array<const char*, 4> kParameters = {"side_low_db", "side_120_500_db", "side_500_4000_db",
                                                      "side_4000_up_db"};
  const auto& rules = grounds.rules().width;
  const auto& limits = grounds.judged.rules.stereo_width.band_db;
  std::string bands;
  for (std::size_t band = 1; band < kWidthBands.size(); ++band) {
    const auto side = band_width_db(grounds.judged, kWidthBands[band]);
    if (!side) continue;
    const double cut = to_tenth(std::min(rules.most_side_cut_db, rules.share * (*side - limits[band].look)));
    if (!(cut >= rules.least_move_db)) continue;
    to.stage.parameters.push_back({kParameters[band], -cut});
    to.claims.push_back(side_claim(band, cut * 0.8));
    bands += (bands.empty() ? "" : ", ") + db(cut) + " " + kWidthBands[band].name;
  }
  if (bands.empty()) return;
  to.stage.findings.emplace_back("stereo-width");
  to.stage.reason += std::string(to.stage.reason.empty() ? "" : " ") +
                     "The sides are as loud as the middle, and mono loses them: they are lowered by " +
                     bands + ". What is too wide beyond that is the mix's to narrow.";
}

}  // namespace

std::optional<Nomination> nominate_width_repair(const Grounds& grounds) {
  if (!grounds.judged.is_stereo() || silent_channel(grounds.judged) || find_polarity_inverted(grounds.judged))
    return std::nullopt;
  Nomination lows;
  lows.stage = stage_for(Stage::kStereoWidth, Treatment::kCorrective, "");
  narrow_lows(grounds, lows);
  Nomination whole = lows;
  narrow_rest(grounds, whole);
  if (whole.claims.empty()) return std::nullopt;
  if (!lows.claims.empty() && whole.claims.size() > lows.claims.size()) whole.less.push_back(lows);
  return whole;
}

std::optional<Nomination> offer_balance(const Grounds& grounds, const PlanStage& staging) {
  const auto& rules = grounds.rules().width;
  const auto& balance = grounds.judged.reads.balance_lu;
  if (!balance || silent_channel(grounds.judged) || !(std::abs(*balance) > rules.balance_lu))
    return std::nullopt;
  Nomination made{staging, {}, {}};
  const double needed = std::clamp(*balance, -rules.most_balance_db, rules.most_balance_db);
  made.stage.parameters.push_back({"balance_db", to_tenth(needed)});
  made.stage.findings.emplace_back("stereo-width");
  made.stage.reason += std::string(" The ") + (*balance > 0.0 ? "left" : "right") + " channel is " +
                       lu(std::abs(*balance)) + " louder: a balance of " + change_db(to_tenth(needed)) +
                       " evens it out.";
  Claim claim;
  claim.reading = Claim::Reading::kBalance;
  claim.name = "balance";
  claim.finding = "stereo-width";
  claim.promised_db = std::abs(needed);
  made.claims.push_back(claim);
  return made;
}

}  // namespace lacquer
