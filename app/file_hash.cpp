#include "app/file_hash.h"

#include "audio_io/hash.h"

namespace lacquer {

FileHash::FileHash(const std::filesystem::path& path)
    : hash_(std::async(std::launch::async,
                       [this, path] { return sha256_of_file(path, [this] { return wanted_.load(); }); })) {}

}  // namespace lacquer
