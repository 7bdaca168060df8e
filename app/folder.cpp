#include "app/folder.h"

#include "app/file_error.h"
#include "app/names.h"

namespace lacquer {

namespace fs = std::filesystem;

OutputFolder::OutputFolder(const fs::path& folder, std::string_view option, bool overwrite)
    : folder_(folder), overwrite_(overwrite) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (!fs::is_directory(folder))
    throw FileError(
        folder, Error("the folder cannot be made" + (failed ? " (" + failed.message() + ")" : std::string()) +
                      "; choose another with " + std::string(option)));
}

fs::path OutputFolder::place(const fs::path& name) {
  const fs::path wanted = folder_ / name;
  fs::path free = overwrite_ ? wanted : free_name(wanted);
  for (int number = 2; given_.contains(free); ++number)
    free = folder_ / (name.stem().string() + "-" + std::to_string(number) + name.extension().string());
  given_.insert(free);
  return free;
}

}  // namespace lacquer
