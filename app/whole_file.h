#pragma once

#include <filesystem>
#include <string_view>

namespace lacquer {

// A small file written whole or not at all, in the place of an older one. Throws FileError.
void write_whole_file(const std::filesystem::path& file, std::string_view text);

}  // namespace lacquer
