#pragma once

#include <atomic>
#include <filesystem>
#include <future>
#include <string>

namespace lacquer {

// The SHA-256 of a file, computed on a thread of its own while the file is measured. Gives up when destroyed.
class FileHash {
 public:
  explicit FileHash(const std::filesystem::path& path);
  FileHash(const FileHash&) = delete;
  FileHash& operator=(const FileHash&) = delete;
  ~FileHash() { wanted_ = false; }

  // Waits for it; once. Throws Error where the file could not be read.
  std::string get() { return hash_.get(); }

 private:
  std::atomic<bool> wanted_ = true;
  std::future<std::string> hash_;  // last: waits for its thread when destroyed
};

}  // namespace lacquer
