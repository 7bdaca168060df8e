#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/nominations.h"
#include "judge/prose.h"
#include "judge/tone_shape.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

// One end of the spectrum, with the shelf that would move it.
struct End {
  const char* name;
  ToneMove::Shape shape;
  double low_hz;
  double high_hz;
  double shape_word;  // its place among the parameter's choices
};
constexpr End kLows{"lows", ToneMove::Shape::kLowShelf, 63.0, 125.0, 2.0};
constexpr End kAir{"air", ToneMove::Shape::kHighShelf, 8000.0, 14000.0, 3.0};

struct EndMove {
  const End* end = nullptr;
  double deviation_db = 0.0;
  ToneMove move;
};

std::optional<EndMove> move_towards_target(const Grounds& grounds, const End& end) {
  const auto& rules = grounds.rules().offers;
  const auto deviation = mean_in_range(grounds.judged.tone.deviation_db, end.low_hz, end.high_hz);
  if (!deviation || std::abs(*deviation) < rules.shelf_least_db) return std::nullopt;
  // Percussion lifts both ends together: that is the song.
  if (*deviation > 0.0 && grounds.judged.tone.lift_db > 0.0) return std::nullopt;
  const double amount = to_tenth(std::min(rules.shelf_most_db, rules.share * std::abs(*deviation)));
  const double hz = end.shape == ToneMove::Shape::kLowShelf ? rules.low_shelf_hz : rules.high_shelf_hz;
  return EndMove{&end, *deviation, {end.shape, hz, *deviation > 0.0 ? -amount : amount, 0.7}};
}

bool is_acoustic(const Grounds& grounds) {
  const auto& target = grounds.judged.tone.choice.target;
  return grounds.judged.tone.drums <= 0.0 || (target && !target->curve.percussive);
}

std::optional<double> power_ratio_db(const Measurements& audio) {
  const BandLevels levels = average_levels(audio);
  double sub = 0.0;
  double bass = 0.0;
  for (std::size_t band = 0; band < levels.size(); ++band) {
    if (!std::isfinite(levels[band])) continue;
    const double power = std::pow(10.0, levels[band] / 10.0);
    if (is_in_range(band, 20.0, 63.0)) sub += power;
    if (is_in_range(band, 80.0, 250.0)) bass += power;
  }
  if (!(sub > 0.0) || !(bass > 0.0)) return std::nullopt;
  return 10.0 * std::log10(sub / bass);
}

Claim peaks_claim() {
  Claim claim;
  claim.reading = Claim::Reading::kPeaks;
  claim.name = "plr";
  claim.finding = "platform-loudness";
  claim.promised_db = 0.3;
  return claim;
}

}  // namespace

std::optional<Nomination> offer_eq(const Grounds& grounds) {
  if (!grounds.judged.tone.choice.target || grounds.judged.tone.choice.unlike) return std::nullopt;
  std::optional<EndMove> best;
  for (const End& end : {std::cref(kLows), std::cref(kAir)})
    if (const auto move = move_towards_target(grounds, end);
        move && (!best || std::abs(move->deviation_db) > std::abs(best->deviation_db)))
      best = move;
  if (!best) return std::nullopt;
  const TargetCurve& curve = grounds.judged.tone.choice.target->curve;
  Nomination made;
  made.stage =
      stage_for(Stage::kEnhancingEq, Treatment::kEnhancing,
                std::string("The ") + best->end->name + " lie " + db(std::abs(best->deviation_db)) +
                    (best->deviation_db < 0.0 ? " under" : " over") + " the target " + curve.name +
                    ", which no finding asks to correct. If you would like them nearer, a shelf of " +
                    change_db(best->move.gain_db) + (best->end == &kAir ? " above " : " below ") +
                    frequency(best->move.frequency_hz) + " goes part of the way; it is a matter of taste.");
  if (best->end == &kAir) made.stage.reason.replace(0, std::string("The air lie").size(), "The air lies");
  made.stage.parameters = {{"band_1_shape", best->end->shape_word},
                           {"band_1_frequency_hz", best->move.frequency_hz},
                           {"band_1_gain_db", best->move.gain_db},
                           {"band_1_q", best->move.q}};
  const double louder = loudness_change_lu(grounds.judged.audio, response_db(best->move));
  made.stage.parameters.push_back({"output_gain_db", std::round(-louder * 100.0) / 100.0});
  Claim claim;
  claim.reading = Claim::Reading::kError;
  claim.name = std::string(best->end == &kAir ? "air" : "lows") + "_deviation";
  claim.finding = best->end == &kAir ? "harshness" : "low-end";
  claim.low_hz = best->end->low_hz;
  claim.high_hz = best->end->high_hz;
  claim.target_db = curve.level_db;
  claim.promised_db = std::abs(best->move.gain_db) * 0.5;
  made.claims.push_back(claim);
  return made;
}

std::optional<Nomination> offer_saturation(const Grounds& grounds, double limited_db) {
  const auto& rules = grounds.rules().offers;
  const DiagnosticCase& judged = grounds.judged;
  const auto presence = mean_in_range(judged.tone.deviation_db, 4000.0, 8000.0);
  const bool dense = judged.reads.psr_p5_db && *judged.reads.psr_p5_db < rules.least_psr_p5_db;
  const bool printed = find_clipping(judged) || flat_tops_per_min(judged).value_or(0.0) > 0.0;
  if (dense || printed || is_acoustic(grounds) || (presence && *presence > rules.most_presence_db))
    return std::nullopt;
  const bool peaks =
      judged.reads.plr_db && *judged.reads.plr_db >= rules.plr_db && limited_db >= rules.limited_db;
  const auto sub = power_ratio_db(judged.audio);
  const bool sub_only = sub && *sub > rules.low_to_bass_db;
  if (!peaks && !sub_only) return std::nullopt;
  Nomination made;
  // In the order of the parameter's choices: tape, tube, transformer, clip.
  if (peaks) {
    made.stage = stage_for(Stage::kSaturation, Treatment::kEnhancing,
                           "Peaks, not the body, set the level: they stand " + db(*judged.reads.plr_db) +
                               " above the loudness, and the limiter would work " + db(limited_db) +
                               " on them. A little tape-like rounding before it gives density; it is a "
                               "matter of taste.");
    made.stage.parameters = {{"character", 0.0}, {"drive_db", rules.drive_db}, {"mix_pct", rules.mix_pct}};
    made.claims.push_back(peaks_claim());
  } else {
    made.stage = stage_for(Stage::kSaturation, Treatment::kEnhancing,
                           "The bass rests on its fundamentals (20 to 60 Hz stands " + db(*sub) +
                               " over 60 to 250 Hz), which small loudspeakers do not play. Harmonics of the "
                               "lows would make it heard there; it is a matter of taste.");
    made.stage.parameters = {
        {"character", 2.0}, {"drive_db", rules.drive_db}, {"mix_pct", rules.mix_pct}, {"high_hz", 500.0}};
    made.claims.push_back(peaks_claim());
  }
  return made;
}

std::optional<Nomination> offer_width(const Grounds& grounds) {
  const auto& rules = grounds.rules().offers;
  const DiagnosticCase& judged = grounds.judged;
  const auto& side = judged.reads.side_to_mid_db;
  const auto& loss = judged.reads.mono_loss_db;
  if (!judged.is_stereo() || silent_channel(judged) || has_same_channels(judged)) return std::nullopt;
  if (!side || *side > rules.narrow_db || *side < rules.widen_floor_db || !loss || *loss > rules.mono_loss_db)
    return std::nullopt;
  Nomination made;
  made.stage = stage_for(Stage::kStereoWidth, Treatment::kEnhancing,
                         "The image is narrow (side to mid " + db(*side) +
                             ") and mono loses next to nothing: the sides above 4 kHz can come up by " +
                             db(rules.widen_db) + ". It is a matter of taste.");
  made.stage.parameters = {{"side_4000_up_db", rules.widen_db}};
  Claim claim;
  claim.reading = Claim::Reading::kMiddle;
  claim.name = "mid_to_side_4000_16000_hz";
  claim.finding = "stereo-width";
  claim.stereo_band = 3;
  claim.promised_db = rules.widen_db * 0.7;
  made.claims.push_back(claim);
  return made;
}

}  // namespace lacquer
