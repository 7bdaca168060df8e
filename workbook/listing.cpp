#include "workbook/stored_checks.h"
#include "workbook/workbook.h"

namespace lacquer {
namespace {

// More than anyone reads; the rest is older.
constexpr int kMostListed = 2000;

const std::string kSummary =
    "SELECT songs.id, coalesce(name, ''), coalesce(latest.path, ''), "
    "(SELECT min(first_seen_ms) FROM versions WHERE id IN (SELECT version FROM checks WHERE song = songs.id "
    "UNION "
    "SELECT version FROM masters WHERE song = songs.id)), coalesce(latest.checked_ms, 0), "
    "(SELECT count(*) FROM checks WHERE song = songs.id), (SELECT count(*) FROM masters WHERE song = "
    "songs.id) "
    "FROM songs LEFT JOIN checks AS latest ON latest.id = (SELECT max(id) FROM checks WHERE song = "
    "songs.id) ";

SongSummary read_summary(const Statement& row) {
  return {row.integer(0),
          row.text(1),
          row.text(2),
          row.integer(3),
          row.integer(4),
          static_cast<int>(row.integer(5)),
          static_cast<int>(row.integer(6))};
}

}  // namespace

std::vector<SongSummary> Workbook::songs() const {
  std::vector<SongSummary> songs;
  Statement rows(database_, kSummary + "ORDER BY latest.id DESC LIMIT ?");
  rows.with(kMostListed);
  while (rows.step()) songs.push_back(read_summary(rows));
  return songs;
}

std::optional<SongSummary> Workbook::song(const SongKey& key) const {
  const std::optional<std::int64_t> id = find_song(key);
  if (!id) return std::nullopt;
  Statement row(database_, kSummary + "WHERE songs.id = ?");
  if (!row.with(*id).step()) return std::nullopt;
  return read_summary(row);
}

std::optional<CheckRecord> Workbook::last_check(std::int64_t song) const {
  Statement row(database_, "SELECT " + kCheckColumns +
                               " FROM checks JOIN versions ON versions.id = version WHERE song = ? "
                               "ORDER BY checks.id DESC LIMIT 1");
  if (!row.with(song).step()) return std::nullopt;
  return read_check(database_, row);
}

std::vector<CheckRecord> Workbook::versions(std::int64_t song) const {
  std::vector<CheckRecord> checks;
  Statement rows(database_,
                 "SELECT * FROM (SELECT " + kCheckColumns +
                     ", versions.id AS version_id FROM checks JOIN versions ON versions.id = version "
                     "WHERE song = ? ORDER BY version_id DESC LIMIT ?) ORDER BY version_id");
  rows.with(song, kMostListed);
  while (rows.step()) checks.push_back(read_check(database_, rows));
  return checks;
}

std::vector<MasterRecord> Workbook::masters(std::int64_t song) const {
  std::vector<MasterRecord> masters;
  Statement rows(
      database_,
      "SELECT sha256, path, made_ms, integrated_lufs, true_dbtp FROM masters JOIN versions ON versions.id = "
      "version WHERE song = ? ORDER BY masters.id LIMIT ?");
  rows.with(song, kMostListed);
  while (rows.step())
    masters.push_back({rows.text(0), rows.text(1), rows.integer(2), rows.number(3), rows.number(4)});
  return masters;
}

CheckedFindings Workbook::findings_of_last(int most) const {
  const Transaction look(database_, Access::kRead);
  const std::string latest =
      "(SELECT id FROM checks WHERE EXISTS (SELECT 1 FROM findings WHERE check_id = checks.id) ORDER BY id "
      "DESC LIMIT ?1)";
  CheckedFindings found;
  Statement number(database_, "SELECT count(*) FROM " + latest);
  if (number.with(most).step()) found.checks = static_cast<int>(number.integer(0));
  Statement rows(database_,
                 "SELECT kind, id, said, count(DISTINCT check_id) AS checks FROM ("
                 "SELECT 'item' AS kind, id, verdict AS said, check_id FROM findings "
                 "UNION ALL SELECT 'fault', id, severity, check_id FROM faults "
                 "UNION ALL SELECT 'word', term, state, check_id FROM words) "
                 "WHERE check_id IN " +
                     latest + " GROUP BY kind, id, said ORDER BY checks DESC, kind, id, said LIMIT 1000");
  rows.with(most);
  while (rows.step())
    found.counts.push_back({rows.text(0), rows.text(1), rows.text(2), static_cast<int>(rows.integer(3))});
  return found;
}

}  // namespace lacquer
