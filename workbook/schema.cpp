#include "workbook/schema.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <string>

#include "core/error.h"

namespace lacquer {
namespace {

struct Table {
  const char* name;
  const char* sql;
};

// Times are milliseconds since 1970, UTC. Verdicts, severities and states are the words of the interface.
constexpr std::array<Table, 10> kTables = {{
    // A song is named by the user, or else by the path it was first checked at.
    {"songs", "CREATE TABLE songs (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"},
    {"paths",
     "CREATE TABLE paths (path BLOB PRIMARY KEY, song INTEGER NOT NULL REFERENCES songs ON DELETE CASCADE)"},
    // What a file holds, wherever it lies: a copy is the same version.
    {"versions",
     "CREATE TABLE versions (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, first_seen_ms INTEGER NOT "
     "NULL)"},
    {"checks",
     "CREATE TABLE checks (id INTEGER PRIMARY KEY, song INTEGER NOT NULL REFERENCES songs ON DELETE CASCADE, "
     "version INTEGER NOT NULL REFERENCES versions, path BLOB NOT NULL, checked_ms INTEGER NOT NULL, "
     "role TEXT NOT NULL, purpose TEXT NOT NULL, target TEXT NOT NULL, duration_s REAL, integrated_lufs "
     "REAL, "
     "range_lu REAL, true_dbtp REAL, plr_db REAL, mono_loss_db REAL, UNIQUE (song, version))"},
    {"checks_version", "CREATE INDEX checks_version ON checks (version)"},
    {"findings",
     "CREATE TABLE findings (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, item INTEGER NOT "
     "NULL, "
     "id TEXT NOT NULL, verdict TEXT NOT NULL, confidence REAL, PRIMARY KEY (check_id, item)) WITHOUT ROWID"},
    {"evidence",
     "CREATE TABLE evidence (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, item INTEGER NOT "
     "NULL, "
     "place INTEGER NOT NULL, metric TEXT NOT NULL, value REAL, unit TEXT NOT NULL, threshold REAL, distance "
     "REAL, "
     "PRIMARY KEY (check_id, item, place)) WITHOUT ROWID"},
    {"faults",
     "CREATE TABLE faults (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, place INTEGER NOT "
     "NULL, "
     "id TEXT NOT NULL, severity TEXT NOT NULL, confidence REAL, PRIMARY KEY (check_id, place)) WITHOUT "
     "ROWID"},
    {"words",
     "CREATE TABLE words (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, place INTEGER NOT "
     "NULL, "
     "term TEXT NOT NULL, state TEXT NOT NULL, deviation_db REAL, low_hz REAL, high_hz REAL, "
     "PRIMARY KEY (check_id, place)) WITHOUT ROWID"},
    {"masters",
     "CREATE TABLE masters (id INTEGER PRIMARY KEY, song INTEGER NOT NULL REFERENCES songs ON DELETE "
     "CASCADE, "
     "version INTEGER NOT NULL REFERENCES versions, path BLOB NOT NULL, made_ms INTEGER NOT NULL, "
     "integrated_lufs REAL, true_dbtp REAL)"},
}};

std::int64_t pragma(const Database& database, const char* sql) {
  Statement statement(database, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::map<std::string, std::string> objects(const Database& database) {
  std::map<std::string, std::string> found;
  Statement statement(
      database, "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT 100");
  while (statement.step()) found[statement.text(0)] = statement.text(1);
  return found;
}

// Only a file whose tables are exactly ours is used: one made to look alike could hold anything.
bool is_ours(const Database& database) {
  if (pragma(database, "PRAGMA application_id") != kWorkbookApplication) return false;
  std::map<std::string, std::string> expected;
  for (const Table& table : kTables) expected[table.name] = table.sql;
  return objects(database) == expected;
}

void create_tables(const Database& database) {
  Transaction transaction(database);
  if (pragma(database, "PRAGMA user_version") == 0 && objects(database).empty()) {
    for (const Table& table : kTables) database.run(table.sql);
    database.run("PRAGMA application_id = " + std::to_string(kWorkbookApplication));
    database.run("PRAGMA user_version = " + std::to_string(kWorkbookSchema));
  }
  transaction.commit();
}

void require_ours(const Database& database) {
  if (pragma(database, "PRAGMA application_id") == kWorkbookApplication &&
      pragma(database, "PRAGMA user_version") > kWorkbookSchema)
    throw Error(
        "a newer version of Lacquer wrote this history; update Lacquer, or set LACQUER_DATA to another "
        "folder");
  if (!is_ours(database))
    throw Error("this is a database of another program; move it away to begin a history");
}

// SQLite would wait for a pipe and create what is missing.
void require_plain_file(const std::filesystem::path& file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0)
    throw Error(std::string("the history cannot be opened (") + std::strerror(errno) + "); check its folder");
  if (!S_ISREG(status.st_mode)) throw Error("this is no plain file; move it away to begin a history");
}

void create_folder(const std::filesystem::path& folder) {
  if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
  if (errno == ENOENT && folder.has_relative_path()) {
    create_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
  }
  throw Error(std::string("the folder for the history cannot be made (") + std::strerror(errno) +
              "); check its permissions, or set LACQUER_DATA to another folder");
}

void create_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
  } else if (errno != EEXIST) {
    throw Error(std::string("the history cannot be made (") + std::strerror(errno) +
                "); check the permissions of its folder, or set LACQUER_DATA to another one");
  }
}

}  // namespace

Database open_workbook(const std::filesystem::path& file) {
  require_plain_file(file);
  Database database(file);
  // Another process may be about to make the tables; an empty file is one that was never written.
  if (pragma(database, "PRAGMA user_version") == 0 && objects(database).empty()) create_tables(database);
  require_ours(database);
  return database;
}

Database create_workbook(const std::filesystem::path& file) {
  create_folder(file.parent_path());
  create_file(file);
  return open_workbook(file);
}

}  // namespace lacquer
