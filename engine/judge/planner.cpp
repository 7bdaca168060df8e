#include "judge/planner.h"

#include <algorithm>
#include <cmath>

#include "judge/case.h"
#include "judge/nominations.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

struct Trim {
  double db = 0.0;
  std::string reason;
};

// Only ever downward: gain that would merely use up headroom helps nothing in float, and the limiter's drive
// makes up for the trim exactly.
Trim working_trim(const Measurements& audio, const WorkingLevel& level) {
  const Readings reads = read(audio);
  const std::optional<double> peak = reads.true_dbtp ? reads.true_dbtp : reads.sample_dbfs;
  const double too_high = peak ? std::max(0.0, *peak - level.true_peak_dbtp) : 0.0;
  const double louder = reads.integrated_lufs ? *reads.integrated_lufs - level.loudness_lufs : 0.0;
  const double too_loud = louder > level.loudness_tolerance_lu ? louder : 0.0;
  const double needed = std::max(too_high, too_loud);
  if (!peak) return {0.0, "No level is known here, so none is changed."};
  if (needed <= 0.0)
    return {0.0, "The track already works at a good level: its true peak is " + dbtp(*peak) +
                     ", and gain that only uses up headroom is not added."};
  // Rounded away from zero, to the tenth of a decibel a person would write.
  const double trim = std::max(level.trim_min_db, -std::ceil(needed * 10.0 - 1e-6) / 10.0);
  const std::string aim = too_loud >= too_high ? "about " + lufs(level.loudness_lufs)
                                               : "a true peak of at most " + dbtp(level.true_peak_dbtp);
  return {trim, "A trim of " + change_db(trim) + " brings the track to " + aim +
                    ", the level at which the chain works; the limiter's drive makes up for it exactly."};
}

PlanStage gain_staging(const PlanCase& judged) {
  const Trim trim = working_trim(judged.audio, judged.known.loudness.working_level);
  PlanStage stage;
  stage.stage = Stage::kGainStaging;
  stage.state = StageState::kOn;
  stage.reason = trim.reason;
  stage.parameters = {{"trim_db", trim.db}};
  stage.too_far = what_is_too_far(Stage::kGainStaging);
  if (trim.db != 0.0) stage.findings = {"peak-level"};
  return stage;
}

PlanStage limiting(const Diagnosis& diagnosis, const LimiterStart& start) {
  PlanStage stage;
  stage.stage = Stage::kLimiting;
  stage.state = StageState::kOn;
  stage.reason =
      "Every master needs a ceiling for its true peaks; level is raised only as far as the track allows.";
  stage.parameters = {{"release_ms", start.release_ms}};
  stage.too_far = what_is_too_far(Stage::kLimiting);
  for (const int number : {9, 10}) {
    const Finding& finding = item(diagnosis, number);
    if (finding.verdict == Verdict::kLook || finding.verdict == Verdict::kFix)
      stage.findings.push_back(finding.id);
  }
  return stage;
}

// Why a stage that nothing asks for is off.
PlanStage not_warranted(Stage stage) {
  PlanStage off;
  off.stage = stage;
  off.too_far = what_is_too_far(stage);
  switch (stage) {
    case Stage::kCorrectiveEq:
      off.reason =
          "No range stays outside what is usual for the target, nothing rings, and there is no rumble.";
      break;
    case Stage::kMultibandCompression:
      off.reason = "No band misbehaves at times only, so none is turned down.";
      break;
    case Stage::kEnhancingEq:
      off.reason = "Nothing speaks for a move of taste here.";
      break;
    case Stage::kSaturation:
      off.reason = "Nothing speaks for more density or harmonics here.";
      break;
    default:
      off.reason = "The image needs no repair, and nothing speaks for changing it.";
  }
  return off;
}

}  // namespace

std::optional<ChosenTarget> Grounds::told_target(const Diagnosis& diagnosis) {
  if (!diagnosis.target || diagnosis.target->origin == ChosenTarget::Origin::kGuessed) return std::nullopt;
  return diagnosis.target;
}

std::string what_is_too_far(Stage stage) {
  switch (stage) {
    case Stage::kGainStaging:
      return "A later stage that seems better only because it is louder.";
    case Stage::kCorrectiveEq:
      return "The track turns thin or hollow, or the range ends up on the other side of the target.";
    case Stage::kMultibandCompression:
      return "The tone changes when the voice or the kick enters, or the band moves less than its "
             "neighbours.";
    case Stage::kEnhancingEq:
      return "It impresses at first and tires after a minute, or only the hiss comes up.";
    case Stage::kSaturation:
      return "The low end loses weight, the top turns gritty, or beats no longer stand out.";
    case Stage::kStereoWidth:
      return "The voice moves back, the highs turn phasey on headphones, or mono loses more than before.";
    case Stage::kLimiting:
      return "The kick loses its punch, the level pumps with the beat, or held bass notes distort.";
  }
  return {};
}

PlanStage stage_for(Stage stage, Treatment treatment, std::string reason) {
  PlanStage made;
  made.stage = stage;
  made.treatment = treatment;
  made.state = treatment == Treatment::kEnhancing ? StageState::kOffered : StageState::kOn;
  made.reason = std::move(reason);
  made.too_far = what_is_too_far(stage);
  return made;
}

double to_tenth(double value) { return std::round(value * 10.0) / 10.0; }

double to_step(double hz) {
  const double step = std::pow(10.0, std::floor(std::log10(std::max(hz, 1.0))) - 1.0);
  return std::round(hz / step) * step;
}

Plan draft_plan(const PlanCase& judged) {
  Plan plan;
  for (const Stage stage : kStages) plan.at(stage) = not_warranted(stage);
  plan.at(Stage::kGainStaging) = gain_staging(judged);
  plan.at(Stage::kLimiting) = limiting(judged.diagnosis, judged.known.loudness.limiter);
  return plan;
}

std::optional<std::string> already_mastered(const PlanCase& judged) {
  if (judged.diagnosis.role.as != Role::Kind::kMaster) return std::nullopt;
  const Readings reads = read(judged.audio);
  std::string why = "This is a finished master already";
  if (reads.psr_p5_db && reads.true_dbtp)
    why +=
        " (PSR " + db(*reads.psr_p5_db) + " at the 5th percentile, true peak " + dbtp(*reads.true_dbtp) + ")";
  return why + ", so its level and its tone are left alone";
}

std::vector<Nomination> nominate(const PlanCase& judged, double input_trim_db) {
  const Grounds grounds(judged);
  std::vector<Nomination> all;
  if (auto eq = nominate_corrective_eq(grounds)) all.push_back(*std::move(eq));
  if (auto bands = nominate_multiband(grounds, input_trim_db)) all.push_back(*std::move(bands));
  if (auto width = nominate_width_repair(grounds)) all.push_back(*std::move(width));
  return all;
}

std::optional<Nomination> nominate_balance(const PlanCase& judged, const PlanStage& staging) {
  return offer_balance(Grounds(judged), staging);
}

std::vector<Nomination> nominate_offers(const PlanCase& judged, double limited_db) {
  const Grounds grounds(judged);
  std::vector<Nomination> all;
  if (auto eq = offer_eq(grounds)) all.push_back(*std::move(eq));
  if (auto saturation = offer_saturation(grounds, limited_db)) all.push_back(*std::move(saturation));
  if (auto width = offer_width(grounds)) all.push_back(*std::move(width));
  const auto most = static_cast<std::size_t>(std::max(0.0, judged.known.chain.offers.most));
  if (all.size() > most) all.resize(most);
  return all;
}

std::string for_the_mix(const Diagnosis& diagnosis) {
  std::string change = smallest_mix_change(diagnosis);
  for (const Finding& finding : diagnosis.findings)
    if (change.empty() && finding.verdict == Verdict::kFix && finding.where == Where::kMix)
      change = finding.action;
  return change;
}

}  // namespace lacquer
