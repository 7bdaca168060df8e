#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lacquer::cli {

// Made from the command line's own descriptions, so that they cannot tell another story than the program.
std::string manual_page(const CLI::App& program);  // lacquer.1, in roff's man macros
std::string bash_completion(const CLI::App& program);
std::string zsh_completion(const CLI::App& program);
std::string fish_completion(const CLI::App& program);

}  // namespace lacquer::cli
