#include "faces/cli/help.h"

#include "report/utf8.h"

namespace lacquer::cli {
namespace {

constexpr std::size_t kLeftColumns = 28;
constexpr int kRightColumns = 80 - static_cast<int>(kLeftColumns);

std::string entry(const std::string& names, const std::string& description) {
  std::string text = "  " + names;
  if (text.size() + 2 > kLeftColumns)
    text += "\n" + std::string(kLeftColumns, ' ');
  else
    text.resize(kLeftColumns, ' ');
  bool first = true;
  for (const std::string& line : wrap(description, kRightColumns)) {
    if (!first) text += std::string(kLeftColumns, ' ');
    text += line + "\n";
    first = false;
  }
  return text;
}

}  // namespace

namespace {

std::string files_of(const CLI::App& command) {
  const CLI::Option* file = command.get_option_no_throw("FILE");
  return file != nullptr && !file->get_required() ? "[FILE]" : "FILE...";
}

}  // namespace

std::string HelpFormatter::make_usage(const CLI::App* command, std::string name) const {
  const bool whole_program = command->get_parent() == nullptr;
  return "\nUsage: " +
         (whole_program ? name + " COMMAND [OPTION]... FILE..."
                        : "lacquer " + name + " [OPTION]... " + files_of(*command)) +
         "\n";
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  const std::string value =
      option->get_type_size() == 0 || is_positional ? "" : " " + option->get_type_name();
  return entry(option->get_name(is_positional, true) + value, option->get_description());
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description());
}

}  // namespace lacquer::cli
