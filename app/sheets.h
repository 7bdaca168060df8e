#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/check.h"
#include "report/sheet.h"

namespace lacquer {

// The printable sheets, in the order they are listed.
const std::vector<Sheet>& all_sheets();

// A sheet with all it is drawn from; nothing where no sheet has this id, whatever its case.
std::optional<PrintedSheet> sheet_named(const std::string& id);

// Puts a track's own results on the sheet: reads, measures and judges the file, and plans where the sheet is
// the chain; `past` as there. Throws as check_file() and plan_file() do.
void fill_sheet(PrintedSheet& sheet, const std::filesystem::path& file, const RoleRequest& role,
                const PastRequest& past, const ProgressCallback& progress);

// Each writes whole files, replacing older ones but never `audio` (may be empty), and returns their names.
// SVG has one file for each page: with several, "-1", "-2" go before the ending. Throw FileError.
std::filesystem::path write_sheet_pdf(const PrintedSheet& sheet, Paper paper,
                                      const std::filesystem::path& file, const std::filesystem::path& audio);
std::filesystem::path write_sheet_html(const PrintedSheet& sheet, Paper paper,
                                       const std::filesystem::path& file, const std::filesystem::path& audio);
std::vector<std::filesystem::path> write_sheet_svgs(const PrintedSheet& sheet, Paper paper,
                                                    const std::filesystem::path& file,
                                                    const std::filesystem::path& audio);

}  // namespace lacquer
