#include "workbook/workbook.h"

#include "workbook/schema.h"
#include "workbook/stored_checks.h"

namespace lacquer {
namespace {

std::optional<std::int64_t> first_integer(Statement& statement) {
  return statement.step() ? std::optional(statement.integer(0)) : std::nullopt;
}

}  // namespace

Workbook Workbook::open(const std::filesystem::path& file) { return Workbook(open_workbook(file)); }

Workbook Workbook::create(const std::filesystem::path& file) { return Workbook(create_workbook(file)); }

// A path stays with the song it was named for, and what was checked without a name joins the first name it
// gets.
std::optional<std::int64_t> Workbook::find_song(const SongKey& key) const {
  if (!key.name.empty()) {
    Statement by_name(database_, "SELECT id FROM songs WHERE name = ?");
    if (const auto named = first_integer(by_name.with(key.name))) return named;
  }
  return find_path(key);
}

std::optional<std::int64_t> Workbook::find_path(const SongKey& key) const {
  Statement row(
      database_,
      "SELECT song FROM paths JOIN songs ON songs.id = song WHERE path = ? AND (? = '' OR name IS NULL)");
  return first_integer(row.with(Bytes{key.path}, key.name));
}

std::int64_t Workbook::song_for(const SongKey& key) {
  const std::optional<std::int64_t> unnamed = find_path(key);
  if (key.name.empty() && unnamed) return *unnamed;
  Statement(database_, "INSERT OR IGNORE INTO songs (name) VALUES (nullif(?, ''))").with(key.name).run();
  std::int64_t song = database_.last_row_id();
  if (!key.name.empty()) song = find_song(key).value_or(song);
  if (unnamed) join(*unnamed, song);
  Statement(database_, "INSERT OR REPLACE INTO paths VALUES (?, ?)").with(Bytes{key.path}, song).run();
  return song;
}

void Workbook::join(std::int64_t from, std::int64_t to) {
  for (const char* move :
       {"UPDATE OR REPLACE checks SET song = ? WHERE song = ?", "UPDATE masters SET song = ? WHERE song = ?",
        "UPDATE paths SET song = ? WHERE song = ?"})
    Statement(database_, move).with(to, from).run();
  Statement(database_, "DELETE FROM songs WHERE id = ?").with(from).run();
}

std::int64_t Workbook::version_for(const std::string& sha256, std::int64_t now_ms) {
  Statement(database_, "INSERT OR IGNORE INTO versions (sha256, first_seen_ms) VALUES (?, ?)")
      .with(sha256, now_ms)
      .run();
  Statement row(database_, "SELECT id FROM versions WHERE sha256 = ?");
  return first_integer(row.with(sha256)).value_or(0);
}

PastTimes Workbook::past(const SongKey& key, const std::string& sha256) const {
  PastTimes times;
  Statement seen(database_, "SELECT first_seen_ms FROM versions WHERE sha256 = ?");
  times.version_first_seen_ms = first_integer(seen.with(sha256));
  const std::optional<std::int64_t> song = find_song(key);
  if (!song) return times;
  Statement met(database_,
                "SELECT max(at), sum(is_check) FROM (SELECT checked_ms AS at, 1 AS is_check FROM checks "
                "WHERE song = ?1 "
                "UNION ALL SELECT made_ms, 0 FROM masters WHERE song = ?1) HAVING count(*) > 0");
  met.with(*song);
  if (met.step()) {
    times.song_last_met_ms = met.integer(0);
    times.versions = static_cast<int>(met.integer(1));
  }
  return times;
}

std::optional<CheckRecord> Workbook::last_other_version(const SongKey& key, const std::string& sha256) const {
  const std::optional<std::int64_t> song = find_song(key);
  if (!song) return std::nullopt;
  Statement row(database_,
                "SELECT " + kCheckColumns +
                    " FROM checks JOIN versions ON versions.id = version WHERE song = ? AND sha256 != ? "
                    "ORDER BY checks.id DESC LIMIT 1");
  if (!row.with(*song, sha256).step()) return std::nullopt;
  return read_check(database_, row);
}

void Workbook::record(const SongKey& key, const CheckRecord& check) {
  Transaction transaction(database_);
  const std::int64_t song = song_for(key);
  const std::int64_t version = version_for(check.sha256, check.checked_ms);
  Statement(database_, "DELETE FROM checks WHERE song = ? AND version = ?").with(song, version).run();
  const KeyReadings& reads = check.readings;
  Statement(database_, "INSERT INTO checks VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .with(song, version, Bytes{check.path}, check.checked_ms, check.role, check.purpose, check.target,
            reads.duration_s, reads.integrated_lufs, reads.range_lu, reads.true_dbtp, reads.plr_db,
            reads.mono_loss_db)
      .run();
  write_details(database_, database_.last_row_id(), check);
  prune(song);
  transaction.commit();
}

void Workbook::record(const SongKey& key, const MasterRecord& master) {
  Transaction transaction(database_);
  const std::int64_t song = song_for(key);
  const std::int64_t version = version_for(master.mix_sha256, master.made_ms);
  Statement(database_, "INSERT INTO masters VALUES (NULL, ?, ?, ?, ?, ?, ?)")
      .with(song, version, Bytes{master.path}, master.made_ms, master.integrated_lufs, master.true_dbtp)
      .run();
  prune(song);
  transaction.commit();
}

void Workbook::prune(std::int64_t song) {
  const std::string old_checks =
      " WHERE check_id IN (SELECT id FROM checks WHERE song = ? ORDER BY id DESC LIMIT -1 OFFSET ?)";
  for (const char* table : {"findings", "evidence", "faults", "words"})
    Statement(database_, std::string("DELETE FROM ") + table + old_checks).with(song, kMostDetailed).run();
  const auto keep = [&](const std::string& table, int most) {
    Statement(database_, "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table +
                             " ORDER BY id DESC LIMIT -1 OFFSET ?)")
        .with(most)
        .run();
    return database_.changes();
  };
  if (keep("checks", kMostChecks) + keep("masters", kMostMasters) == 0) return;
  for (const char* table : {"songs", "versions"}) {
    const std::string column = std::string(table) == "songs" ? "song" : "version";
    database_.run(std::string("DELETE FROM ") + table + " WHERE id NOT IN (SELECT " + column +
                  " FROM checks UNION SELECT " + column + " FROM masters)");
  }
}

}  // namespace lacquer
