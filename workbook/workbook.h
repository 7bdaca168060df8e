#pragma once

#include "workbook/records.h"
#include "workbook/sqlite.h"

namespace lacquer {

// What is kept: the last check of each version, with findings for the latest kMostDetailed versions of a
// song, and at most kMostChecks checks and kMostMasters masters in all; the oldest go first. A check takes
// about 4 KB, so that the file stays below 100 MB.
constexpr int kMostDetailed = 50;
constexpr int kMostChecks = 20'000;
constexpr int kMostMasters = 20'000;

// The user's history in one SQLite file. All of it throws Error, with a sentence about that file. One thread
// at a time; any number of processes.
class Workbook {
 public:
  // A workbook that exists.
  static Workbook open(const std::filesystem::path& file);
  // Makes it where there is none.
  static Workbook create(const std::filesystem::path& file);

  PastTimes past(const SongKey& song, const std::string& sha256) const;
  // The last check of another version of the song.
  std::optional<CheckRecord> last_other_version(const SongKey& song, const std::string& sha256) const;

  void record(const SongKey& song, const CheckRecord& check);
  void record(const SongKey& song, const MasterRecord& master);

  std::vector<SongSummary> songs() const;  // checked last first
  std::optional<SongSummary> song(const SongKey& key) const;
  std::optional<CheckRecord> last_check(std::int64_t song) const;
  std::vector<CheckRecord> versions(std::int64_t song) const;  // seen first first
  std::vector<MasterRecord> masters(std::int64_t song) const;

 private:
  explicit Workbook(Database database) : database_(std::move(database)) {}

  std::optional<std::int64_t> find_song(const SongKey& key) const;
  std::optional<std::int64_t> find_path(const SongKey& key) const;  // with a name: only of an unnamed song
  std::int64_t song_for(const SongKey& key);
  void join(std::int64_t from, std::int64_t to);
  std::int64_t version_for(const std::string& sha256, std::int64_t now_ms);
  void prune(std::int64_t song);

  Database database_;
};

}  // namespace lacquer
