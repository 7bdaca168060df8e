#include "audio_io/hash.h"

#include <nettle/sha2.h>

#include <array>

#include "audio_io/local_file.h"
#include "core/error.h"

namespace lacquer {
namespace {

std::string finished(sha256_ctx& sha) {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest = {};
  sha256_digest(&sha, digest.size(), digest.data());
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

}  // namespace

std::string sha256_of_bytes(std::string_view bytes) {
  sha256_ctx sha = {};
  sha256_init(&sha);
  sha256_update(&sha, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return finished(sha);
}

std::string sha256_of_file(const std::filesystem::path& path, const std::function<bool()>& go_on) {
  constexpr std::size_t kBlockBytes = 256 * 1024;
  const LocalFile file(path);
  sha256_ctx sha = {};
  sha256_init(&sha);
  std::int64_t offset = 0;
  while (true) {
    if (go_on && !go_on()) throw Cancelled();
    const std::string bytes = file.bytes_at(offset, kBlockBytes);
    if (bytes.empty()) break;
    sha256_update(&sha, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
    offset += static_cast<std::int64_t>(bytes.size());
  }
  if (offset < file.size_bytes()) throw Error("the file could not be read to its end; check the disk");
  return finished(sha);
}

}  // namespace lacquer
