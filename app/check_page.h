#pragma once

#include <filesystem>
#include <set>

#include "app/check.h"

namespace lacquer {

// Where the pages about checked files go: one name for one file, a folder for several, or (an empty path)
// beside each file as NAME.check.html. Two files of a run never share a page.
class CheckPages {
 public:
  explicit CheckPages(std::filesystem::path place) : place_(std::move(place)) {}

  // Writes the page whole or not at all, replacing an older one, and returns its name. Throws FileError.
  std::filesystem::path write(const CheckedFile& checked);

 private:
  std::filesystem::path place_;
  std::set<std::filesystem::path> written_;
};

}  // namespace lacquer
