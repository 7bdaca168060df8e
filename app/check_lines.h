#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/audio_files.h"
#include "app/check.h"
#include "report/batch.h"

namespace lacquer {

// Several checked files: a line for each, then what they have in common. Names are shown from the folder on
// that all files lie below.
class CheckLines {
 public:
  CheckLines(const std::vector<NamedFile>& files, const TextStyle& style);

  std::string add(const CheckedFile& checked);  // its line
  std::string summary(std::size_t failed) const;

 private:
  std::string shown_name(const std::filesystem::path& path) const;

  TextStyle style_;
  std::filesystem::path folder_;
  int name_columns_ = 0;
  std::vector<BatchEntry> entries_;
};

}  // namespace lacquer
