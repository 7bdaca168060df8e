#pragma once

#include <filesystem>
#include <istream>
#include <string>

namespace lacquer {

// Small TOML files that a person wrote, read before anything parses them: at most 1 MiB, and no key so deep
// that parsing it would need a deep stack. `what` is what it should have been ("release.toml"). Throw Error.
std::string read_small_toml(const std::filesystem::path& path, const std::string& what);
std::string read_small_toml(std::istream& stream, const std::string& what);

}  // namespace lacquer
