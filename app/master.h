#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/json.h"
#include "app/check.h"
#include "app/listening_files.h"
#include "audio_io/write.h"
#include "report/paper.h"
#include "session/plan_master.h"
#include "session/render_master.h"

namespace lacquer {

struct MasterRequest {
  RoleRequest role;
  PastRequest past{};
  PlanRequest plan;
  bool auto_ceiling = false;       // solved by encoding and decoding, instead of plan.ceiling_dbtp
  std::optional<Plan> given_plan;  // rendered instead of a plan made here
  bool anyway = false;             // also a mix that must be fixed first
  std::filesystem::path output;    // empty: NAME.master.EXT beside the mix
  bool overwrite = false;          // else an existing file is kept and a number added
  FileFormat format = FileFormat::wav;
  OutputFormat samples;
  std::optional<double> rate_hz;               // the mix's own
  std::optional<std::filesystem::path> steps;  // a folder for the audio after each stage
  std::optional<std::filesystem::path> delta;  // a file for what mastering changed
  std::optional<std::filesystem::path> html;   // the report as a page; an empty path: beside the master
  std::optional<std::filesystem::path> pdf;    // and on paper
  Paper paper = Paper::kA4;
  std::optional<double> preview_s;  // instead of the master: only so many of its seconds
};

struct MasteredFile {
  CheckedFile mix;
  std::optional<MasterReport> report;  // none: stopped, the mix must be fixed first, and nothing was written
  OutputFile output;
  std::optional<PreviewFiles> preview;  // with preview_s; nothing else was written then
  std::vector<std::string> notes;       // for the user, one sentence each
};

// Called once the mix is judged, before anything is processed.
using OnChecked = std::function<void(const CheckedFile&)>;

// The whole way: measure, judge, plan, render, measure what was written, judge it again, report. The master
// and its report appear together and whole, or not at all; the mix is never written to. Throws Error
// (FileError for the output or the report) and Cancelled.
MasteredFile master_file(const std::filesystem::path& path, const MasterRequest& request,
                         const OnChecked& on_checked, const ProgressCallback& progress);

}  // namespace lacquer
