#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace lacquer {

// A regular file opened for reading. Never waits for a pipe and never touches a device.
class LocalFile {
 public:
  // Throws Error for what is missing, not readable, a folder, not a regular file, or empty.
  explicit LocalFile(const std::filesystem::path& path);
  LocalFile(LocalFile&& other) noexcept : descriptor_(other.descriptor_), size_bytes_(other.size_bytes_) {
    other.descriptor_ = -1;
  }
  LocalFile& operator=(LocalFile&&) = delete;
  ~LocalFile();

  int descriptor() const noexcept { return descriptor_; }
  std::int64_t size_bytes() const noexcept { return size_bytes_; }
  // Up to `count` bytes from `offset`; fewer at the end or when the disk fails.
  std::string bytes_at(std::int64_t offset, std::size_t count) const;

 private:
  int descriptor_ = -1;
  std::int64_t size_bytes_ = 0;
};

// Whether both names lead to the same file (also through links); false when either does not exist.
bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace lacquer
