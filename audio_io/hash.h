#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace lacquer {

// SHA-256 (FIPS 180-4) of a file's bytes, as 64 lower-case hexadecimal digits. Throws Error as open_audio()
// does, and Cancelled as soon as `go_on` says no.
std::string sha256_of_file(const std::filesystem::path& path, const std::function<bool()>& go_on = {});

// The same of bytes in memory.
std::string sha256_of_bytes(std::string_view bytes);

}  // namespace lacquer
