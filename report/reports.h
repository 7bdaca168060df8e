#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/source_info.h"
#include "judge/finding.h"
#include "judge/plan.h"
#include "measure/measurements.h"
#include "report/charts.h"
#include "session/master.h"

namespace lacquer {

// What a report is made of. Names and paths are shown as they are, made safe; they may hold any bytes.

struct CheckReport {
  std::string version;    // of the program, "0.1.0"
  std::string file_name;  // as the user should read it
  SourceInfo source;
  Measurements measurements;
  Diagnosis diagnosis;
  std::vector<PlatformBar> platforms;  // none: the report leaves that part out
};

struct PlanReport {
  std::string version;
  std::string file_name;
  SourceInfo source;
  Measurements measurements;
  Diagnosis diagnosis;
  Plan plan;
  LoudnessCurve curve{};
};

struct MasterReport {
  std::string version;
  std::string file_name;  // of the mix
  SourceInfo source;
  MasterResult result;
  std::string output_path;  // of the master
  std::optional<SourceInfo> output;
  std::string record_path;                 // of the plan as it was rendered; empty: none was written
  std::vector<std::string> report_paths;   // of the reports that were written
  std::vector<PlatformBar> platforms;      // what becomes of the master
  std::string preview_note;                // where the previewed seconds are and why these
  std::vector<std::string> preview_paths;  // the master's, then the equally loud mix and master
};

}  // namespace lacquer
