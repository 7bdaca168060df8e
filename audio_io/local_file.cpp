#include "audio_io/local_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"

namespace lacquer {
namespace {

[[noreturn]] void throw_open_error(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      throw Error("there is no such file; check the name");
    case EACCES:
    case EPERM:
      throw Error("you may not read this file; change its permissions");
    case ELOOP:
      throw Error("this link leads nowhere; name the file itself");
    case ENAMETOOLONG:
      throw Error("this name is too long for a file; check it");
    default:
      throw Error(std::string("the file cannot be opened (") + std::strerror(code) + "); check the disk");
  }
}

void require_regular(const struct stat& status) {
  if (S_ISDIR(status.st_mode)) throw Error("this is a folder; name a file in it");
  if (!S_ISREG(status.st_mode)) throw Error("this is a pipe or a device; save what it gives to a file first");
  if (status.st_size == 0) throw Error("the file is empty; export it again");
}

}  // namespace

LocalFile::LocalFile(const std::filesystem::path& path) {
  struct stat status = {};
  // Looked at before it is opened, because opening a device can already do something.
  if (::stat(path.c_str(), &status) != 0) throw_open_error(errno);
  require_regular(status);
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor_ < 0) throw_open_error(errno);
  try {
    if (::fstat(descriptor_, &status) != 0) throw_open_error(errno);
    require_regular(status);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
  size_bytes_ = status.st_size;
}

LocalFile::~LocalFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string LocalFile::bytes_at(std::int64_t offset, std::size_t count) const {
  std::string bytes(count, '\0');
  std::size_t have = 0;
  while (have < count) {
    const ssize_t got =
        ::pread(descriptor_, bytes.data() + have, count - have, offset + static_cast<std::int64_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  struct stat first = {};
  struct stat second = {};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

}  // namespace lacquer
