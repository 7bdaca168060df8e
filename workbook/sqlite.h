#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace lacquer {

// SQLite as far as the workbook needs it. Values always go in as bound parameters, never as part of a
// statement's text. Everything here throws Error with a sentence about the database file.

// Bytes that are no text: a path as the system gave it.
struct Bytes {
  std::string_view bytes;
};

class Database {
 public:
  // Opens a file that exists; one that may not be written, or whose folder takes no new file, can still be
  // read. Another program's lock is waited for, up to five seconds.
  explicit Database(const std::filesystem::path& file);
  // One of its own in memory, gone with the object.
  Database();

  void run(const std::string& sql) const;  // statements without parameters or rows
  std::int64_t last_row_id() const;
  bool can_be_written() const;
  int changes() const;  // rows that the last statement changed
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  Database(const std::string& name, int flags);
  std::unique_ptr<sqlite3, Close> handle_;
};

// Makes `to`, a new file, a copy of what `from` holds.
void copy_database(const Database& from, const Database& to);

// One statement, run once: bind the parameters in order, then step through the rows.
class Statement {
 public:
  Statement(const Database& database, const std::string& sql);

  template <class... Values>
  Statement& with(const Values&... values) {
    (bind(values), ...);
    return *this;
  }
  bool step();  // true: there is a row
  void run() {
    while (step()) {
    }
  }

  // Of the row, by column from 0; what is NULL or of another type comes as 0 or empty.
  std::int64_t integer(int column) const;
  std::optional<double> number(int column) const;  // empty: NULL
  std::optional<std::int64_t> integer_if_any(int column) const;
  std::string text(int column) const;  // also bytes

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void bind(std::int64_t value);
  void bind(int value) { bind(std::int64_t{value}); }
  void bind(double value);  // what is not finite becomes NULL
  void bind(const std::optional<double>& value);
  void bind(std::string_view text);
  void bind(const std::optional<std::int64_t>& value);
  void bind(const std::string& text) { bind(std::string_view(text)); }
  void bind(const char* text) { bind(std::string_view(text)); }
  void bind(Bytes bytes);
  void check(int code) const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

enum class Access { kRead, kWrite };

// Everything between its making and commit() happens, or nothing of it; what is read in it belongs together.
// One that writes waits for other writers when made.
class Transaction {
 public:
  explicit Transaction(const Database& database, Access access = Access::kWrite) : database_(database) {
    database.run(access == Access::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  const Database& database_;
  bool done_ = false;
};

}  // namespace lacquer
