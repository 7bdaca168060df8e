#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/targets.h"
#include "judge/learned_target.h"
#include "judge/target.h"

namespace lacquer {

// Progress of several files at once; called from several threads. False stops the work.
using FilesProgress =
    std::function<bool(const std::filesystem::path& file, std::string_view doing, double done)>;

// A built-in target by its name, else the one in a file. Throws Error: for a file that is broken
// "FILE:LINE: FIELD: what is wrong; what to do", and FileError where there is none.
ChosenTarget told_target(const std::string& name_or_file);
// Whether told_target() would take the text for a built-in target or for a file that exists.
bool is_target(const std::string& name_or_file);

// The target that these records of the user's make. Throws FileError for one that cannot be read or that says
// nothing: silence, mono, less than 10 s.
ChosenTarget reference_target(const std::vector<std::filesystem::path>& files, const FilesProgress& progress);

// One file measured as a record for a target. Throws Error as check_file() does.
ReadRecord read_record_file(const std::filesystem::path& path, const ProgressCallback& progress);

// A target for the file `output`, whose name gives it its own. Throws Error where no record can be used.
struct NamedRecord {
  std::filesystem::path path;
  ReadRecord record;
};
TargetFile make_target(const std::vector<NamedRecord>& records, const std::filesystem::path& output);

// Writes it whole or not at all and returns the name it got: an existing file is kept and a number added
// unless `overwrite`. Never writes over a record. Throws FileError.
std::filesystem::path write_target_file(const TargetFile& target, const std::filesystem::path& output,
                                        bool overwrite);

}  // namespace lacquer
