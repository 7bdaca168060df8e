#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace lacquer {

// A file of content/, built into the program by cmake/embed.cmake.
struct EmbeddedFile {
  std::string_view path;  // below content/: "rules/diagnostic.toml"
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_files();

}  // namespace lacquer
