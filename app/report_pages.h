#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace lacquer {

// Where the pages about files go: one name for one file, a folder for several, or (an empty place) beside each
// file as NAME and `ending` (".check.html"). Two files of a run never share a page.
class ReportPages {
 public:
  ReportPages(std::filesystem::path place, std::string ending)
      : place_(std::move(place)), ending_(std::move(ending)) {}

  // Writes the page about an audio file whole or not at all, replacing an older one, and returns its name.
  // Throws FileError.
  std::filesystem::path write(const std::filesystem::path& audio, std::string_view html);

 private:
  std::filesystem::path place_;
  std::string ending_;
  std::set<std::filesystem::path> written_;
};

}  // namespace lacquer
