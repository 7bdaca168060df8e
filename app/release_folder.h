#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacquer {

// What lies in the folder of a release: regular files by their names below it ("audio/01.wav"), sorted.
// Hidden files and what lies behind a link are left out.
struct ReleaseFolder {
  std::vector<std::string> audio;
  std::vector<std::string> pictures;
  std::vector<std::string> links;  // that were left out
  bool is_described = false;       // release.toml is there

  // The file a person named, where it is one of these; empty otherwise.
  static std::string found(const std::vector<std::string>& files, const std::string& name);
};

// At most 10,000 entries, 8 folders deep. Throws FileError.
ReleaseFolder read_release_folder(const std::filesystem::path& folder);

}  // namespace lacquer
