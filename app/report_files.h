#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace lacquer {

// Where the reports about audio files go: one name for one file, a folder for several, or (an empty path)
// beside each file as NAME + ending. Two files of a run never share a report.
class ReportFiles {
 public:
  // `ending` as ".check.html".
  ReportFiles(std::filesystem::path place, std::string ending)
      : place_(std::move(place)), ending_(std::move(ending)) {}

  // Writes a report whole or not at all, replacing an older one but never the audio, and returns its name.
  // Throws FileError.
  std::filesystem::path write(const std::filesystem::path& audio, const std::string& bytes);

 private:
  std::filesystem::path place_;
  std::string ending_;
  std::set<std::filesystem::path> written_;
};

}  // namespace lacquer
