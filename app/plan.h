#pragma once

#include <filesystem>
#include <optional>

#include "app/check.h"
#include "app/mix.h"
#include "session/plan_master.h"

namespace lacquer {

struct PlannedFile {
  CheckedFile checked;
  Plan plan;
  LoudnessCurve curve{};  // empty where the piece has no loudness
};

// Throws as check_file() does, and where no plan can hold: silence, or a loudness out of reach.
// With `auto_ceiling` the ceiling is solved by encoding and decoding (app/auto_ceiling.h).
PlannedFile plan_file(const std::filesystem::path& path, const RoleRequest& role, const PastRequest& past,
                      const PlanRequest& request, bool auto_ceiling, const ProgressCallback& progress);
PlanReport plan_report(const PlannedFile& planned);

// The plan for a surveyed mix, with its source's path and SHA-256. `progress` is told of the trials.
Plan plan_for(Mix& mix, const SurveyedMix& surveyed, const PlanRequest& request,
              const ProgressCallback& progress);

// The target and the source that a plan was made for.
void name_source(Plan& plan, const CheckedFile& checked);

// A plan written by `plan -o`, perhaps edited by hand since. Throws FileError.
Plan read_plan_file(const std::filesystem::path& path);
// Writes the plan and returns the name it got: an existing file is kept and a number added unless
// `overwrite`. Never writes over `mix`. Throws FileError.
std::filesystem::path write_plan_file(const Plan& plan, const std::filesystem::path& path,
                                      const std::filesystem::path& mix, bool overwrite);

}  // namespace lacquer
