#pragma once

#include <filesystem>

#include "workbook/sqlite.h"

namespace lacquer {

// Opens a workbook that exists. Throws Error where it is damaged, of another program, of a newer schema, or
// not a plain file. One of an older schema is backed up and brought up to date first.
Database open_workbook(const std::filesystem::path& file);
// The same, after making the file (only its owner may read it) and its folders where there are none.
Database create_workbook(const std::filesystem::path& file);

// Where a workbook of an older schema is copied to before tables are added: "workbook.sqlite.version-1".
std::filesystem::path workbook_backup(std::filesystem::path file, int version);

}  // namespace lacquer
