#pragma once

#include <filesystem>

#include "workbook/sqlite.h"

namespace lacquer {

// The version of the tables, in SQLite's user_version; the application id says whose they are.
constexpr int kWorkbookSchema = 1;
constexpr int kWorkbookApplication = 0x4C616371;  // "Lacq"

// Opens a workbook that exists. Throws Error where it is damaged, of another program, of a newer schema, or
// not a plain file.
Database open_workbook(const std::filesystem::path& file);
// The same, after making the file (only its owner may read it) and its folders where there are none.
Database create_workbook(const std::filesystem::path& file);

}  // namespace lacquer
