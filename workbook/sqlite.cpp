#include "workbook/sqlite.h"

#include <sqlite3.h>

#include <cctype>
#include <cmath>

#include "core/error.h"

namespace lacquer {
namespace {

constexpr int kPatienceMs = 5000;
// Far more than anything the program writes: a foreign file must not make it allocate without bound.
constexpr int kMostBytes = 1 << 20;

[[noreturn]] void fail(sqlite3* handle, int code) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error("the workbook is damaged or no workbook at all; move this file away to begin a new one");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Error("the workbook cannot be written; check the permissions of the file and its folder");
    case SQLITE_CANTOPEN:
      throw Error("the workbook cannot be opened; check the permissions of the file and its folder");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error("another program holds the workbook; try again when it is done");
    case SQLITE_FULL:
      throw Error("the workbook cannot grow, as the disk is full; make room");
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    default:
      throw Error(std::string("the workbook cannot be used (") +
                  (handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code)) +
                  "); check the disk, or move this file away to begin a new one");
  }
}

// Reading needs the log's two files beside the database; meeting their lack here, it can still be helped.
int first_look(sqlite3* handle) {
  return sqlite3_exec(handle, "PRAGMA schema_version", nullptr, nullptr, nullptr);
}

// In a folder or on a disk that takes no new file.
bool lacks_only_its_log(int code) {
  const int kind = code & 0xFF;
  return kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_IOERR || kind == SQLITE_FULL;
}

bool log_holds_something(std::filesystem::path file) {
  file += "-wal";
  std::error_code failed;
  return std::filesystem::file_size(file, failed) > 0 && !failed;
}

// The file alone, as it is, which nothing can change meanwhile: https://sqlite.org/uri.html, "immutable".
std::string unchanging_address(const std::filesystem::path& file) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string address = "file:";
  for (const char c : std::filesystem::absolute(file).string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '/' || c == '.' || c == '-' || c == '_')
      address += c;
    else
      (address += '%') += {kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return address + "?immutable=1";
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

// Absolute, because SQLite may take a name that begins with "file:" for an address.
Database::Database(const std::filesystem::path& file)
    : Database(std::filesystem::absolute(file), SQLITE_OPEN_READWRITE) {
  const int code = first_look(handle_.get());
  if (code == SQLITE_OK)
    run("PRAGMA synchronous = FULL");  // what was said to be kept outlasts a power cut
  else if (lacks_only_its_log(code) && !log_holds_something(file))
    *this = Database(unchanging_address(file), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  else
    fail(handle_.get(), code);
}

Database::Database() : Database(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY) {}

Database::Database(const std::string& name, int flags) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened, flags | SQLITE_OPEN_FULLMUTEX, nullptr);
  handle_.reset(opened);
  if (code != SQLITE_OK) fail(opened, code);
  sqlite3_busy_timeout(opened, kPatienceMs);
  sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, kMostBytes);
  // A file from elsewhere runs nothing of its own.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  run("PRAGMA foreign_keys = ON");
  run("PRAGMA temp_store = MEMORY");
}

void Database::run(const std::string& sql) const {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_.get(), code);
}

std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

bool Database::can_be_written() const { return sqlite3_db_readonly(handle_.get(), "main") == 0; }

int Database::changes() const { return sqlite3_changes(handle_.get()); }

void copy_database(const Database& from, const Database& to) {
  to.run("PRAGMA journal_mode = MEMORY");  // nothing is lost with an unfinished copy
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) fail(to.handle(), sqlite3_errcode(to.handle()));
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) fail(to.handle(), code);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(const Database& database, const std::string& sql) : database_(database.handle()) {
  sqlite3_stmt* prepared = nullptr;
  check(sqlite3_prepare_v2(database_, sql.c_str(), -1, &prepared, nullptr));
  statement_.reset(prepared);
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail(database_, code);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail(database_, code);
  return code == SQLITE_ROW;
}

void Statement::bind(std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), ++bound_, value)); }

void Statement::bind(double value) {
  check(std::isfinite(value) ? sqlite3_bind_double(statement_.get(), ++bound_, value)
                             : sqlite3_bind_null(statement_.get(), ++bound_));
}

void Statement::bind(const std::optional<double>& value) { bind(value.value_or(NAN)); }

void Statement::bind(const std::optional<std::int64_t>& value) {
  check(value ? sqlite3_bind_int64(statement_.get(), ++bound_, *value)
              : sqlite3_bind_null(statement_.get(), ++bound_));
}

void Statement::bind(std::string_view text) {
  check(sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8));
}

void Statement::bind(Bytes bytes) {
  check(sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.bytes.data(), bytes.bytes.size(),
                            SQLITE_TRANSIENT));
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::optional<double> Statement::number(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  const double value = sqlite3_column_double(statement_.get(), column);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> Statement::integer_if_any(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return integer(column);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const int count = sqlite3_column_bytes(statement_.get(), column);
  if (bytes == nullptr || count <= 0) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(count)};
}

Transaction::~Transaction() {
  if (!done_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
  done_ = true;
}

}  // namespace lacquer
