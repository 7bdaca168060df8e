#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "playback/platforms.h"
#include "playback/systems.h"

namespace lacquer {

// The text of a TOML file that a user names, small and shallow enough to be parsed. Throws FileError, with
// `otherwise` ("this is no target curve; …") where it cannot be one.
std::string toml_file_text(const std::filesystem::path& path, const std::string& otherwise);

// The systems and platforms of a user's own file, laid out as content/systems.toml and content/platforms.toml
// are; the built-in ones where `path` is empty. Throws Error "FILE:LINE: FIELD: …", and FileError.
std::vector<PlaybackSystem> systems_of(const std::filesystem::path& path);
std::vector<PlatformRule> platforms_of(const std::filesystem::path& path);

}  // namespace lacquer
