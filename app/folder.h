#pragma once

#include <filesystem>
#include <set>
#include <string_view>

namespace lacquer {

// The folder that files to listen to go into, made where there is none.
class OutputFolder {
 public:
  // `option` is what named the folder, for the advice in the FileError thrown where it cannot be made.
  OutputFolder(const std::filesystem::path& folder, std::string_view option, bool overwrite);

  // Where a file of this name goes: a number is added where the name is taken by an older file (unless
  // `overwrite`) or by one of this run.
  std::filesystem::path place(const std::filesystem::path& name);

 private:
  std::filesystem::path folder_;
  bool overwrite_;
  std::set<std::filesystem::path> given_;
};

}  // namespace lacquer
