#pragma once

#include <string>

#include "workbook/records.h"
#include "workbook/sqlite.h"

namespace lacquer {

// Checks as they lie in the tables.

// What a query on `checks JOIN versions` selects for read_check().
inline const std::string kCheckColumns =
    "checks.id, sha256, path, checked_ms, first_seen_ms, role, purpose, target, duration_s, integrated_lufs, "
    "range_lu, true_dbtp, plr_db, mono_loss_db";

// The check in the statement's row, with its findings, faults and words.
CheckRecord read_check(const Database& database, const Statement& row);
void write_details(const Database& database, std::int64_t check_id, const CheckRecord& check);

}  // namespace lacquer
