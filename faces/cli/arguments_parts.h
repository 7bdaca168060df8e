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
void add_purpose(CLI::App& command, Arguments& arguments);
void add_target(CLI::App& command, Arguments& arguments);
void add_paper(CLI::App& command, Arguments& arguments);
void add_overwrite(CLI::App& command, Arguments& arguments);

// The library: arguments_library.cpp.
void define_words(CLI::App& program, Arguments& arguments);
void define_sheets(CLI::App& program, Arguments& arguments);
void define_workbook(CLI::App& program, Arguments& arguments);
void define_find(CLI::App& program, Arguments& arguments);
void define_learn(CLI::App& program, Arguments& arguments);
void define_studio(CLI::App& program, Arguments& arguments);
// Decisions: arguments_decisions.cpp.
void define_gear(CLI::App& program, Arguments& arguments);
void define_release(CLI::App& program, Arguments& arguments);

}  // namespace lacquer::cli
