#include "audio_io/atomic_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include "core/error.h"

namespace lacquer {
namespace {

constexpr const char* kExists =
    "a file of this name exists already and is kept; choose another name or allow to overwrite it";

// A name that no other process makes at the same time. Hidden, so that file managers and sync tools leave it
// alone.
std::string temporary_name() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number)
    number = reinterpret_cast<std::uintptr_t>(&number) ^ static_cast<std::uint64_t>(::getpid());
  char name[40];
  std::snprintf(name, sizeof name, ".lacquer-%016llx.part", static_cast<unsigned long long>(number));
  return name;
}

// A link is followed, so that the file it leads to is replaced rather than the link.
std::filesystem::path behind_links(const std::filesystem::path& target) {
  std::error_code failed;
  if (!std::filesystem::is_symlink(target, failed)) return target;
  const auto real = std::filesystem::canonical(target, failed);
  return failed ? target : real;
}

void require_free(const std::filesystem::path& target, bool overwrite) {
  struct stat status = {};
  if (::lstat(target.c_str(), &status) != 0) return;
  if (S_ISDIR(status.st_mode)) throw Error("a folder has this name; choose another name for the output");
  if (!overwrite) throw Error(kExists);
  if (!S_ISREG(status.st_mode))
    throw Error("this name belongs to a device, pipe or broken link; choose another");
}

// Takes the name only while it is free.
bool rename_to_free_name(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  // File systems without that flag: a hard link fails just the same when the name is taken.
  if (::link(from, to) != 0) return false;
  ::unlink(from);
  return true;
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that may be written but not listed
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

void throw_write_error(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
      throw Error("the disk is full; free some space and try again");
    case EFBIG:
      throw Error("the file would be larger than this disk or account allows; write it elsewhere");
    case EACCES:
    case EPERM:
      throw Error("you may not write in this folder; choose another for the output");
    case EROFS:
      throw Error("this disk can only be read; choose another for the output");
    case ENOENT:
    case ENOTDIR:
      throw Error("there is no such folder for the output; make it first");
    case ENAMETOOLONG:
      throw Error("this name is too long for a file; choose a shorter one");
    case EEXIST:
      throw Error(kExists);
    default:
      throw Error(std::string("the output cannot be written (") + std::strerror(code) + "); check the disk");
  }
}

AtomicFile::AtomicFile(const std::filesystem::path& target, bool overwrite)
    : target_(overwrite ? behind_links(target) : target), overwrite_(overwrite) {
  if (!target_.has_filename()) throw Error("the output needs a file name; add one");
  require_free(target_, overwrite_);
  for (int attempt = 0; attempt < 16 && descriptor_ < 0; ++attempt) {
    temporary_ = target_.parent_path() / temporary_name();
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0 && errno != EEXIST) throw_write_error(errno);
  }
  if (descriptor_ < 0) throw_write_error(EEXIST);
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::discard() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
}

void AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw_write_error(written < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AtomicFile::clear() {
  if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0) throw_write_error(errno);
}

void AtomicFile::commit() {
  // A full disk may show itself only here.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
    const int code = errno;
    discard();
    throw_write_error(code);
  }
  const int descriptor = descriptor_;
  descriptor_ = -1;
  const bool closed = ::close(descriptor) == 0 || errno == EINTR;
  const bool named = closed && (overwrite_ ? ::rename(temporary_.c_str(), target_.c_str()) == 0
                                           : rename_to_free_name(temporary_.c_str(), target_.c_str()));
  if (!named) {
    const int code = errno;
    discard();
    throw_write_error(code);
  }
  temporary_.clear();
  sync_folder(target_.has_parent_path() ? target_.parent_path() : std::filesystem::path("."));
}

void write_file_atomically(const std::filesystem::path& target, std::string_view bytes, bool overwrite) {
  AtomicFile file(target, overwrite);
  file.write(bytes);
  file.commit();
}

void write_document(const std::filesystem::path& target, std::string_view bytes) {
  char head[4] = {};
  std::error_code ignored;
  std::ifstream old;
  if (std::filesystem::is_regular_file(target, ignored)) old.open(target, std::ios::binary);  // never a pipe
  old.read(head, sizeof head);
  if (!bytes.starts_with(std::string_view(head, static_cast<std::size_t>(old.gcount()))))
    throw Error("there is a file of another kind with this name, and it is kept; choose another name");
  write_file_atomically(target, bytes, true);
}

}  // namespace lacquer
