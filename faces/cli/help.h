#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lacquer::cli {

// What a command works on, as its usage shows it: "FILE...", "[TERM]".
std::string operands(const CLI::App& command);

// --help within 80 columns: names on the left, descriptions wrapped on the right.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* command, std::string name) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
};

}  // namespace lacquer::cli
