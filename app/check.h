#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/history.h"
#include "core/progress.h"
#include "core/source_info.h"
#include "judge/finding.h"
#include "judge/target.h"
#include "measure/measurements.h"
#include "report/reports.h"

namespace lacquer {

// What the user says the file is and is for, and what it is judged against; empty: guessed.
struct RoleRequest {
  std::optional<Role::Kind> as;
  std::optional<Role::Purpose> purpose;
  std::optional<ChosenTarget> target{};
};

struct CheckRequest {
  bool only_loudness = false;  // the groups `loudness` and `peak`, and no judgement
  RoleRequest role;
  PastRequest past{};
};

struct CheckedFile {
  std::filesystem::path path;
  std::string sha256;  // empty where nothing needed it
  SourceInfo source;   // after the whole file was read
  Measurements measurements;
  std::optional<Diagnosis> diagnosis;  // none with only_loudness
  std::optional<SinceLast> since;      // where another version of the song was checked before
};

// Reads, measures and judges one file. Throws Error for what cannot be read, or has more than two channels
// (six with only_loudness), and Cancelled.
CheckedFile check_file(const std::filesystem::path& path, const CheckRequest& request,
                       const ProgressCallback& progress);

// The twelve items of audio that was measured already; `past` as recall() gives it.
Diagnosis judge(const Measurements& measurements, const SourceInfo& source, const RoleRequest& role,
                const std::optional<PastChecks>& past);

// Records a judged file in the history, where one is kept; `since` says then what changed.
void remember(const PastRequest& request, CheckedFile& checked);

// `checked` must have a diagnosis.
CheckReport check_report(const CheckedFile& checked);
// What every platform and mode would do; none where the audio has no loudness.
std::vector<PlatformBar> platform_bars(const Measurements& measurements);

// What the report of a damaged file says, one sentence each; they belong on standard error where no report is
// shown.
std::vector<std::string> notes_on(const SourceInfo& source);

}  // namespace lacquer
