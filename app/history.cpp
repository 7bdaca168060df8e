#include "app/history.h"

#include <chrono>
#include <cstdlib>

#include "core/error.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

constexpr double kMsPerHour = 3'600'000.0;

std::optional<double> hours_since(const std::optional<std::int64_t>& at_ms, std::int64_t now_ms) {
  if (!at_ms) return std::nullopt;
  return (static_cast<double>(now_ms) - static_cast<double>(*at_ms)) / kMsPerHour;
}

}  // namespace

fs::path data_folder() {
  if (fs::path told = from_environment("LACQUER_DATA"); !told.empty()) return told;
  // A relative path here is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  if (const fs::path data = from_environment("XDG_DATA_HOME"); data.is_absolute()) return data / "lacquer";
  if (const fs::path home = from_environment("HOME"); home.is_absolute())
    return home / ".local/share/lacquer";
  throw Error(
      "there is no home folder to keep a history in; set LACQUER_DATA to a folder, or add --no-history");
}

fs::path workbook_file() { return data_folder() / "workbook.sqlite"; }

std::string known_path(const fs::path& path) {
  std::error_code failed;
  fs::path known = fs::weakly_canonical(path, failed);
  if (failed) known = fs::absolute(path, failed).lexically_normal();
  return (failed ? path : known).string();
}

History::History(fs::path file, Clock now, Warn warn)
    : file_(std::move(file)), now_(std::move(now)), warn_(std::move(warn)) {}

template <class Work>
bool History::with_workbook(bool create, const Work& work) {
  const std::lock_guard lock(mutex_);
  if (file_.empty()) return false;
  try {
    std::error_code failed;
    if (!workbook_ && !create && !fs::exists(file_, failed) && !failed) return true;
    if (!workbook_) workbook_.emplace(create ? Workbook::create(file_) : Workbook::open(file_));
    work(*workbook_);
    return true;
  } catch (const Error& error) {
    const std::string file = file_.string();
    workbook_.reset();
    file_.clear();
    warn_(file, std::string(error.what()) + " (this run goes on without it)");
    return false;
  }
}

std::optional<PastChecks> History::recall(const SongKey& song, const std::string& sha256) {
  PastTimes times;
  if (!with_workbook(false, [&](const Workbook& workbook) { times = workbook.past(song, sha256); }))
    return std::nullopt;
  const std::int64_t now = now_();
  PastChecks past;
  past.this_version_first_seen_h = hours_since(times.version_first_seen_ms, now);
  past.this_song_last_heard_h = hours_since(times.song_last_met_ms, now);
  past.versions = times.versions;
  return past;
}

std::optional<SinceLast> History::remember(const SongKey& song, CheckRecord check) {
  std::optional<SinceLast> since;
  with_workbook(true, [&](Workbook& workbook) {
    check.checked_ms = now_();
    if (const auto before = workbook.last_other_version(song, check.sha256))
      since = {before->checked_ms, version_changes(*before, check)};
    workbook.record(song, check);
  });
  return since;
}

void History::remember(const SongKey& song, MasterRecord master) {
  with_workbook(true, [&](Workbook& workbook) {
    master.made_ms = now_();
    workbook.record(song, master);
  });
}

std::optional<PastChecks> recall(const PastRequest& request, const fs::path& path,
                                 const std::string& sha256) {
  std::optional<PastChecks> past;
  if (request.history != nullptr && !sha256.empty())
    past = request.history->recall({known_path(path), request.song}, sha256);
  if (request.rested_h) {
    if (!past) past.emplace();
    past->rested_h = request.rested_h;
  }
  return past;
}

}  // namespace lacquer
