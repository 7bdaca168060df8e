#pragma once

#include <string>
#include <vector>

#include "faces/cli/arguments.h"

namespace lacquer::cli {

// What the definitions of commands share.

// Restricts an option to the words that choices() gives for it.
CLI::Option* one_of(CLI::Option* option);
// Restricts it to a number, or one of the words.
CLI::Option* between(CLI::Option* option, double low, double high, const std::string& unit,
                     const std::vector<std::string>& words = {});
void add_common(CLI::App& command, Arguments& arguments);
void add_song(CLI::App& command, Arguments& arguments, const std::string& description);

void define_gear(CLI::App& program, Arguments& arguments);
void define_release(CLI::App& program, Arguments& arguments);

}  // namespace lacquer::cli
