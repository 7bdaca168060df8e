#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/version_changes.h"
#include "judge/circumstances.h"
#include "workbook/workbook.h"

namespace lacquer {

// Where history, answers and progress are kept: $LACQUER_DATA, else $XDG_DATA_HOME/lacquer, else
// ~/.local/share/lacquer. Throws Error where the surroundings name none of them.
std::filesystem::path data_folder();

// The file in it. Throws as data_folder() does.
std::filesystem::path workbook_file();

// The path as the history knows it: absolute, links followed.
std::string known_path(const std::filesystem::path& path);

// What changed in a song since another version of it was checked.
struct SinceLast {
  std::int64_t checked_ms = 0;
  std::vector<VersionChange> changes;
};

// What a run remembers of songs, and recalls from earlier runs. Any thread. The file is made with the first
// thing that is remembered. What goes wrong with it is told once, and the run goes on without a history.
class History {
 public:
  using Clock = std::function<std::int64_t()>;  // milliseconds since 1970, UTC
  using Warn = std::function<void(const std::string& file, const std::string& why)>;

  // Keeps nothing, reads nothing, touches no file.
  History() = default;
  History(std::filesystem::path file, Clock now, Warn warn);

  std::int64_t now_ms() const { return now_(); }

  // Empty: no history is kept.
  std::optional<PastChecks> recall(const SongKey& song, const std::string& sha256);
  // Stamps and records a check. Returns what changed since the last other version, where there was one.
  std::optional<SinceLast> remember(const SongKey& song, CheckRecord check);
  void remember(const SongKey& song, MasterRecord master);

 private:
  // Runs `work` on the workbook unless there is none and none is to be made; false: no history is kept.
  template <class Work>
  bool with_workbook(bool create, const Work& work);

  std::filesystem::path file_;
  Clock now_;
  Warn warn_;
  std::mutex mutex_;
  std::optional<Workbook> workbook_;
};

// What a command asks of the history for the files it works on.
struct PastRequest {
  History* history = nullptr;  // none: as if no history were kept
  std::string song;            // empty: the path names it
  std::optional<double> rested_h;
};

// What is known of a file before it is judged. Empty: neither the history nor the user tells.
std::optional<PastChecks> recall(const PastRequest& request, const std::filesystem::path& path,
                                 const std::string& sha256);

}  // namespace lacquer
