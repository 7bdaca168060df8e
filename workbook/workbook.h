#pragma once

#include "workbook/entries.h"
#include "workbook/records.h"
#include "workbook/sqlite.h"

namespace lacquer {

// What is kept: the last check of each version, with findings for the latest kMostDetailed versions of a
// song, and at most kMostChecks checks and kMostMasters masters in all; the oldest go first. A check takes
// about 4 KB, so that the file stays below 100 MB.
constexpr int kMostDetailed = 50;
constexpr int kMostChecks = 20'000;
constexpr int kMostMasters = 20'000;

// The user's history, answers, progress, decisions and notes in one SQLite file. All of it throws Error, with
// a sentence about that file. One thread at a time; any number of processes.
class Workbook {
 public:
  // A workbook that exists.
  static Workbook open(const std::filesystem::path& file);
  // Makes it where there is none.
  static Workbook create(const std::filesystem::path& file);
  // One that open_workbook() or create_workbook() gave.
  explicit Workbook(Database database) : database_(std::move(database)) {}

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
  // What the latest `most` checks said that still keep their findings.
  CheckedFindings findings_of_last(int most) const;

  // What the user wrote and decided; see workbook/entries.h for the bounds. Lists come in the order of time.
  void add_answer(const Answer& answer);
  std::vector<Answer> answers(const std::string& lesson) const;  // by prompt, then by time
  std::vector<Answer> answers() const;
  std::optional<FirstAndNewest> first_and_newest(const std::string& lesson, int prompt) const;

  // The first time counts; a lesson that was done stays done.
  void mark_lesson(const std::string& lesson, LessonState state, std::int64_t at_ms);
  std::vector<LessonProgress> progress() const;  // by lesson

  void add_score(const Score& score);
  std::vector<Score> scores(const std::string& lesson) const;
  std::vector<Score> scores() const;

  std::int64_t add_decision(const Decision& decision);  // returns its id
  // Replaces due date, state, time of change and document of the one with this id; Error where there is none.
  void update_decision(const Decision& decision);
  std::optional<Decision> decision(std::int64_t id) const;
  std::vector<Decision> decisions() const;
  std::vector<Decision> decisions(const std::string& kind) const;
  std::vector<Decision> due_before(std::int64_t at_ms) const;  // the longest due first

  std::int64_t add_note(const Note& note);  // returns its id
  bool remove_note(std::int64_t id);        // false: there is none
  std::vector<Note> notes() const;

  Entries entries() const;
  // Adds what is not there yet: all of it, or with an Error nothing. Of two states of one decision, the one
  // that was changed last stays. Adding the same entries again changes nothing.
  EntryCounts add(const Entries& entries);

 private:
  std::optional<std::int64_t> find_song(const SongKey& key) const;
  std::optional<std::int64_t> find_path(const SongKey& key) const;  // with a name: only of an unnamed song
  std::int64_t song_for(const SongKey& key);
  void join(std::int64_t from, std::int64_t to);
  std::int64_t version_for(const std::string& sha256, std::int64_t now_ms);
  void prune(std::int64_t song);

  // Inside of a transaction, with entries that were checked.
  void require_room(const std::string& table) const;
  void insert(const Answer& answer);
  int insert(const LessonProgress& progress);  // how many states changed
  void insert(const Score& score);
  std::int64_t insert(const Decision& decision);
  std::int64_t insert(const Note& note);
  bool insert_if_new(const Answer& answer);
  bool insert_if_new(const Score& score);
  bool insert_if_new(const Note& note);
  bool merge(const Decision& decision);  // false: this state or a newer one is known

  Database database_;
};

}  // namespace lacquer
