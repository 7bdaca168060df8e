#pragma once

#include <filesystem>
#include <string_view>

namespace lacquer {

// A file that appears whole or not at all: written beside its target under another name, and renamed by
// commit(). Destroyed without commit(), it leaves nothing behind.
class AtomicFile {
 public:
  // Throws Error when the folder cannot be written, when the target is not a regular file, or when it exists
  // and `overwrite` is false.
  AtomicFile(const std::filesystem::path& target, bool overwrite);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  int descriptor() const noexcept { return descriptor_; }
  const std::filesystem::path& temporary_path() const noexcept { return temporary_; }

  void write(std::string_view bytes);
  // Begins again with an empty file.
  void clear();
  // Waits until the bytes are on the disk, then gives the file its name. A file that took the name in the
  // meantime is kept when `overwrite` is false. Throws Error; nothing is left behind then either.
  void commit();

 private:
  void discard() noexcept;

  std::filesystem::path target_;
  std::filesystem::path temporary_;
  bool overwrite_;
  int descriptor_ = -1;
};

void write_file_atomically(const std::filesystem::path& target, std::string_view bytes, bool overwrite);

// In the place of an older one of its kind, which begins with the same four bytes. Any other file is kept and
// Error thrown: whoever types `check --html song.wav` by a slip still has the song.
void write_document(const std::filesystem::path& target, std::string_view bytes);

// Throws Error for a failed write with the reason in `code` (errno).
[[noreturn]] void throw_write_error(int code);

}  // namespace lacquer
