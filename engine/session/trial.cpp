#include "session/trial.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "judge/diagnose.h"
#include "judge/finding_change.h"
#include "judge/prose.h"
#include "session/chain_source.h"

namespace lacquer {
namespace {

// The items a stage before the limiter can spoil. The others are about level, which the limiter settles, or
// about the file as it came.
constexpr std::array kSpoilable = {3, 5, 6, 7};

struct Loss {
  double db = 0.0;
  std::string item;
};

// Towards a reference the item follows the record that the user named, not the limits of the house.
bool follows_reference(const Nomination& nomination, const std::string& item) {
  return std::any_of(nomination.claims.begin(), nomination.claims.end(), [&](const Claim& claim) {
    return claim.reading == Claim::Reading::kImage      ? item == "stereo-width"
           : claim.reading == Claim::Reading::kDistance ? item == "low-end" || item == "harshness"
                                                        : false;
  });
}

Loss worst_loss(const Diagnosis& before, const Diagnosis& after, const Nomination& nomination) {
  Loss worst;
  for (const int number : kSpoilable) {
    if (follows_reference(nomination, item(before, number).id)) continue;
    const FindingChange change = change_of(item(before, number), item(after, number));
    if (change.change != "worse") continue;
    if (const double db = loss_db(change); db > worst.db) worst = {db, item(before, number).id};
  }
  return worst;
}

// The claim that fell furthest short of what it must show, with what it showed.
struct Weakest {
  const Claim* claim = nullptr;
  double improved_db = 0.0;
  double needed_db = 0.0;
  bool holds() const { return claim != nullptr && improved_db >= needed_db; }
};

Weakest weakest_claim(const std::vector<Claim>& claims, const Measurements& before, const Measurements& after,
                      const ChainRules::Trial& rules) {
  Weakest weakest;
  for (const Claim& claim : claims) {
    const double improved = improvement_db(claim, before, after).value_or(0.0);
    const double needed = std::max(rules.least_improved_db, rules.least_improved_share * claim.promised_db);
    if (weakest.claim == nullptr || improved - needed < weakest.improved_db - weakest.needed_db)
      weakest = {&claim, improved, needed};
  }
  return weakest;
}

void set_parameter(PlanStage& stage, const std::string& id, double value) {
  for (PlanParameter& one : stage.parameters)
    if (one.id == id) {
      one.value = value;
      return;
    }
  stage.parameters.push_back({id, value});
}

// Makes up for what the stage, so far without gain, changed in loudness: to a thousandth of a decibel.
// Returns the gain.
double match_loudness(PlanStage& stage, const Survey& before, const Survey& after) {
  const auto& was = before.measurements.loudness.integrated_lufs;
  const auto& is = after.measurements.loudness.integrated_lufs;
  if (!was || !is || stage.stage == Stage::kGainStaging) return 0.0;
  constexpr double kMostDb = 12.0;
  const double matched = std::round(std::clamp(*was - *is, -kMostDb, kMostDb) * 1000.0) / 1000.0;
  if (matched != 0.0) set_parameter(stage, "output_gain_db", matched);
  return matched;
}

std::string verdict(const Weakest& claim, const Loss& loss, const ChainRules::Trial& rules) {
  using prose::db;
  if (!claim.holds())
    return "The trial did not show what was hoped for: " + db(claim.improved_db) + " better where " +
           db(claim.needed_db) + " were needed.";
  if (loss.db > rules.most_worse_db)
    return "The trial made another item worse (" + loss.item + ", by " + db(loss.db) + ").";
  return "The trial at equal loudness came " + db(claim.improved_db) + " nearer" +
         (loss.item.empty()
              ? ", and no other item got worse."
              : "; " + loss.item + " lost " + db(loss.db) + ", which is within what is allowed.");
}

Tried try_once(const TrialMaterial& material, const Worked& before, const Nomination& nomination) {
  Tried tried{nomination.stage, std::nullopt};
  Worked after{before.plan, {}, {}};
  PlanStage& stage = after.plan.at(nomination.stage.stage);
  stage = nomination.stage;
  stage.state = StageState::kOn;
  std::erase_if(stage.parameters, [](const PlanParameter& one) { return one.id == "output_gain_db"; });
  ChainSource through(material.source, after.plan);
  // Of what is read off the source only a filter can mend something: an offset, rumble.
  const bool mends_source = stage.stage == Stage::kCorrectiveEq;
  after.survey =
      survey_source(through, mends_source ? MeasureGroups::kAll : MeasureGroups::kSound, material.working);
  after.survey = louder(std::move(after.survey), match_loudness(stage, before.survey, after.survey));
  if (!mends_source) after.survey.measurements.source = before.survey.measurements.source;
  after.diagnosis =
      diagnose(after.survey.measurements, material.info, material.circumstances, material.known);

  const ChainRules::Trial& rules = material.known.chain.trial;
  const Weakest claim =
      weakest_claim(nomination.claims, before.survey.measurements, after.survey.measurements, rules);
  const Loss loss = worst_loss(before.diagnosis, after.diagnosis, nomination);
  const auto rounded = [](double db) { return std::round(db * 100.0) / 100.0; };
  stage.trial = Trial{claim.holds() && loss.db <= rules.most_worse_db,
                      rounded(claim.improved_db),
                      rounded(loss.db),
                      claim.claim != nullptr ? claim.claim->name : "",
                      loss.item,
                      verdict(claim, loss, rules)};
  tried.stage = stage;
  tried.stage.state = nomination.stage.state;
  if (stage.trial->kept)
    tried.worked = std::move(after);
  else
    tried.stage.state = StageState::kOff;
  return tried;
}

}  // namespace

Tried try_stage(const TrialMaterial& material, const Worked& before, const Nomination& nomination) {
  Tried tried = try_once(material, before, nomination);
  for (const Nomination& less : nomination.less) {
    if (tried.worked) break;
    Tried again = try_once(material, before, less);
    if (again.worked) again.stage.trial->note += " More of it was tried first: " + tried.stage.trial->note;
    if (again.worked) again.worked->plan.at(again.stage.stage).trial = again.stage.trial;
    if (again.worked) tried = std::move(again);
  }
  return tried;
}

Survey louder(Survey survey, double gain_db) {
  if (gain_db == 0.0) return survey;
  const auto add = [gain_db](std::optional<double>& level) {
    if (level) *level += gain_db;
  };
  LoudnessResult& loudness = survey.measurements.loudness;
  add(loudness.integrated_lufs);
  add(loudness.momentary_max_lufs);
  add(loudness.short_term_max_lufs);
  for (auto& channel : loudness.channel_lufs) add(channel);
  const auto step = static_cast<float>(gain_db);
  for (float& one : loudness.momentary_lufs) one += step;
  for (float& one : loudness.short_term_lufs) one += step;
  add(survey.measurements.peak.true_dbtp);
  add(survey.measurements.peak.sample_dbfs);
  for (PeakPlace& place : survey.measurements.peak.highest) place.level_db += gain_db;
  if (survey.measurements.spectrum)
    for (float& one : survey.measurements.spectrum->third_octaves_over_time.values) one += step;
  if (survey.measurements.source) add(survey.measurements.source->dc_offset_dbfs);
  const auto gain = static_cast<float>(db_to_gain(gain_db));
  for (float& peak : survey.envelope.peak) peak *= gain;
  for (float& energy : survey.envelope.energy) energy *= gain * gain;
  return survey;
}

}  // namespace lacquer
