#include "workbook/schema.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>

#include "core/error.h"
#include "workbook/tables.h"

namespace lacquer {
namespace {

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

// SQLite would wait for a pipe and create what is missing.
void require_plain_file(const std::filesystem::path& file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0)
    throw Error(std::string("the workbook cannot be opened (") + std::strerror(errno) +
                "); check its folder");
  if (!S_ISREG(status.st_mode)) throw Error("this is no plain file; move it away to begin a workbook");
}

void create_folder(const std::filesystem::path& folder) {
  if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
  if (errno == ENOENT && folder.has_relative_path()) {
    create_folder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
  }
  throw Error(std::string("the folder for the workbook cannot be made (") + std::strerror(errno) +
              "); check its permissions, or set LACQUER_DATA to another folder");
}

void create_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
  } else if (errno != EEXIST) {
    throw Error(std::string("the workbook cannot be made (") + std::strerror(errno) +
                "); check the permissions of its folder, or set LACQUER_DATA to another one");
  }
}

int version_of(const Database& database) { return static_cast<int>(pragma(database, "PRAGMA user_version")); }

// An empty file is one that was never written.
bool is_new(const Database& database) { return version_of(database) == 0 && objects(database).empty(); }

// Only a file whose tables are exactly ours is used: one made to look alike could hold anything.
void require_ours(const Database& database, int version) {
  const bool has_our_id = pragma(database, "PRAGMA application_id") == kWorkbookApplication;
  if (has_our_id && version > kWorkbookSchema)
    throw Error(
        "a newer version of Lacquer wrote this workbook; update Lacquer, or set LACQUER_DATA to another "
        "folder");
  std::map<std::string, std::string> expected;
  for (const Table& table : workbook_tables())
    if (table.since <= version) expected[table.name] = table.sql;
  if (!has_our_id || version < 1 || objects(database) != expected)
    throw Error("this is a database of another program; move it away to begin a workbook");
}

// Damage is met here and not in the middle of the work; a whole workbook of 80 MB takes about 0.1 s.
void require_intact(const Database& database) {
  Statement check(database, "PRAGMA quick_check(1)");
  if (!check.step() || check.text(0) != "ok")
    throw Error(
        "the workbook is damaged; move this file away to begin a new one, or put a backup in its place");
}

// The version of what is there, which is ours and whole. One look: another process may be writing.
int examined_version(const Database& database) {
  const Transaction look(database, Access::kRead);
  const int version = version_of(database);
  if (!is_new(database)) require_ours(database, version);
  require_intact(database);
  return version;
}

// Whole or not at all. Only one process at a time comes here; what a killed one left is thrown away.
void back_up(const std::filesystem::path& file, int version) {
  const std::filesystem::path backup = workbook_backup(file, version);
  std::filesystem::path unfinished = backup;
  unfinished += ".unfinished";
  std::error_code failed;
  std::filesystem::remove(unfinished, failed);
  create_file(unfinished);
  try {
    copy_database(Database(file), Database(unfinished));
  } catch (...) {
    std::filesystem::remove(unfinished, failed);
    throw;
  }
  std::filesystem::rename(unfinished, backup, failed);
  if (failed) throw Error("no backup can be made beside this workbook; check the permissions of its folder");
}

// Makes the tables of a new file, and adds to an older one what later versions brought, in one transaction.
// Another process may be about to do the same: the lock comes first, then the look.
void bring_up_to_date(const Database& database, const std::filesystem::path& file) {
  Transaction transaction(database);
  const int from = version_of(database);
  if (!is_new(database)) require_ours(database, from);
  if (from == kWorkbookSchema) return;
  if (from > 0) back_up(file, from);
  for (const Table& table : workbook_tables())
    if (table.since > from) database.run(table.sql);
  database.run("PRAGMA application_id = " + std::to_string(kWorkbookApplication));
  database.run("PRAGMA user_version = " + std::to_string(kWorkbookSchema));
  transaction.commit();
}

// There the processes of several machines cannot share a log: https://sqlite.org/wal.html.
bool is_on_a_network(const std::filesystem::path& file) {
  struct statfs status = {};
  if (::statfs(file.c_str(), &status) != 0) return false;
  constexpr std::uint32_t kCifs = 0xFF534D42, kSmb2 = 0xFE534D42;
  const auto kind = static_cast<std::uint32_t>(status.f_type);
  return kind == NFS_SUPER_MAGIC || kind == SMB_SUPER_MAGIC || kind == kCifs || kind == kSmb2 ||
         kind == AFS_SUPER_MAGIC || kind == V9FS_MAGIC;
}

// Writers and readers do not wait for each other with a write-ahead log. Either way of keeping is safe: where
// the other one stays, because a process holds the file, the next to open it changes it.
void keep_a_log(const Database& database, const std::filesystem::path& file) {
  if (!database.can_be_written()) return;
  const std::string wanted = is_on_a_network(file) ? "delete" : "wal";
  Statement now(database, "PRAGMA journal_mode");
  if (!now.step() || now.text(0) == wanted) return;
  now.run();
  try {
    database.run("PRAGMA journal_mode = " + wanted);
  } catch (const Error&) {
  }
}

}  // namespace

std::filesystem::path workbook_backup(std::filesystem::path file, int version) {
  return file += ".version-" + std::to_string(version);
}

Database open_workbook(const std::filesystem::path& file) {
  require_plain_file(file);
  Database database(file);
  if (examined_version(database) < kWorkbookSchema) bring_up_to_date(database, file);
  keep_a_log(database, file);
  return database;
}

Database create_workbook(const std::filesystem::path& file) {
  create_folder(file.parent_path());
  create_file(file);
  return open_workbook(file);
}

}  // namespace lacquer
