#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/nominations.h"
#include "judge/prose.h"
#include "judge/tonal_prose.h"
#include "judge/tone_shape.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

// A move with the evidence that asked for it.
struct Move {
  ToneMove move;
  Claim claim;
  std::string reason;
};

const char* item_of(std::string_view term) {
  return term == "harsh" || term == "sibilant" ? "harshness" : "low-end";
}

BandLevels deviation_of(const Measurements& audio, const TargetCurve& curve) {
  BandLevels deviation = average_levels(audio);
  for (std::size_t band = 0; band < deviation.size(); ++band) deviation[band] -= curve.level_db[band];
  return deviation;
}

// The deviation of the third-octave nearest to a frequency, or of the one beside it that deviates more.
double error_at(const BandLevels& deviation, double hz, double sign) {
  double most = 0.0;
  for (std::size_t band = 0; band < deviation.size(); ++band)
    if (std::abs(std::log2(target_band_hz(static_cast<int>(band)) / hz)) < 0.4 &&
        std::isfinite(deviation[band]))
      most = std::max(most, sign * deviation[band]);
  return most;
}

class ToneMoves {
 public:
  explicit ToneMoves(const Grounds& grounds)
      : grounds_(grounds), rules_(grounds.rules().corrective_eq), shaped_(grounds.judged.audio) {}

  std::vector<Move> find() {
    if (!grounds_.judged.tone.choice.target) return {};
    const Circumstances fixed_target{grounds_.circumstances.role, grounds_.judged.tone.choice.target,
                                     std::nullopt};
    Tone tone = grounds_.judged.tone;
    const auto most = static_cast<std::size_t>(std::max(0.0, rules_.bands));
    while (moves_.size() < most) {
      const ToneFault* fault = next(tone);
      if (fault == nullptr) break;
      seen_.push_back(fault->term->id);
      const auto move = move_for(*fault);
      if (!move) continue;
      moves_.push_back(*move);
      const BandLevels response = response_db(move->move);
      for (std::size_t band = 0; band < response.size(); ++band) total_[band] += response[band];
      shaped_ = with_response(shaped_, response);
      tone = hear_tone(shaped_, fixed_target, grounds_.judged.known);
    }
    return moves_;
  }

 private:
  // The first fault that stays wrong throughout, against the target that was chosen, and is not treated yet.
  const ToneFault* next(const Tone& tone) const {
    for (const ToneFault& fault : tone.faults) {
      if (fault.at_times || fault.term->measured_by == "bursts") continue;
      // Where the gravest fault is one only by a target that was not chosen, what comes after it is left too:
      // it may be the other side of the same thing.
      if (fault.first_passes && moves_.empty()) return nullptr;
      if (fault.first_passes) continue;
      if (std::find(seen_.begin(), seen_.end(), fault.term->id) != seen_.end()) continue;
      const bool near = std::any_of(moves_.begin(), moves_.end(), [&](const Move& other) {
        return std::abs(std::log2(fault.hz / other.move.frequency_hz)) < rules_.apart_octaves;
      });
      if (!near) return &fault;
    }
    return nullptr;
  }

  ToneMove::Shape shape_for(const ToneFault& fault) const {
    if (fault.deviation_db >= 0.0) return ToneMove::Shape::kBell;
    return fault.hz > 1000.0 ? ToneMove::Shape::kHighShelf : ToneMove::Shape::kLowShelf;
  }

  // Where the move may lie: a shelf turns over beside the range that is short of level.
  FitRange range_for(const ToneFault& fault, ToneMove::Shape shape) const {
    FitRange range{fault.hz / std::exp2(0.75), fault.hz * std::exp2(0.75), rules_.broad_q_min,
                   rules_.broad_q_max};
    if (shape == ToneMove::Shape::kHighShelf)
      range = {2500.0, 8000.0, rules_.broad_q_min, rules_.broad_q_max};
    if (shape == ToneMove::Shape::kLowShelf) range = {100.0, 320.0, rules_.broad_q_min, rules_.broad_q_max};
    return range;
  }

  std::optional<Move> move_for(const ToneFault& fault) const {
    const TargetCurve& curve = grounds_.judged.tone.choice.target->curve;
    const BandLevels deviation = deviation_of(shaped_, curve);
    const double sign = fault.deviation_db < 0.0 ? -1.0 : 1.0;
    const ToneMove::Shape shape = shape_for(fault);
    auto move = fit_move(deviation, shape, sign, range_for(fault, shape));
    if (!move) return std::nullopt;
    const double error = shape == ToneMove::Shape::kBell ? error_at(deviation, move->frequency_hz, sign)
                                                         : std::abs(fault.deviation_db);
    const double most = sign > 0.0 ? rules_.most_cut_db : rules_.most_boost_db;
    const double wanted = std::min(error, std::abs(move->gain_db)) * rules_.share * fault.certainty;
    const double amount = std::floor(std::min(most, wanted) * 10.0 + 1e-6) / 10.0;
    if (amount < rules_.least_move_db) return std::nullopt;
    move->gain_db = -sign * amount;
    move->frequency_hz = to_step(move->frequency_hz);
    if (exceeds(*move, most)) return std::nullopt;
    return Move{*move, claim_for(fault, *move, curve), reason_for(fault, *move, error)};
  }

  // Two moves beside each other may not add up to more than one may take.
  bool exceeds(const ToneMove& move, double most) const {
    const BandLevels response = response_db(move);
    for (std::size_t band = 0; band < response.size(); ++band)
      if (std::abs(total_[band] + response[band]) > most + 0.05) return true;
    return false;
  }

  Claim claim_for(const ToneFault& fault, const ToneMove& move, const TargetCurve& curve) const {
    Claim claim;
    claim.reading = Claim::Reading::kError;
    claim.name = fault.term->id + "_deviation";
    claim.finding = item_of(fault.term->id);
    const bool bell = move.shape == ToneMove::Shape::kBell;
    claim.low_hz = bell ? move.frequency_hz / std::exp2(0.5) : fault.term->low_hz;
    claim.high_hz = bell ? move.frequency_hz * std::exp2(0.5) : fault.term->high_hz;
    claim.target_db = curve.level_db;
    double sum = 0.0;
    int bands = 0;
    for (std::size_t band = 0; band < kTargetBands; ++band)
      if (is_in_range(band, claim.low_hz, claim.high_hz))
        sum += std::abs(response_db(move, target_band_hz(static_cast<int>(band)))), ++bands;
    claim.promised_db = bands > 0 ? sum / bands : 0.0;
    return claim;
  }

  std::string reason_for(const ToneFault& fault, const ToneMove& move, double error) const {
    const std::string there = tonal_prose::around(move.frequency_hz);
    const std::string what = move.shape == ToneMove::Shape::kBell        ? "a bell around " + there
                             : move.shape == ToneMove::Shape::kHighShelf ? "a shelf above " + there
                                                                         : "a shelf below " + there;
    std::string reason = "It sounds " + fault.term->id + ", " + db(error) +
                         (fault.deviation_db < 0.0 ? " under" : " over") + " the target: " + what +
                         (move.gain_db < 0.0 ? " takes " : " gives ") + db(std::abs(move.gain_db)) +
                         ", not more than half of the error.";
    if (fault.severity == Severity::kFix)
      reason += " The rest belongs in the mix: find the part that makes it " + fault.term->id + " there.";
    return reason;
  }

  const Grounds& grounds_;
  const ChainRules::CorrectiveEq& rules_;
  Measurements shaped_;
  BandLevels total_{};
  std::vector<Move> moves_;
  std::vector<std::string> seen_;
};

// The strongest narrow peak that stays put where the ear is most sensitive.
std::optional<Move> resonance_move(const Grounds& grounds) {
  const auto& audio = grounds.judged.audio;
  const auto& rules = grounds.rules().corrective_eq;
  if (!audio.spectrum) return std::nullopt;
  for (const Resonance& one : audio.spectrum->resonances) {
    if (!is_steady_resonance(one, grounds.judged.known.tonal.resonance) || one.hz < 2000.0 ||
        one.hz > 10000.0)
      continue;
    Move found;
    const double width = std::max(one.width_octaves, 0.05);
    found.move.frequency_hz = std::round(one.hz);
    found.move.gain_db = -to_tenth(std::min(rules.resonance_cut_db, one.excess_db * rules.share));
    // The Q of a bell as wide as the peak: 1 / (2 sinh(ln 2 / 2 · octaves)).
    found.move.q = to_tenth(std::clamp(0.5 / std::sinh(0.5 * std::log(2.0) * width), rules.resonance_q_min,
                                       rules.resonance_q_max));
    found.claim.reading = Claim::Reading::kNarrow;
    found.claim.name = "resonance";
    found.claim.finding = "harshness";
    found.claim.low_hz = one.hz / std::exp2(1.0 / 8.0);
    found.claim.high_hz = one.hz * std::exp2(1.0 / 8.0);
    found.claim.promised_db = std::abs(found.move.gain_db) * 0.6;
    found.reason = "A narrow peak of " + db(one.excess_db) + " stays put at " + tonal_prose::around(one.hz) +
                   " while the notes move: a narrow bell takes " + db(std::abs(found.move.gain_db)) + ".";
    return found;
  }
  return std::nullopt;
}

void add_finding(PlanStage& stage, const std::string& id) {
  if (std::find(stage.findings.begin(), stage.findings.end(), id) == stage.findings.end())
    stage.findings.push_back(id);
}

void add_reason(PlanStage& stage, const std::string& reason) {
  stage.reason += (stage.reason.empty() ? "" : " ") + reason;
}

Nomination stage_of(const Grounds& grounds, const std::vector<Move>& moves) {
  Nomination made;
  made.stage = stage_for(Stage::kCorrectiveEq, Treatment::kCorrective, "");
  add_removals(grounds, made);
  BandLevels response{};
  for (std::size_t i = 0; i < moves.size(); ++i) {
    add_band(made.stage, static_cast<int>(i) + 1, moves[i].move);
    add_finding(made.stage, moves[i].claim.finding);
    add_reason(made.stage, moves[i].reason);
    made.claims.push_back(moves[i].claim);
    const BandLevels one = response_db(moves[i].move);
    for (std::size_t band = 0; band < response.size(); ++band) response[band] += one[band];
  }
  // What the trial measures is added to this; so near, the stage is judged at the loudness it came in with.
  const double louder = loudness_change_lu(grounds.judged.audio, response);
  if (!moves.empty())
    made.stage.parameters.push_back({"output_gain_db", std::round(-louder * 100.0) / 100.0});
  return made;
}

}  // namespace

// Offset and rumble first: they are removed, not shaped.
void add_removals(const Grounds& grounds, Nomination& to) {
  const auto& rules = grounds.rules().corrective_eq;
  Claim claim;
  if (find_dc_offset(grounds.judged)) {
    to.stage.parameters.push_back({"remove_dc", 1.0});
    add_finding(to.stage, "source-integrity");
    add_reason(to.stage, "The waveform stands off its middle (DC offset); that offset is taken away.");
    claim.reading = Claim::Reading::kDcOffset;
    claim.name = "dc_offset";
    claim.finding = "source-integrity";
    claim.promised_db = 20.0;
    to.claims.push_back(claim);
  }
  if (find_rumble(grounds.judged)) {
    to.stage.parameters.push_back({"high_pass_hz", rules.high_pass_hz});
    to.stage.parameters.push_back({"high_pass_db_per_octave", rules.high_pass_db_per_octave});
    add_finding(to.stage, "low-end");
    add_reason(to.stage, "There is rumble under the music: a high-pass at " + frequency(rules.high_pass_hz) +
                             " removes it.");
    claim.reading = Claim::Reading::kRumble;
    claim.name = "rumble_against_bass";
    claim.finding = "low-end";
    claim.promised_db = 3.0;
    to.claims.push_back(claim);
  }
}

void add_band(PlanStage& stage, int number, const ToneMove& move) {
  const std::string prefix = "band_" + std::to_string(number) + "_";
  // In the order of the parameter's choices: off, bell, low-shelf, high-shelf, tilt.
  const double shape = move.shape == ToneMove::Shape::kBell       ? 1.0
                       : move.shape == ToneMove::Shape::kLowShelf ? 2.0
                                                                  : 3.0;
  stage.parameters.push_back({prefix + "shape", shape});
  stage.parameters.push_back({prefix + "frequency_hz", move.frequency_hz});
  stage.parameters.push_back({prefix + "gain_db", move.gain_db});
  stage.parameters.push_back({prefix + "q", move.q});
}

std::optional<Nomination> nominate_corrective_eq(const Grounds& grounds) {
  std::vector<Move> moves = ToneMoves(grounds).find();
  const auto resonance = resonance_move(grounds);
  if (resonance) moves.push_back(*resonance);
  Nomination whole = stage_of(grounds, moves);
  if (whole.claims.empty()) return std::nullopt;
  if (moves.size() > 1) whole.less.push_back(stage_of(grounds, {moves.front()}));
  return whole;
}

}  // namespace lacquer
