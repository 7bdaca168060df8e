#include "faces/studio/uploads.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "api/text.h"
#include "app/file_error.h"

namespace lacquer::studio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kMostPartBytes = 200;
constexpr std::size_t kMostParts = 5;
constexpr std::int64_t kKeptFree = std::int64_t{200} << 20;

bool is_plain_part(const std::string& part) {
  if (part.empty() || part.size() > kMostPartBytes || part.front() == '.') return false;
  return std::all_of(part.begin(), part.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '/' && c != '\\';
  });
}

}  // namespace

bool is_id(const std::string& id) {
  return id.size() == kIdDigits && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string new_id() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number)
    throw Error("the system gives no random numbers; start the studio again");
  char text[kIdDigits + 1];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

fs::path place_below(const fs::path& folder, const std::string& name) {
  fs::path place = folder;
  std::size_t at = 0, parts = 0;
  while (at <= name.size()) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string part = name.substr(at, end - at);
    if (!is_plain_part(part) || ++parts > kMostParts || well_formed_utf8(part) != part)
      throw Error("this is no name for a file here; rename it, without a dot at its beginning");
    place /= part;
    at = end + 1;
  }
  return place;
}

std::vector<KeptFile> files_below(const fs::path& folder) {
  std::vector<KeptFile> files;
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, failed))
    if (entry.is_regular_file(failed))
      files.push_back({entry.path().lexically_relative(folder).generic_string(),
                       static_cast<std::int64_t>(entry.file_size(failed))});
  std::sort(files.begin(), files.end(), [](const KeptFile& a, const KeptFile& b) { return a.name < b.name; });
  return files;
}

void write_to_disk(int descriptor, const char* bytes, std::size_t count) {
  struct statvfs disk = {};
  if (::fstatvfs(descriptor, &disk) == 0 &&
      static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize) < kKeptFree + static_cast<std::int64_t>(count))
    throw Error("the disk is almost full; free some space and try again");
  while (count > 0) {
    const ssize_t written = ::write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw Error("the file cannot be kept (the disk is full, or fails); free some space");
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
}

Upload::Upload(const fs::path& studio, const fs::path& folder, const std::string& name)
    : target_(place_below(folder, name)), part_(studio / (new_id() + ".part")) {
  const std::vector<KeptFile> others = files_below(folder);
  if (others.size() >= kMostFiles) throw Error("there are 300 files already; take some away first");
  most_bytes_ = kMostFolderBytes;
  for (const KeptFile& one : others) most_bytes_ -= one.bytes;
  most_bytes_ = std::min(most_bytes_, kMostUploadBytes);
  fs::create_directories(target_.parent_path());
  descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw Error("the studio's folder cannot be written; check its disk and permissions");
}

Upload::~Upload() {
  if (descriptor_ >= 0) ::close(descriptor_);
  std::error_code ignored;
  fs::remove(part_, ignored);
}

void Upload::write(const char* bytes, std::size_t count) {
  bytes_ += static_cast<std::int64_t>(count);
  if (bytes_ > most_bytes_)
    throw Error("that is too much: a file has at most 6 GiB, and all of them together 12 GiB");
  write_to_disk(descriptor_, bytes, count);
}

void Upload::keep() {
  ::close(descriptor_);
  descriptor_ = -1;
  fs::rename(part_, target_);
}

}  // namespace lacquer::studio
