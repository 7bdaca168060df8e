#pragma once

#include <span>

namespace lacquer {

// The version of the tables, in SQLite's user_version; the application id says whose they are.
constexpr int kWorkbookSchema = 2;
constexpr int kWorkbookApplication = 0x4C616371;  // "Lacq"

// A table or an index, and the schema version that brought it. Versions only ever add: what once was written
// to a user's disk keeps its letters.
struct Table {
  int since = 1;
  const char* name = "";
  const char* sql = "";
};

std::span<const Table> workbook_tables();  // in the order they are made

}  // namespace lacquer
