#pragma once

#include <string>
#include <string_view>

#include "workbook/entries.h"

namespace lacquer {

// The user's entries as one file: JSON for programs, Markdown for people; both can be imported again,
// exactly. A version and the SHA-256 of what the file says stand in it.
constexpr int kWorkbookExport = 1;
constexpr std::size_t kMostExportBytes = std::size_t{32} << 20U;

std::string entries_to_json(const Entries& entries);
std::string entries_to_markdown(const Entries& entries);

// What either of them holds. Throws Error where it is of a version that is not known, was changed, or is no
// export at all.
Entries entries_from(std::string_view text);

// Parts of both.
Entries entries_from_markdown(std::string_view text);
Entries entries_from_json(std::string_view text);
std::string entries_hash(const Entries& entries);  // the same for the same entries in the same order
[[noreturn]] void refuse_export(const std::string& why);

}  // namespace lacquer
