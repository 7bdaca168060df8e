#include "app/plan.h"

#include "api/plan_toml.h"
#include "api/version.h"
#include "app/auto_ceiling.h"
#include "app/deliveries.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "app/names.h"
#include "app/workers.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"

namespace lacquer {
namespace {

void require_loudness(const Measurements& measurements) {
  if (!measurements.loudness.integrated_lufs)
    throw Error("it is silent or shorter than 0.4 s, so it has no loudness to master to; check the export");
}

}  // namespace

Plan plan_for(Mix& mix, const SurveyedMix& surveyed, const PlanRequest& request,
              const ProgressCallback& progress) {
  const CheckedFile& checked = surveyed.checked;
  require_loudness(surveyed.survey.measurements);
  const Working working{workers(), progress};
  Result<PlannedMaster> planned = plan_master(
      {mix.audio(), checked.source, surveyed.survey, checked.diagnosis.value(), knowledge(), working},
      request);
  if (!planned) throw Error(planned.why());
  PlannedMaster made = *std::move(planned);
  name_source(made.plan, checked);
  if (made.envelope) know_envelope(mix, made.plan, *std::move(made.envelope));
  return std::move(made.plan);
}

void name_source(Plan& plan, const CheckedFile& checked) {
  if (checked.diagnosis->target) plan.target = checked.diagnosis->target->curve.name;
  plan.source_path = checked.path.string();
  plan.source_sha256 = checked.sha256;
}

PlannedFile plan_file(const std::filesystem::path& path, const RoleRequest& role, const PastRequest& past,
                      const PlanRequest& request, bool auto_ceiling, const ProgressCallback& progress) {
  Mix mix(path, std::nullopt);
  const SurveyedMix surveyed = survey(mix, role, past, progress);
  PlannedFile planned{surveyed.checked,
                      auto_ceiling
                          ? plan_under_solved_ceiling(mix, surveyed, request, deliveries_to_try({}), progress)
                          : plan_for(mix, surveyed, request, progress)};
  const LimiterEnvelope& envelope = envelope_for(mix, surveyed, planned.plan, progress);
  planned.curve = curve_under(planned.plan, envelope, mix, surveyed, progress);
  return planned;
}

PlanReport plan_report(const PlannedFile& planned) {
  PlanReport report;
  report.version = version();
  report.file_name = planned.checked.path.string();
  report.source = planned.checked.source;
  report.measurements = planned.checked.measurements;
  report.diagnosis = planned.checked.diagnosis.value();
  report.plan = planned.plan;
  report.curve = planned.curve;
  return report;
}

Plan read_plan_file(const std::filesystem::path& path) {
  return about(path, [&] { return plan_from_toml(LocalFile(path).bytes_at(0, kMaxPlanBytes + 1)); });
}

std::filesystem::path write_plan_file(const Plan& plan, const std::filesystem::path& path,
                                      const std::filesystem::path& mix, bool overwrite) {
  return about(path, [&] {
    if (same_file(path, mix)) throw Error("this is the mix itself; choose another name with -o");
    std::filesystem::path name = overwrite ? path : free_name(path);
    write_file_atomically(name, plan_to_toml(plan), overwrite);
    return name;
  });
}

}  // namespace lacquer
