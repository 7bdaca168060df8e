#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lacquer::studio {

// Files that a page hands over for one purpose: an exercise's own files, a release. Nothing but these ever
// lies in such a folder, and no link.

inline constexpr std::size_t kMostFiles = 300;                            // of one folder
inline constexpr std::int64_t kMostFolderBytes = std::int64_t{12} << 30;  // likewise
inline constexpr std::int64_t kMostUploadBytes = std::int64_t{6} << 30;   // of one file

// Where a file of this name ("audio/01 Intro.wav") lies below a folder. Throws Error for a name that could
// lead anywhere else, that is hidden, or that lies more than four folders deep.
std::filesystem::path place_below(const std::filesystem::path& folder, const std::string& name);

struct KeptFile {
  std::string name;  // as place_below() takes it
  std::int64_t bytes = 0;
};
std::vector<KeptFile> files_below(
    const std::filesystem::path& folder);  // by name; none where there is no such folder

// A file that arrives piece by piece: write() it, then keep() it. Not kept, it leaves nothing behind.
class Upload {
 public:
  // `studio` is the studio's own folder, for what has not arrived whole.
  Upload(const std::filesystem::path& studio, const std::filesystem::path& folder, const std::string& name);
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  ~Upload();
  // Throws Error for too much, and for a full disk.
  void write(const char* bytes, std::size_t count);
  void keep();  // in the place of an older file of this name

 private:
  std::filesystem::path target_, part_;
  std::int64_t bytes_ = 0, most_bytes_ = 0;
  int descriptor_ = -1;
};

// Writes all of it to a file that was opened. Throws Error for a disk that is full or almost so.
void write_to_disk(int descriptor, const char* bytes, std::size_t count);
std::string new_id();  // 16 hexadecimal digits
bool is_id(const std::string& id);

}  // namespace lacquer::studio
