#include "audio_io/hash.h"

#include <array>
#include <memory>

#include "audio_io/libav.h"
#include "audio_io/local_file.h"
#include "core/error.h"

namespace lacquer {

std::string sha256_of_file(const std::filesystem::path& path) {
  constexpr std::size_t kBlockBytes = 256 * 1024;
  const LocalFile file(path);
  struct Free {
    void operator()(AVSHA* sha) const { av_free(sha); }
  };
  const std::unique_ptr<AVSHA, Free> sha(av_sha_alloc());
  if (sha == nullptr || av_sha_init(sha.get(), 256) < 0) throw std::bad_alloc();
  std::int64_t offset = 0;
  while (true) {
    const std::string bytes = file.bytes_at(offset, kBlockBytes);
    if (bytes.empty()) break;
    av_sha_update(sha.get(), reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    offset += static_cast<std::int64_t>(bytes.size());
  }
  if (offset < file.size_bytes()) throw Error("the file could not be read to its end; check the disk");
  std::array<std::uint8_t, 32> digest = {};
  av_sha_final(sha.get(), digest.data());
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

}  // namespace lacquer
