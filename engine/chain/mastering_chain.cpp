#include "chain/mastering_chain.h"

#include <algorithm>

#include "chain/stage_parameters.h"

namespace lacquer {
namespace {

template <class P, class Params>
void prepare_if_on(std::optional<P>& processor, const StreamFormat& format, const PlanStage& stage,
                   Params (*params_of)(const PlanStage&)) {
  processor.reset();
  if (stage.state != StageState::kOn) return;
  processor.emplace();
  processor->prepare(format);
  processor->set_params(params_of(stage));
}

}  // namespace

double trim_db_of(const Plan& plan) {
  const PlanStage& staging = plan.at(Stage::kGainStaging);
  return staging.state == StageState::kOn ? parameter_value(staging, "trim_db") : 0.0;
}

bool shapes_the_sound(const Plan& plan) {
  const PlanStage& staging = plan.at(Stage::kGainStaging);
  const bool balances = staging.state == StageState::kOn && parameter_value(staging, "balance_db") != 0.0;
  return balances || last_shaping_stage(plan);
}

std::optional<Stage> last_shaping_stage(const Plan& plan) {
  std::optional<Stage> last;
  for (const PlanStage& stage : plan.stages)
    if (stage.state == StageState::kOn && stage.stage != Stage::kGainStaging &&
        stage.stage != Stage::kLimiting)
      last = stage.stage;
  return last;
}

bool shape_alike(const Plan& a, const Plan& b) {
  return std::equal(
      a.stages.begin(), a.stages.end(), b.stages.begin(), [](const PlanStage& one, const PlanStage& other) {
        if (one.stage == Stage::kLimiting) return true;
        const bool is_on = one.state == StageState::kOn;
        return is_on == (other.state == StageState::kOn) && (!is_on || one.parameters == other.parameters);
      });
}

void StageChain::prepare(const StreamFormat& format, const Plan& plan) {
  const PlanStage& staging = plan.at(Stage::kGainStaging);
  gain_.prepare(format);
  gain_.set_params(staging.state == StageState::kOn ? gain_stage_params(staging) : GainStageParams{});
  prepare_if_on(corrective_eq_, format, plan.at(Stage::kCorrectiveEq), equaliser_params);
  prepare_if_on(compressor_, format, plan.at(Stage::kMultibandCompression), compressor_params);
  prepare_if_on(enhancing_eq_, format, plan.at(Stage::kEnhancingEq), equaliser_params);
  prepare_if_on(saturator_, format, plan.at(Stage::kSaturation), saturator_params);
  prepare_if_on(width_, format, plan.at(Stage::kStereoWidth), stereo_width_params);
}

void StageChain::process(AudioBlock block) noexcept {
  gain_.process(block);
  if (corrective_eq_) corrective_eq_->process(block);
  if (compressor_) compressor_->process(block);
  if (enhancing_eq_) enhancing_eq_->process(block);
  if (saturator_) saturator_->process(block);
  if (width_) width_->process(block);
}

void StageChain::reset() noexcept {
  gain_.reset();
  if (corrective_eq_) corrective_eq_->reset();
  if (compressor_) compressor_->reset();
  if (enhancing_eq_) enhancing_eq_->reset();
  if (saturator_) saturator_->reset();
  if (width_) width_->reset();
}

int StageChain::latency_frames() const noexcept {
  int latency = gain_.latency_frames();
  if (corrective_eq_) latency += corrective_eq_->latency_frames();
  if (compressor_) latency += compressor_->latency_frames();
  if (enhancing_eq_) latency += enhancing_eq_->latency_frames();
  if (saturator_) latency += saturator_->latency_frames();
  if (width_) latency += width_->latency_frames();
  return latency;
}

void MasteringChain::prepare(const StreamFormat& format, const Plan& plan, double drive_db,
                             double ceiling_dbtp) {
  stages_.prepare(format, plan);
  LimiterParams limiting = limiter_params(plan.at(Stage::kLimiting));
  limiting.drive_db = static_cast<float>(drive_db - trim_db_of(plan));
  limiting.ceiling_dbtp = static_cast<float>(ceiling_dbtp);
  limiter_.prepare(format);
  limiter_.set_params(limiting);
}

void MasteringChain::process(AudioBlock block) noexcept {
  shape(block);
  limit(block);
}

void MasteringChain::reset() noexcept {
  stages_.reset();
  limiter_.reset();
}

}  // namespace lacquer
