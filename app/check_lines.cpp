#include "app/check_lines.h"

#include <algorithm>

#include "app/knowledge.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

fs::path common_folder(const std::vector<NamedFile>& files) {
  if (files.empty()) return {};
  fs::path common = files.front().path.parent_path();
  for (const NamedFile& file : files) {
    const fs::path other = file.path.parent_path();
    const auto [end, ignored] = std::mismatch(common.begin(), common.end(), other.begin(), other.end());
    fs::path shared;
    for (auto part = common.begin(); part != end; ++part) shared /= *part;
    common = shared;
  }
  return common;
}

}  // namespace

CheckLines::CheckLines(const std::vector<NamedFile>& files, const TextStyle& style)
    : style_(style), folder_(common_folder(files)) {
  std::vector<std::string> names;
  for (const NamedFile& file : files)
    if (!file.error) names.push_back(shown_name(file.path));
  name_columns_ = batch_name_columns(names, style_);
}

std::string CheckLines::shown_name(const fs::path& path) const {
  return folder_.empty() ? path.string() : path.lexically_relative(folder_).string();
}

std::string CheckLines::add(const CheckedFile& checked) {
  entries_.push_back(batch_entry(shown_name(checked.path), checked.source, checked.measurements,
                                 checked.diagnosis ? &*checked.diagnosis : nullptr));
  return batch_line(entries_.back(), name_columns_, style_);
}

std::string CheckLines::summary(std::size_t failed) const {
  return batch_summary(entries_, failed, knowledge().diagnostic.batch.odd_loudness_lu, style_);
}

}  // namespace lacquer
