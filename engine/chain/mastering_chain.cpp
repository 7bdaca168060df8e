#include "chain/mastering_chain.h"

#include "chain/stage_parameters.h"

namespace lacquer {

double trim_db_of(const Plan& plan) {
  const PlanStage& staging = plan.at(Stage::kGainStaging);
  return staging.state == StageState::kOn ? parameter_value(staging, "trim_db") : 0.0;
}

void MasteringChain::prepare(const StreamFormat& format, const Plan& plan, double drive_db,
                             double ceiling_dbtp) {
  const double trim_db = trim_db_of(plan);
  gain_.prepare(format);
  gain_.set_params({static_cast<float>(trim_db)});
  limiter_.prepare(format);
  LimiterParams limiting = limiter_params(plan.at(Stage::kLimiting));
  limiting.drive_db = static_cast<float>(drive_db - trim_db);
  limiting.ceiling_dbtp = static_cast<float>(ceiling_dbtp);
  limiter_.set_params(limiting);
}

void MasteringChain::process(AudioBlock block) noexcept {
  gain_.process(block);
  limiter_.process(block);
}

void MasteringChain::reset() noexcept {
  gain_.reset();
  limiter_.reset();
}

}  // namespace lacquer
