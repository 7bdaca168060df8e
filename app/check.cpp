#include "app/check.h"

#include "api/version.h"
#include "app/file_hash.h"
#include "app/knowledge.h"
#include "app/workers.h"
#include "audio_io/open.h"
#include "judge/diagnose.h"
#include "session/survey.h"

namespace lacquer {
namespace {

constexpr int kMostChannels = 2;
constexpr int kMostLoudnessChannels = 6;

void require_channels(const SourceInfo& source, bool only_loudness) {
  const std::string has = "it has " + std::to_string(source.channels) + " channels; ";
  if (only_loudness && source.channels > kMostLoudnessChannels)
    throw Error(has + "loudness is measured for up to 6, so export fewer");
  if (!only_loudness && source.channels > kMostChannels)
    throw Error(has + "only mono and stereo can be judged (--only loudness measures up to 6)");
}

}  // namespace

CheckedFile check_file(const std::filesystem::path& path, const CheckRequest& request,
                       const ProgressCallback& progress) {
  const std::unique_ptr<FileSource> file = open_audio(path);
  require_channels(file->info(), request.only_loudness);
  const MeasureGroups groups = request.only_loudness ? MeasureGroups::kLoudness : MeasureGroups::kAll;
  std::optional<FileHash> hash;
  if (request.past.history != nullptr && !request.only_loudness) hash.emplace(path);
  CheckedFile checked;
  checked.path = path;
  checked.measurements = measure_source(*file, groups, {workers(), progress});
  checked.source = file->info();
  if (request.only_loudness) return checked;
  if (hash) checked.sha256 = hash->get();
  checked.diagnosis =
      judge(checked.measurements, checked.source, request.role, recall(request.past, path, checked.sha256));
  remember(request.past, checked);
  return checked;
}

Diagnosis judge(const Measurements& measurements, const SourceInfo& source, const RoleRequest& role,
                const std::optional<PastChecks>& past) {
  const Knowledge& known = knowledge();
  const Role guessed = guess_role(measurements, source, role.as, role.purpose, known.diagnostic);
  return diagnose(measurements, source, {guessed, role.target, past}, known);
}

namespace {

CheckRecord record_of(const CheckedFile& checked) {
  const Diagnosis& diagnosis = checked.diagnosis.value();
  const Measurements& measured = checked.measurements;
  CheckRecord record;
  record.sha256 = checked.sha256;
  record.path = known_path(checked.path);
  record.role = to_string(diagnosis.role.as);
  record.purpose = to_string(diagnosis.role.purpose);
  if (diagnosis.target) record.target = diagnosis.target->curve.name;
  record.readings = {measured.duration_s,
                     measured.loudness.integrated_lufs,
                     measured.loudness.range_lu,
                     measured.peak.true_dbtp,
                     measured.dynamics ? measured.dynamics->plr_db : std::nullopt,
                     measured.stereo ? measured.stereo->mono_loss_db : std::nullopt};
  record.findings = diagnosis.findings;
  record.faults = diagnosis.faults;
  for (const Word& word : diagnosis.words)
    if (word.state != WordState::kNormal) record.words.push_back(word);
  return record;
}

}  // namespace

void remember(const PastRequest& request, CheckedFile& checked) {
  if (request.history == nullptr) return;
  checked.since = request.history->remember({known_path(checked.path), request.song}, record_of(checked));
}

CheckReport check_report(const CheckedFile& checked) {
  CheckReport report;
  report.version = version();
  report.file_name = checked.path.string();
  report.source = checked.source;
  report.measurements = checked.measurements;
  report.diagnosis = checked.diagnosis.value();
  report.platforms = platform_bars(checked.measurements);
  return report;
}

std::vector<PlatformBar> platform_bars(const Measurements& measurements) {
  const TrackLevels levels = levels_of(measurements);
  std::vector<PlatformBar> bars;
  for (const PlatformPlay& play : play_release(knowledge().platforms, {{levels}, levels}))
    if (play.outcome && play.rule.kind == PlatformKind::kPlayback) bars.push_back(platform_bar(play, levels));
  return bars;
}

std::vector<std::string> notes_on(const SourceInfo& source) {
  std::vector<std::string> notes;
  if (source.truncated) notes.emplace_back("the file ends early or is damaged; what could be read was used");
  if (source.non_finite_samples > 0)
    notes.push_back(std::to_string(source.non_finite_samples) +
                    " samples were not a number, or louder than any audio, and were taken as silence; export "
                    "the file again");
  return notes;
}

}  // namespace lacquer
