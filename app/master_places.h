#pragma once

#include <filesystem>
#include <optional>

#include "app/master.h"

namespace lacquer {

// Where a master goes, and what is written beside it.
struct MasterPlaces {
  std::filesystem::path master;
  std::filesystem::path record;               // the plan as it was rendered: NAME.master.plan.toml
  std::optional<std::filesystem::path> html;  // the reports that were asked for
  std::optional<std::filesystem::path> pdf;
  bool replaces = false;  // whether what has the master's name may be replaced
};

// What is there is kept and a number added, unless it is told otherwise, or is an earlier master of ours (or
// the record of one) under the very name that is asked for now. Throws FileError where the mix would be
// written over.
MasterPlaces master_places(const std::filesystem::path& mix, const MasterRequest& request);

// What masters of this program say they were made by, before its version.
inline constexpr std::string_view kMaker = "Lacquer ";

// "wav", "flac" or "aiff".
std::string_view name_of(FileFormat format);

}  // namespace lacquer
