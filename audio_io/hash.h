#pragma once

#include <filesystem>
#include <string>

namespace lacquer {

// SHA-256 (FIPS 180-4) of a file's bytes, as 64 lower-case hexadecimal digits. Throws Error as open_audio()
// does.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace lacquer
